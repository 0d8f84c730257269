import { randomUUID } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { assertFitTexts } from './body';
import { FORM_PAGE_KEY } from './decorators';
import type { RefusedForm, WebRequest } from './request';

const HEADER = 'x-policyloop-form';

/**
 * Shows a form's page again after a refusal, with what was typed and what is wrong. The page is asked for inside the process, so that its own
 * controller fills in everything else; what was typed never leaves the server.
 */
@Injectable()
export class FormReplay {
  private readonly waiting = new Map<string, RefusedForm>();

  constructor(private readonly host: HttpAdapterHost) {}

  /** The page's HTML, or null if the page itself cannot be shown. */
  async render(path: string, request: WebRequest, form: RefusedForm): Promise<string | null> {
    const key = randomUUID();
    this.waiting.set(key, form);
    try {
      const app = this.host.httpAdapter.getInstance<FastifyInstance>();
      const { cookie } = request.headers;
      const answer = await app.inject({ method: 'GET', url: path, headers: { ...(cookie ? { cookie } : {}), [HEADER]: key } });
      return answer.statusCode === 200 ? answer.body : null;
    } finally {
      this.waiting.delete(key);
    }
  }

  /** For the page on its way: the refused form that waits for it, if any. A key cannot be guessed, and lives for one request. */
  take(request: WebRequest): RefusedForm | undefined {
    const key = request.headers[HEADER];
    return typeof key === 'string' ? this.waiting.get(key) : undefined;
  }
}

/** Notes, before anything can be refused, which page a form belongs to, and gives the page its refused form. */
@Injectable()
export class FormContextGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly replay: FormReplay,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<WebRequest>();
    const template = this.reflector.get<string | undefined>(FORM_PAGE_KEY, context.getHandler());
    if (template) {
      const params = request.params as Record<string, string>;
      const path = template.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''));
      // What the form's own address asks for (a filter), its page is asked for too.
      const query = request.url.indexOf('?');
      request.formPage = query < 0 ? path : path + request.url.slice(query);
    }
    const refused = this.replay.take(request);
    if (refused) request.refusedForm = refused;
    // Here and not as soon as the body is read, so that the form comes back.
    assertFitTexts(request.body);
    return true;
  }
}
