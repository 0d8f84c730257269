import { DomainError } from '@platform/kernel';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { UploadedFile, WebRequest } from './request';

type Part = Multipart | Multipart[];

const isFile = (part: Multipart): part is MultipartFile => part.type === 'file';

async function valueOf(part: Multipart): Promise<unknown> {
  if (!isFile(part)) return part.value;
  const data = await part.toBuffer();
  // A file field that was left empty arrives as a nameless file of no bytes.
  if (data.length === 0 && !part.filename) return undefined;
  return { filename: part.filename, mimetype: part.mimetype, data } satisfies UploadedFile;
}

const MOST_NESTED = 32;

/** Whether JSON is nested deeper than any body of ours: validation walks it by recursion, and would run out of stack. */
function nestedTooDeep(value: unknown, levels = MOST_NESTED): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestedTooDeep(inner, levels - 1));
}

/** NUL and half characters: no text of the database holds them, and what was hashed would not be what is stored. */
const UNFIT = /\0|\p{Surrogate}/u;

const isUnfit = (value: unknown): boolean =>
  (typeof value === 'string' ? UNFIT.test(value) : typeof value === 'object' && value !== null && !Buffer.isBuffer(value) && Object.values(value).some(isUnfit));

/** Refuses (`invalid`) a body with a text that cannot be kept, and names its fields. */
export function assertFitTexts(body: unknown): void {
  const unfit = Object.entries(body ?? {}).filter(([, value]) => isUnfit(value));
  if (unfit.length > 0) throw DomainError.invalid('common:error.validation', unfit.map(([field]) => ({ field, key: 'common:error.field' })));
}

/** Brings multipart bodies into the form of any other, and takes the CSRF token out before the DTO is checked. */
export async function normaliseBody(request: WebRequest): Promise<void> {
  const isMultipart = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  if (!isMultipart && nestedTooDeep(request.body)) throw DomainError.invalid('common:error.badRequest');
  if (!request.body || typeof request.body !== 'object' || Array.isArray(request.body)) return;
  let body = request.body as Record<string, unknown>;
  if (isMultipart) {
    const plain: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(body as Record<string, Part>)) {
      const values = (await Promise.all((Array.isArray(part) ? part : [part]).map(valueOf))).filter((value) => value !== undefined);
      if (values.length > 0) plain[name] = values.length === 1 ? values[0] : values;
    }
    body = plain;
  }
  const { _csrf: token, ...rest } = body;
  if (typeof token === 'string') request.csrfToken = token;
  request.body = rest;
}
