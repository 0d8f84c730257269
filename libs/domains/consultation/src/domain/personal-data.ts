import { DomainError } from '@platform/kernel';

/** What is looked for: Chinese mobile number, resident identity number (GB 11643), e-mail address, bank card number (ISO/IEC 7812). */
export type PersonalKind = 'phone' | 'identity' | 'email' | 'card';

/** One number or address that belongs to a person, where it stands in the text, in UTF-16 units. */
export interface PersonalItem {
  kind: PersonalKind;
  start: number;
  end: number;
  /** What everybody reads in its place: `138****1234`. */
  masked: string;
}

/** Nothing that would make the digits part of a longer number, of an amount of money, or of the number of a document, before … */
const BEFORE = '(?<![\\w¥￥$€第]|[¥￥$€] |\\d[.,-])';
/** … or after them. */
const AFTER = '(?!\\w|[.,]\\d| ?(?:元|万|亿|美元|欧元|港元|吨|千瓦|公里|平方|立方|%)|号(?!码))';
/** A word that says what follows may stand against it without a space. */
const NAMED = '(?<=tel|phone|mobile|wechat|wx|vx|qq)';
const digits = (pattern: string, flags = 'gi'): RegExp => new RegExp(`(?:${BEFORE}|${NAMED})${pattern}${AFTER}`, flags);

const EMAIL = /(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}(?![a-z0-9-])/gi;
const IDENTITY = digits('[1-9]\\d{5} ?(?:19|20)\\d{6} ?\\d{3}[\\dx]');
/** Sixteen to nineteen digits, together or in groups of four. */
const CARD = digits('[3-69]\\d{3}(?:\\d{12,15}|(?<gap>[ -])\\d{4}\\k<gap>\\d{4}\\k<gap>\\d{4}(?:\\k<gap>\\d{1,3})?)');
const PHONE = digits('(?:\\+?86[ -]?)?1[3-9]\\d(?:\\d{8}|(?<sep>[ -])\\d{4}\\k<sep>\\d{4})');

const plain = (found: string): string => found.replace(/[ -]/g, '').toUpperCase();

/** Weights and letters of the check character: ISO 7064, MOD 11-2, as GB 11643 has it. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[1]|8[1-3]|91)/;

/** The check character of the first seventeen digits of an identity number. */
export const identityCheck = (first: string): string => CHECKS.charAt(WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(first.charAt(at)), 0) % 11);

function isIdentity(number: string): boolean {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number) as [number, number, number];
  const born = new Date(Date.UTC(year, month - 1, day));
  return PROVINCES.test(number) && born.getUTCMonth() === month - 1 && born.getUTCDate() === day && identityCheck(number) === number.charAt(17);
}

/** Whether digits end in their check digit by Luhn's rule. */
export const luhnHolds = (number: string): boolean =>
  [...number].reverse().reduce((sum, digit, at) => sum + (at % 2 === 0 ? Number(digit) : Number(digit) * 2 - (Number(digit) > 4 ? 9 : 0)), 0) % 10 === 0;

/** A credit code of an enterprise that happens to be all digits begins with 91, as no card does. */
const isCard = (number: string): boolean => !number.startsWith('91') && !/^(\d)\1+$/.test(number) && luhnHolds(number);

const starred = (text: string, head: number, tail: number): string => text.slice(0, head) + '*'.repeat(Math.max(text.length - head - tail, 0)) + text.slice(text.length - tail);

interface Detector {
  kind: PersonalKind;
  pattern: RegExp;
  holds?(number: string): boolean;
  mask(found: string): string;
}

/** In this order: an address may contain a number, and an identity number may pass for a card. */
const DETECTORS: readonly Detector[] = [
  { kind: 'email', pattern: EMAIL, mask: (found) => `${found.charAt(0)}***${found.slice(found.indexOf('@'))}` },
  { kind: 'identity', pattern: IDENTITY, holds: isIdentity, mask: (found) => starred(plain(found), 3, 2) },
  { kind: 'card', pattern: CARD, holds: isCard, mask: (found) => starred(plain(found), 4, 4) },
  { kind: 'phone', pattern: PHONE, mask: (found) => starred(plain(found).slice(-11), 3, 4) },
];

/** Full-width digits and letters as their narrow sisters; each stays one unit, so that places in the two texts are the same. */
const narrow = (text: string): string => text.replace(/[\uFF01-\uFF5E\u3000]/g, (wide) => (wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0)));

/**
 * The personal data in a text, in its order. What only looks like it is left: an identity number must have a place, a date of birth and its check
 * character, a card its check digit; amounts, dates, document numbers and longer numbers are no telephones. Does not find numbers written in
 * words, those of fifteen digits (before 1999), landlines, or names.
 */
export function personalData(text: string): PersonalItem[] {
  const found: PersonalItem[] = [];
  const narrowed = narrow(text);
  for (const { kind, pattern, holds, mask } of DETECTORS) {
    for (const { 0: match, index } of narrowed.matchAll(pattern)) {
      const end = index + match.length;
      if (holds && !holds(plain(match))) continue;
      if (found.some((other) => index < other.end && other.start < end)) continue;
      found.push({ kind, start: index, end, masked: mask(match) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A text as everybody may read it: personal data masked, everything else as it stands. Masking twice changes nothing more. */
export function maskPersonal(text: string): string {
  let at = 0;
  let masked = '';
  for (const item of personalData(text)) {
    masked += text.slice(at, item.start) + item.masked;
    at = item.end;
  }
  return masked + text.slice(at);
}

/** What may be done about personal data in what is sent: taken out before anybody has them, or sent as written and masked for the public. */
export const PERSONAL_CHOICES = ['remove', 'send'] as const;
export type PersonalChoice = (typeof PERSONAL_CHOICES)[number];

/** How many of what was found the refusal names. */
const NAMED_AT_MOST = 5;

/** A text as it is sent. Refuses personal data while the sender has made no choice, and names them masked, as a refusal may be shown to whoever looks on. */
export function heedPersonal(text: string, choice: PersonalChoice | undefined): string {
  const found = personalData(text);
  if (found.length === 0 || choice === 'send') return text;
  if (choice === 'remove') return maskPersonal(text);
  const params = { count: found.length, found: found.slice(0, NAMED_AT_MOST).map(({ masked }) => masked).join('、') };
  throw DomainError.invalid('intake:error.personalData', [{ field: 'personalData', key: 'intake:error.personalData', params }], params);
}
