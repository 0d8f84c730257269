import { DomainError } from '@platform/kernel';

/** Longest opinion, in characters (code points). */
export const MAX_OPINION = 5000;

/** Marks that turn the direction of what follows (Unicode TR9), and invisible ones that hide words from a reader: taken out, the words stay. */
const INVISIBLE = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
/** Control characters other than tab and line feed. NUL is refused before. */
const CONTROL = /[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu;

/** Half of a surrogate pair: no character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text from outside as it may be stored: NFC, line ends as `\n`, no control characters, no bidirectional overrides, trimmed. Refuses what no
 * honest form sends: NUL and halves of surrogate pairs, which PostgreSQL cannot store or would change silently.
 */
export function cleanText(input: string, field: string): string {
  if (input.includes('\u0000') || LONE_SURROGATE.test(input)) throw refusal(field, 'consultation:error.notText');
  return input.normalize('NFC').replace(/\r\n?|[\u2028\u2029]/gu, '\n').replace(INVISIBLE, '').replace(CONTROL, '').trim();
}

/** As `cleanText`, and between 1 and `max` characters. */
export function requiredText(input: string, field: string, max: number): string {
  const text = cleanText(input, field);
  if (text === '') throw refusal(field, 'consultation:error.empty');
  return limited(text, field, max);
}

/** As `cleanText`; null where nothing is left, and at most `max` characters. */
export function optionalText(input: string | null | undefined, field: string, max: number): string | null {
  const text = cleanText(input ?? '', field);
  return text === '' ? null : limited(text, field, max);
}

function limited(text: string, field: string, max: number): string {
  const length = [...text].length;
  if (length > max) throw refusal(field, 'consultation:error.tooLong', { max, length });
  return text;
}

function refusal(field: string, key: string, params?: Record<string, unknown>): DomainError {
  return DomainError.invalid(key, [{ field, key, ...(params ? { params } : {}) }], params);
}

/** A purpose is told in three sentences at most, so that it is read. Counts 。！？ and their Latin sisters. */
export function sentences(text: string): string[] {
  return text.split(/(?<=[。！？!?]|\.(?=\s|$))/u).map((part) => part.trim()).filter((part) => part !== '');
}

/** 张三 becomes 张*, 欧阳小明 becomes 欧***: enough to know one's own among many, too little to find a person. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name.trim()];
  return first === '' ? '' : first + '*'.repeat(Math.min(Math.max(rest.length, 1), 3));
}
