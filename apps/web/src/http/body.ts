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

/** NUL and half characters: no text of the database holds them, and what was hashed would not be what is stored. */
const UNFIT = /\0|\p{Surrogate}/u;

/** Refuses unfit texts, and JSON nested deeper than any body of ours: validation walks it by recursion, and would run out of stack. */
function assertFit(value: unknown, levels = MOST_NESTED): void {
  if (typeof value === 'string' && UNFIT.test(value)) throw DomainError.invalid('common:error.validation');
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return;
  if (levels === 0) throw DomainError.invalid('common:error.badRequest');
  for (const inner of Object.values(value)) assertFit(inner, levels - 1);
}

/** Brings multipart bodies into the form of any other, and takes the CSRF token out before the DTO is checked. */
export async function normaliseBody(request: WebRequest): Promise<void> {
  const isMultipart = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  if (!isMultipart) assertFit(request.body);
  if (!request.body || typeof request.body !== 'object' || Array.isArray(request.body)) return;
  let body = request.body as Record<string, unknown>;
  if (isMultipart) {
    const plain: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(body as Record<string, Part>)) {
      const values = (await Promise.all((Array.isArray(part) ? part : [part]).map(valueOf))).filter((value) => value !== undefined);
      if (values.length > 0) plain[name] = values.length === 1 ? values[0] : values;
    }
    assertFit(plain);
    body = plain;
  }
  const { _csrf: token, ...rest } = body;
  if (typeof token === 'string') request.csrfToken = token;
  request.body = rest;
}
