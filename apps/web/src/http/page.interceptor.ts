import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor, StreamableFile } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import type { ViewEngine } from '../view';
import { FileAnswer, Page, SeeOther } from './answers';
import { etagOf, isFresh } from './conditional';
import { makeFrameable } from './frames';
import { PageBases } from './page-base';
import { langOf, type WebReply, type WebRequest } from './request';
import { VIEWS } from './tokens';

/** Turns what a page's controller answered into HTML, a redirect or a file; the API's answers pass as they are. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly bases: PageBases,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<WebRequest>(), http.getResponse<WebReply>()];
    return next.handle().pipe(mergeMap((answer: unknown) => this.answer(answer, request, reply)));
  }

  async render(answer: Page, request: WebRequest, reply: WebReply): Promise<string> {
    const base = await this.bases.build(request, reply, answer);
    const layout = answer.layout ?? (base.path.startsWith('/console') ? 'console' : 'portal');
    const data = { ...answer.data, page: base, form: request.refusedForm ?? null };
    return this.views.render(answer.view, data, { lang: langOf(request), ...(layout === 'fragment' ? {} : { layout }) });
  }

  private async answer(answer: unknown, request: WebRequest, reply: WebReply): Promise<unknown> {
    if (answer instanceof Page) {
      const html = await this.render(answer, request, reply);
      void reply.type('text/html; charset=utf-8');
      if (answer.layout === 'embed') makeFrameable(reply);
      if (request.user || answer.layout === 'fragment') void reply.header('cache-control', 'private, no-store');
      return html;
    }
    if (answer instanceof SeeOther) {
      if (answer.flash) this.bases.leaveFlash(reply, answer.flash);
      void reply.status(303).header('location', answer.location);
      return '';
    }
    return answer instanceof FileAnswer ? sendFile(answer, request, reply) : answer;
  }
}

function sendFile({ body, options: { type, name, immutable, revalidate } }: FileAnswer, request: WebRequest, reply: WebReply): unknown {
  if (revalidate && !(body instanceof Readable)) {
    const etag = etagOf(body);
    // Kept by whoever likes, and asked for before each use: it costs next to nothing, and nobody reads what is over. The language is in a cookie.
    void reply.header('etag', etag).header('cache-control', 'no-cache').header('vary', 'cookie');
    if (revalidate.modifiedAt) void reply.header('last-modified', revalidate.modifiedAt.toUTCString());
    if (isFresh(request.headers, etag, revalidate.modifiedAt)) {
      void reply.status(304);
      return '';
    }
  }
  void reply.type(type);
  if (name) void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  if (immutable) void reply.header('cache-control', 'public, max-age=31536000, immutable');
  return body instanceof Readable ? new StreamableFile(body) : body;
}
