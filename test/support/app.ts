import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Clock, fixedClock } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import type { IntakeSettings, Settings } from '@platform/settings';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createWebApp } from '../../apps/web/src/web-app';
import { openTestDatabase, type TestDatabase } from './database';
import { type TestFiles, testFiles } from './files';

export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  files: TestFiles;
  settings: Settings;
  unitOfWork: UnitOfWork;
  /** Stands still until a test moves it. */
  clock: Clock & { set(to: string | Date): void };
  /** Listens on a free port of this machine, and tells the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** The whole web application on a database of its own. Not listening: use `app.inject`, `app.get(UseCase)`, or `listen()`. */
export async function startTestApp(options: { at?: string; clamdUrl?: string; intake?: Partial<IntakeSettings['limits']> } = {}): Promise<TestApp> {
  const database = await openTestDatabase();
  const files = testFiles();
  const clock = fixedClock(options.at ?? '2026-03-02T09:00:00+08:00');
  const settings: Settings = {
    port: 0, host: '127.0.0.1', appUrl: database.appUrl, publicUrl: database.publicUrl, redisUrl: null, storageUrl: files.storageUrl, clamdUrl: options.clamdUrl ?? null,
    jwtSecret: 'test-jwt-secret-that-is-long-enough', csrfSecret: 'test-csrf-secret', logSigningKey: null, logAcceptedKeys: '', secureCookies: false, demo: null, clock,
    // As INTAKE_WORK_BITS and INTAKE_LIMITS would have it: work that takes no time, and a clock that stands still never comes to the next ten minutes.
    intake: { workBits: 4, limits: { account: 5000, network: 5000, question: 5000, consultation: 5000, ...options.intake } },
  };
  const app = await createWebApp({ settings, webDir: path.resolve(__dirname, '../../apps/web'), logLevel: 'silent', strictTexts: true });
  return {
    app, database, files, settings, clock, unitOfWork: app.get(UnitOfWork),
    listen: async () => {
      if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
      return `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    },
    close: async () => {
      await app.close();
      await database.close();
      files.remove();
    },
  };
}
