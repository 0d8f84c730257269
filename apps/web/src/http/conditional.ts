import { sha256Hex } from '@platform/kernel';
import type { IncomingHttpHeaders } from 'node:http';

/** A strong validator of an answer: its content alone decides. */
export const etagOf = (body: Buffer | string): string => `"${sha256Hex(typeof body === 'string' ? body : body.toString('latin1')).slice(0, 32)}"`;

/**
 * Whether who asks has the answer already (RFC 9110 §13.2.2): `If-None-Match` decides where it is sent, else `If-Modified-Since`, which
 * counts in whole seconds.
 */
export function isFresh(headers: IncomingHttpHeaders, etag: string, modifiedAt: Date | null): boolean {
  const match = headers['if-none-match'];
  if (match !== undefined) return match.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return modifiedAt !== null && !Number.isNaN(since) && Math.floor(modifiedAt.getTime() / 1000) * 1000 <= since;
}
