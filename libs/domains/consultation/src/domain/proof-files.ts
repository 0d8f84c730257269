import { canonicalJson, sha256Hex } from '@platform/kernel';
import type { OpinionLeaf, OpinionWords } from './opinion-leaf';

/** The way from a leaf to the root (RFC 9162 §2.1.3); hashes in hexadecimal. */
export interface ProofMember {
  index: number;
  size: number;
  path: string[];
}

/** The file an author keeps. Before the close it has no proof yet. Without `words` it may be shown to others: it then tells nothing that could be guessed. */
export interface ReceiptFile {
  format: 'policyloop-receipt';
  version: 1;
  leaf: OpinionLeaf;
  leafHash: string;
  words?: OpinionWords;
  proof?: ProofMember;
}

/** The published root of a consultation. `leaves` may be left out: the root binds them. */
export interface RootFile {
  format: 'policyloop-root';
  version: 1;
  algorithm: 'RFC9162-SHA256';
  city: string;
  consultation: string;
  draft: string;
  /** Number of opinions, shown, hidden and withdrawn. */
  size: number;
  root: string;
  /** ISO instants in UTC: when the consultation was closed, and when the root was computed. */
  closedAt: string;
  computedAt: string;
  /** Path of the page that publishes it. */
  published: string;
  /** SHA-256 over the canonical JSON of all members above. This is what people compare. */
  fingerprint: string;
  leaves?: string[];
}

/** The fingerprint of a root file, over everything in it but the fingerprint itself and the leaves. */
export function fingerprintOf(root: Omit<RootFile, 'fingerprint' | 'leaves'>): string {
  const { format, version, algorithm, city, consultation, draft, size, root: hash, closedAt, computedAt, published } = root;
  return sha256Hex(canonicalJson({ format, version, algorithm, city, consultation, draft, size, root: hash, closedAt, computedAt, published }));
}

/** Largest files that are looked at, in bytes. A receipt holds one opinion; a root with its leaves 67 bytes an opinion. */
export const MAX_RECEIPT_FILE = 256 * 1024;
export const MAX_ROOT_FILE = 16 * 1024 * 1024;

/** Why a file could not be read: no JSON at all, or one with something else than the format has, at the member named. */
export type Unreadable = { problem: 'notJson' } | { problem: 'tooLarge' } | { problem: 'shape'; member: string };

type Check = (value: unknown, at: string) => string | null;

const when = (holds: (value: unknown) => boolean): Check => (value, at) => (holds(value) ? null : at);
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
/** No halves of surrogate pairs: they all become the same bytes, and one could stand for another. */
const isText = (value: unknown): boolean => typeof value === 'string' && !/\p{Surrogate}/u.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isInstant = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value));
const orNull = (holds: (value: unknown) => boolean) => (value: unknown): boolean => value === null || holds(value);
const is = (constant: unknown): Check => when((value) => value === constant);

/** An object with exactly these members; those of `optional` may be absent. */
const object = (required: Record<string, Check>, optional: Record<string, Check> = {}): Check => (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return at;
  const inside = (name: string): string => (at ? `${at}.${name}` : name);
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(required, name) && !Object.hasOwn(optional, name));
  if (unknown !== undefined) return inside(unknown.slice(0, 40));
  for (const [name, check] of Object.entries({ ...required, ...optional })) {
    const present = Object.hasOwn(value, name);
    if (!present && Object.hasOwn(optional, name)) continue;
    const fault = present ? check((value as Record<string, unknown>)[name], inside(name)) : inside(name);
    if (fault !== null) return fault;
  }
  return null;
};

const [text, textOrNull, hash, hashOrNull] = [when(isText), when(orNull(isText)), when(isHash), when(orNull(isHash))];
const [count, instant, hashes] = [when(isCount), when(isInstant), when((value) => Array.isArray(value) && value.every(isHash))];

const LEAF = {
  city: text, consultation: text, draft: text, opinion: text, receiptNo: text, receivedAt: instant, channel: text, stance: text, clause: textOrNull,
  text: hash, quote: hashOrNull, author: hash,
};
const WORDS = { salt: hash, text, quote: textOrNull, author: object({ account: textOrNull, kind: text, name: textOrNull, publicName: textOrNull }) };
/** Every item of a list by one check. */
const list = (check: Check): Check => (value, at) => (Array.isArray(value) ? value.reduce<string | null>((fault, item, no) => fault ?? check(item, `${at}.${no}`), null) : at);

const receiptOf = (leaf: Record<string, Check>, words: Record<string, Check>): Check => object({ format: is('policyloop-receipt'), version: is(1), leafHash: hash, leaf: object(leaf) },
  { words: object(words), proof: object({ index: count, size: count, path: hashes }) });
const RECEIPT_V1 = receiptOf({ v: is(1), ...LEAF }, WORDS);
const RECEIPT_V2 = receiptOf({ v: is(2), ...LEAF, attachments: hashes }, { ...WORDS, attachments: list(object({ name: text, size: count, sha256: hash })) });
/** By the version that its leaf names; what names none is judged as the first. */
const RECEIPT: Check = (value, at) => ((value as { leaf?: { v?: unknown } } | null)?.leaf?.v === 2 ? RECEIPT_V2 : RECEIPT_V1)(value, at);
const ROOT = object({
  format: is('policyloop-root'), version: is(1), algorithm: is('RFC9162-SHA256'), city: text, consultation: text, draft: text, size: count, root: hash,
  closedAt: instant, computedAt: instant, published: text, fingerprint: hash,
}, { leaves: hashes });

function read<T>(file: string | null, most: number, check: Check): T | Unreadable {
  if (file === null) return { problem: 'notJson' };
  if (Buffer.byteLength(file) > most) return { problem: 'tooLarge' };
  let value: unknown;
  try {
    value = JSON.parse(file.replace(/^\uFEFF/, ''));
  } catch {
    // Not JSON, or nested deeper than the parser goes.
    return { problem: 'notJson' };
  }
  const member = check(value, '');
  return member === null ? (value as T) : { problem: 'shape', member };
}

/** Reads a receipt or says what is wrong with it; null stands for bytes that are no text. Never throws. */
export const readReceipt = (file: string | null): ReceiptFile | Unreadable => read<ReceiptFile>(file, MAX_RECEIPT_FILE, RECEIPT);

/** As `readReceipt`, for the published root. */
export const readRoot = (file: string | null): RootFile | Unreadable => read<RootFile>(file, MAX_ROOT_FILE, ROOT);
