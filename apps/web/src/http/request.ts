import '@fastify/cookie';
import type { Actor } from '@platform/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Lang } from '../view';

/** A form that was refused, on its way back to the page it came from. */
export interface RefusedForm {
  values: Record<string, unknown>;
  /** Field errors and, where none belongs to a field, the refusal itself; in the words of the page's language. */
  errors: { field?: string; message: string }[];
  errorFor: Record<string, string>;
  gates: { gate: string; key: string; params?: Record<string, unknown>; article: string }[];
  message: string;
  article?: string;
}

/** A file of a multipart form. */
export interface UploadedFile {
  filename: string;
  mimetype: string;
  data: Buffer;
}

/** The request as our guards and hooks leave it. */
export type WebRequest = FastifyRequest & {
  user?: Actor | null;
  sessionId?: string;
  csrfToken?: string;
  refusedForm?: RefusedForm;
  formPage?: string;
  askedLang?: Lang;
};
export type WebReply = FastifyReply;

export const isApi = (request: FastifyRequest): boolean => request.url.startsWith('/api/');
/** The language of the answer: that of the address, else that of the cookie, else Chinese. */
export const langOf = (request: FastifyRequest): Lang => (request as WebRequest).askedLang ?? (request.cookies['pl_lang'] === 'en' ? 'en' : 'zh');

/** Takes `?lang=` out of the query, so that no page has to know of it, and has the browser remember it. */
export function takeLanguage(request: WebRequest, reply: WebReply, secure: boolean): void {
  const query = request.query as Record<string, unknown>;
  const { lang } = query;
  if (lang === undefined) return;
  delete query['lang'];
  if (lang !== 'zh' && lang !== 'en') return;
  request.askedLang = lang;
  void reply.setCookie('pl_lang', lang, { path: '/', sameSite: 'lax', maxAge: 365 * 86_400, secure });
}
