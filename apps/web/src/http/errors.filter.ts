import { DomainError, type Problem } from '@platform/kernel';
import { databaseErrorCode, databaseIsAway } from '@platform/persistence';
import { FileUnavailable } from '@platform/storage';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { ViewEngine } from '../view';
import { Page } from './answers';
import { FormReplay } from './form-replay';
import { PageInterceptor } from './page.interceptor';
import { isApi, langOf, type RefusedForm, type WebReply, type WebRequest } from './request';
import { VIEWS } from './tokens';

const STATUS: Readonly<Record<Problem, number>> = {
  unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, invalid: 422, too_many: 429,
};

/** Errors of Nest, Fastify and its plug-ins, by status. */
const KEY_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'common:error.badRequest', 401: 'common:error.signInFirst', 403: 'common:error.forbidden', 404: 'common:error.notFound',
  405: 'common:error.notFound', 406: 'common:error.badRequest', 413: 'common:error.tooLarge', 415: 'common:error.badRequest', 429: 'common:error.tooMany',
};

/** 22P05, 22021: characters that no text of the database can hold; 22003: a number out of range; 22007, 22008: no date, or one out of range. */
const UNHELD: ReadonlySet<string> = new Set(['22P05', '22021', '22003', '22007', '22008']);

/** The parser of multipart bodies throws plain errors without a status. */
const BROKEN_MULTIPART = /^(Multipart: |Unexpected end of multipart data|Malformed part header|Part terminated early|Unexpected end of file)/;

interface Refusal {
  status: number;
  key: string;
  details: DomainError['details'];
}

/** One place that turns any error into an answer: problem+json for the API, the form again or an error page for people. */
@Catch()
@Injectable()
export class ErrorsFilter implements ExceptionFilter {
  constructor(
    @Inject(VIEWS) private readonly views: ViewEngine,
    private readonly pages: PageInterceptor,
    private readonly replay: FormReplay,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<WebRequest>(), http.getResponse<WebReply>()];
    const refusal = this.refusalOf(error);
    if (refusal.details.retryAfterSeconds) void reply.header('retry-after', refusal.details.retryAfterSeconds);
    if (refusal.status >= 500) request.log.error({ err: error }, 'request failed');
    try {
      if (isApi(request)) await this.problem(refusal, request, reply);
      else if (refusal.status === 401) await this.toSignIn(request, reply);
      else await this.page(refusal, request, reply);
    } catch (failure) {
      // Nobody catches after a filter: an error page that cannot be made (the database is away) would end the process.
      request.log.error({ err: failure }, 'error page failed');
      if (!reply.sent) await reply.status(refusal.status).type('text/plain; charset=utf-8').send(this.views.translate(langOf(request), refusal.key));
    }
  }

  private refusalOf(error: unknown): Refusal {
    if (error instanceof DomainError) {
      // A refusal that says the same as one of its fields may leave the parameters to the field.
      const params = error.details.params ?? error.details.fields?.find((field) => field.key === error.key)?.params;
      return { status: STATUS[error.problem], key: error.key, details: { ...error.details, ...(params ? { params } : {}) } };
    }
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    if (status && KEY_OF_STATUS[status]) return { status, key: KEY_OF_STATUS[status], details: {} };
    if (UNHELD.has(databaseErrorCode(error) ?? '')) return { status: 422, key: 'common:error.validation', details: {} };
    if (error instanceof Error && BROKEN_MULTIPART.test(error.message)) return { status: 400, key: 'common:error.badRequest', details: {} };
    if (databaseIsAway(error)) return { status: 503, key: 'common:error.unavailable', details: {} };
    if (error instanceof FileUnavailable) return { status: 503, key: 'common:error.fileUnavailable', details: {} };
    return { status: 500, key: 'common:error.unexpected', details: {} };
  }

  private async problem({ status, key, details }: Refusal, request: WebRequest, reply: WebReply): Promise<void> {
    const lang = langOf(request);
    const text = (of: { key: string; params?: Record<string, unknown> }): string => this.views.translate(lang, of.key, of.params);
    await reply.status(status).type('application/problem+json').send({
      type: `urn:policyloop:problem:${key}`,
      title: text({ key, ...(details.params ? { params: details.params } : {}) }),
      status,
      instance: request.id,
      ...(details.article ? { article: details.article } : {}),
      ...(details.fields?.length ? { fields: details.fields.map((field) => ({ field: field.field, message: text(field) })) } : {}),
      ...(details.gates?.length ? { gates: details.gates.map((gate) => ({ gate: gate.gate, message: text(gate), article: gate.article })) } : {}),
    });
  }

  private async toSignIn(request: WebRequest, reply: WebReply): Promise<void> {
    const back = request.method === 'GET' ? `?back=${encodeURIComponent(request.url)}` : '';
    await reply.status(303).header('location', `/login${back}`).send('');
  }

  private async page(refusal: Refusal, request: WebRequest, reply: WebReply): Promise<void> {
    const formPage = request.method === 'POST' ? request.formPage : undefined;
    if (formPage && [403, 409, 422, 429].includes(refusal.status)) {
      const html = await this.replay.render(formPage, request, this.refusedForm(refusal, request));
      if (html !== null) {
        await reply.status(refusal.status).type('text/html; charset=utf-8').header('cache-control', 'private, no-store').send(html);
        return;
      }
    }
    const known = [403, 404, 409, 422, 429, 500].includes(refusal.status) ? refusal.status : refusal.status >= 500 ? 500 : 422;
    const { params, article, fields, gates } = refusal.details;
    const view = new Page('pages/error', {
      title: `common:errorPage.${known}.title`, status: known, key: refusal.key, params, article, fields, gates, requestId: request.id,
    });
    await reply.status(refusal.status).type('text/html; charset=utf-8').send(await this.pages.render(view, request, reply));
  }

  private refusedForm({ key, details }: Refusal, request: WebRequest): RefusedForm {
    const lang = langOf(request);
    const fields = (details.fields ?? []).map((field) => ({ field: field.field, message: this.views.translate(lang, field.key, field.params) }));
    const message = this.views.translate(lang, key, details.params);
    return {
      values: (request.body ?? {}) as Record<string, unknown>,
      errors: fields.length > 0 ? fields : [{ message }],
      errorFor: Object.fromEntries(fields.map(({ field, message: text }) => [field, text])),
      gates: details.gates ?? [],
      message,
      ...(details.article ? { article: details.article } : {}),
    };
  }
}
