import { createHash } from 'node:crypto';

/**
 * JSON with sorted keys and no white space, so that equal values have equal bytes (after RFC 8785, for the JSON that we store: no exotic numbers).
 * `undefined` members are left out; dates are written as ISO instants.
 */
export function canonicalJson(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** SHA-256 of the UTF-8 bytes, 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** MD5 of the bytes, 32 capital hexadecimal digits. For RFC 3797 alone, which is built on it; it protects nothing. */
export function md5Hex(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex').toUpperCase();
}
