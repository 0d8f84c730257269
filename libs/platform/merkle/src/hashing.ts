import { hash } from 'node:crypto';

/** Bytes of a hash: SHA-256. */
export const HASH_BYTES = 32;

export const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

const LEAF = Buffer.of(0x00);
export const NODE = Buffer.of(0x01);

/** Root of a tree without leaves: the hash of nothing (RFC 9162 §2.1.1). */
export const EMPTY_ROOT = sha256(Buffer.alloc(0));

/** Hash of a leaf, `SHA-256(0x00 || data)`; a text is hashed as UTF-8. The first byte keeps a leaf from passing for a node (RFC 9162 §2.1.1). */
export const leafHash = (data: Buffer | string): Buffer => sha256(Buffer.concat([LEAF, typeof data === 'string' ? Buffer.from(data, 'utf8') : data]));

/** Hash of an inner node, `SHA-256(0x01 || left || right)`. */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([NODE, left, right]));

/** The largest power of two smaller than `n`, which is 2 or more: where RFC 9162 splits a tree. By arithmetic, as shifts end at 32 bits. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
