import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { CAN_KEY, PermissionRegistry, Sessions } from '@platform/identity';
import type { Settings } from '@platform/settings';
import { DiscoveryService, MetadataScanner, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, LogController } from 'fastify';
import { AppModule } from './app.module';
import { normaliseBody } from './http/body';
import { addMetrics } from './http/metrics';
import { addOpenApi } from './http/openapi';
import { takeLanguage, type WebReply, type WebRequest } from './http/request';
import { renewSession } from './http/session-cookies';
import { validation } from './http/validation';
import { createWebViews } from './view';

const BODY_LIMIT = 2 * 1024 * 1024;
const FILE_LIMIT = 20 * 1024 * 1024;

export interface WebAppOptions {
  settings: Settings;
  /** The folder `apps/web` of the sources, where views, texts and assets lie. */
  webDir: string;
  logLevel?: 'silent' | 'info';
  /** Tests: a text that is missing is an error, and not its key on the page. */
  strictTexts?: boolean;
}

/** The web application, complete and not yet listening; tests use it as it is. */
export async function createWebApp({ settings, webDir, logLevel = 'info', strictTexts = false }: WebAppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: process.env['TRUST_PROXY'] === 'true',
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // One line a request, written when it is answered, instead of Fastify's two.
    logController: new LogController({ disableRequestLogging: true }),
    logger: logLevel === 'silent' ? false : { level: logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
  });
  const views = createWebViews(webDir, settings.clock, strictTexts ? { strictTexts: true, reload: false } : undefined);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(settings, views), adapter, {
    logger: logLevel === 'silent' ? ['fatal'] : ['error', 'warn', 'fatal'],
    abortOnError: false,
  });
  await addPlugins(app, webDir);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const sessions = app.get(Sessions);
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    takeLanguage(request as WebRequest, reply as WebReply, settings.secureCookies);
    await renewSession(request as WebRequest, reply as WebReply, sessions, settings);
  });
  fastify.addHook('onResponse', async (request, reply) => request.log.info({ req: request, res: reply, responseTime: reply.elapsedTime }, 'request'));
  fastify.addHook('preValidation', async (request) => normaliseBody(request as WebRequest));
  addMetrics(fastify);
  app.useGlobalPipes(validation);
  addOpenApi(app);
  app.enableShutdownHooks();
  await app.init();
  assertActionsAreGranted(app);
  await fastify.ready();
  return app;
}

async function addPlugins(app: NestFastifyApplication, webDir: string): Promise<void> {
  const self = ["'self'"];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: self, imgSrc: [...self, 'data:'], objectSrc: ["'none'"], baseUri: self, formAction: self, frameAncestors: ["'none'"], scriptSrc: self, styleSrc: self },
    },
    crossOriginEmbedderPolicy: false,
    hsts: process.env['SECURE_COOKIES'] === 'true',
  });
  await app.register(cookie);
  await app.register(multipart, { attachFieldsToBody: true, limits: { fileSize: FILE_LIMIT, files: 10, fields: 200, parts: 250 } });
  await app.register(fastifyStatic, { root: join(webDir, 'public'), prefix: '/static/', maxAge: '365d', immutable: true, decorateReply: false });
}

/** A route whose action nobody may do would be a dead door: found at boot and not by a person. */
function assertActionsAreGranted(app: NestFastifyApplication): void {
  const permissions = app.get(PermissionRegistry);
  const scanner = new MetadataScanner();
  for (const { instance } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!instance) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const action = Reflect.getMetadata(CAN_KEY, prototype[name] as object) as string | undefined;
      if (action && !permissions.knows(action)) throw new Error(`nobody is granted the action ${action}`);
    }
  }
}
