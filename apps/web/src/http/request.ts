import '@fastify/cookie';
import type { Actor } from '@platform/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

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
};
export type WebReply = FastifyReply;

export const isApi = (request: FastifyRequest): boolean => request.url.startsWith('/api/');
export const langOf = (request: FastifyRequest): 'zh' | 'en' => {
  const asked = (request.query as { lang?: string } | undefined)?.lang ?? request.cookies['pl_lang'];
  return asked === 'en' ? 'en' : 'zh';
};
