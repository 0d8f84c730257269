import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Means } from '@domains/consultation';

/** What a challenge is good for: one post, to one place, under one key. */
export interface Binding {
  cityId: string;
  /** The consultation, or whatever else takes posts. */
  subject: string;
  /** The sender's key for this one post. As an opinion is kept under its key, a solution is worth nothing a second time. */
  key: string;
}

export interface Challenge {
  token: string;
  /** Leading zero bits that SHA-256 of `policyloop-intake:<token>:<number>` must have. */
  bits: number;
  /** The question in words, for who lets no script work: their sum. */
  a: number;
  b: number;
}

export interface Proof {
  challenge?: string | undefined;
  /** The number that was found, in decimal. */
  solution?: string | undefined;
  /** The sum, in digits or in words. */
  answer?: string | undefined;
}

/** Why a proof is none. `expired` is whatever this installation has not signed, or too long ago. */
export type Verdict = Means | 'expired' | 'unsolved' | 'wrong' | 'early';

/** How long a challenge is good: people write with pauses. */
const LIFE_MS = 4 * 3_600_000;
/** How old a form must be when the question is answered; no person reads and writes faster. */
export const LEAST_SECONDS = 8;
const TOKEN = /^v1\.([0-9a-z]{1,11})\.(\d{1,2})\.([\w-]{43})$/;
const NUMBER = /^\d{1,15}$/;
const CHINESE = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六', '十七', '十八'];
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'];

function seal(secret: string, { cityId, subject, key }: Binding, issued: number, bits: number): Buffer {
  const keyHash = createHash('sha256').update(key).digest('hex');
  return createHmac('sha256', secret).update(['policyloop-challenge-v1', cityId, subject, keyHash, issued, bits].join('\n')).digest();
}

const numbersOf = (secret: string, mac: Buffer): { a: number; b: number } => {
  const bytes = createHmac('sha256', secret).update('policyloop-question-v1\n').update(mac).digest();
  return { a: 2 + bytes.readUInt8(0) % 8, b: 2 + bytes.readUInt8(1) % 8 };
};

/** Makes a challenge. Nothing is stored: the seal says by itself what it is for, from when it is and how hard. */
export function mintChallenge(secret: string, binding: Binding, bits: number, at: Date): Challenge {
  const issued = at.getTime();
  const mac = seal(secret, binding, issued, bits);
  return { token: `v1.${issued.toString(36)}.${bits}.${mac.toString('base64url')}`, bits, ...numbersOf(secret, mac) };
}

/** What is written in a challenge of ours for this binding that is still good; null for any other text. */
export function openChallenge(secret: string, binding: Binding, token: string, at: Date): (Challenge & { issuedAt: Date }) | null {
  const [, time = '', width = '', given = ''] = TOKEN.exec(token) ?? [];
  const [issued, bits] = [Number.parseInt(time, 36), Number(width)];
  const mac = seal(secret, binding, issued, bits);
  const brought = Buffer.from(given, 'base64url');
  if (brought.length !== mac.length || !timingSafeEqual(brought, mac)) return null;
  const age = at.getTime() - issued;
  return age < 0 || age >= LIFE_MS ? null : { token, bits, ...numbersOf(secret, mac), issuedAt: new Date(issued) };
}

export const workMessage = (token: string, solution: string): string => `policyloop-intake:${token}:${solution}`;

export function leadingZeroBits(digest: Buffer): number {
  const at = digest.findIndex((byte) => byte !== 0);
  return at < 0 ? digest.length * 8 : at * 8 + Math.clz32(digest.readUInt8(at)) - 24;
}

function isSum(answer: string, sum: number): boolean {
  const said = answer.normalize('NFKC').trim().toLowerCase();
  return said === String(sum) || said === CHINESE[sum] || said === ENGLISH[sum];
}

/** Judges a proof. One hash for the work, and no look into the database. */
export function judgeProof(secret: string, binding: Binding, { challenge, solution, answer }: Proof, at: Date): Verdict {
  const open = openChallenge(secret, binding, challenge ?? '', at);
  if (!open) return 'expired';
  if (solution && NUMBER.test(solution) && leadingZeroBits(createHash('sha256').update(workMessage(open.token, solution)).digest()) >= open.bits) return 'work';
  if (!answer?.trim()) return 'unsolved';
  if (!isSum(answer, open.a + open.b)) return 'wrong';
  return at.getTime() - open.issuedAt.getTime() < LEAST_SECONDS * 1000 ? 'early' : 'question';
}
