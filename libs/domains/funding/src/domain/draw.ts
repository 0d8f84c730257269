import { canonicalJson, md5Hex, sha256Hex } from '@platform/kernel';

export const ALGORITHM = 'RFC 3797';

export interface PoolEntry {
  /** 1, 2, 3 … : the number that the algorithm picks. */
  no: number;
  expertId: string;
  /** The expert's number in the city's pool; names are not published. */
  code: string;
  field: string;
}

export interface Recusal {
  expertId: string;
  code: string;
  /** `employer`, `tie`, or what the fund manager wrote. */
  reason: string;
}

/** Everything that is fixed before the seed can be known. */
export interface Commitment {
  algorithm: string;
  callId: string;
  pool: readonly PoolEntry[];
  recusals: readonly Recusal[];
  needed: number;
  seedSource: string;
  seedAvailableAt: Date;
}

export interface Pick {
  /** 1, 2, 3 … in the order of the draw. */
  step: number;
  /** MD5 of the step as two bytes, the key, the step as two bytes again: 32 capital hexadecimal digits. */
  md5: string;
  /** How many were left, by which the MD5 was divided. */
  divisor: number;
  remainder: number;
  /** The number picked. */
  no: number;
}

/** What is committed as canonical JSON: the very bytes that are hashed, so that anybody can hash them too. */
export const commitmentText = ({ algorithm, callId, pool, recusals, needed, seedSource, seedAvailableAt }: Commitment): string =>
  canonicalJson({ algorithm, callId, needed, pool, recusals, seedAvailableAt, seedSource });

/** SHA-256 of that text; published before the seed exists, so that nobody can try pools until one suits. */
export const commitmentHash = (commitment: Commitment): string => sha256Hex(commitmentText(commitment));

const NUMBER = /^\d+(\.\d+)?$/;

/** `007.50` → `7.5`; `12` → `12.` (RFC 3797, section 4: unpadded, ended by a period or with one before the fraction). */
function canonicalNumber(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.replace(/0+$/, '')}`;
}

function compareNumbers(a: string, b: string): number {
  const [wholeA = '', fractionA = ''] = a.split('.');
  const [wholeB = '', fractionB = ''] = b.split('.');
  if (wholeA.length !== wholeB.length) return wholeA.length - wholeB.length;
  if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1;
  return fractionA < fractionB ? -1 : fractionA > fractionB ? 1 : 0;
}

/**
 * The key of RFC 3797, section 4: the values of each source in rising order, each with its period, each source ended by `/`. The seed is written with
 * sources parted by `/` or a new line and their values by blanks or commas: `9319 / 2 5 12 8 10` → `9319./2.5.8.10.12./`.
 * Null where it holds no number, or anything that is none.
 */
export function seedKey(seed: string): string | null {
  const sources = seed.split(/[/\r\n]+/).map((source) => source.split(/[\s,，]+/).filter(Boolean)).filter((values) => values.length > 0);
  if (sources.length === 0 || sources.some((values) => values.some((value) => !NUMBER.test(value) || value.length > 40))) return null;
  return sources.map((values) => `${values.map(canonicalNumber).sort(compareNumbers).join('')}/`).join('');
}

/**
 * The selection of RFC 3797, section 4: step i hashes (i−1 as two bytes, most significant first) + key + (the same two bytes) by MD5, takes the 128-bit
 * number modulo those that are left, and picks that one in order. `picks` may be the whole pool: a later expert is then the next of the same order.
 */
export function select(poolSize: number, picks: number, key: string): Pick[] {
  if (!Number.isInteger(poolSize) || poolSize < 1 || poolSize > 65_535) throw new RangeError(`a pool of ${poolSize}`);
  if (!Number.isInteger(picks) || picks < 0 || picks > poolSize) throw new RangeError(`${picks} picks from ${poolSize}`);
  const left = Array.from({ length: poolSize }, (_, index) => index + 1);
  const result: Pick[] = [];
  for (let index = 0; index < picks; index += 1) {
    const bytes = Buffer.from([index >> 8, index & 0xff]);
    const md5 = md5Hex(Buffer.concat([bytes, Buffer.from(key, 'ascii'), bytes]));
    const divisor = left.length;
    const remainder = Number(BigInt(`0x${md5}`) % BigInt(divisor));
    const [no] = left.splice(remainder, 1);
    result.push({ step: index + 1, md5, divisor, remainder, no: no! });
  }
  return result;
}

/** Whether a published draw is what its commitment and its seed make it: hash, key and every pick are computed again. */
export function replays(commitment: Commitment, published: { commitment: string; seed: string; seedKey: string; selection: readonly Pick[] }): boolean {
  const key = seedKey(published.seed);
  if (key === null || key !== published.seedKey || commitmentHash(commitment) !== published.commitment) return false;
  return canonicalJson(select(commitment.pool.length, commitment.pool.length, key)) === canonicalJson(published.selection);
}
