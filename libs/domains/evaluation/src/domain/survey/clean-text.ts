import { DomainError } from '@platform/kernel';

/** Marks that turn the direction of what follows (Unicode TR9), invisible ones, and control characters but tab and line feed. */
const HIDDEN = /[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
/** What PostgreSQL cannot store, or would change: NUL and halves of surrogate pairs. */
const IMPOSSIBLE = /\u0000|\p{Surrogate}/u;

/** A text from outside as it may be stored: NFC, line ends as `\n`, nothing hidden, trimmed; empty where nothing is left. Refuses (`invalid`) what is no text, and more than `max` characters. */
export function cleanText(input: string, field: string, max: number): string {
  const refuse = (key: string, params?: Record<string, unknown>): DomainError => DomainError.invalid(key, [{ field, key, ...(params ? { params } : {}) }], params);
  if (IMPOSSIBLE.test(input)) throw refuse('survey:error.notText');
  const text = input.normalize('NFC').replace(/\r\n?|[\u2028\u2029]/gu, '\n').replace(HIDDEN, '').trim();
  const length = [...text].length;
  if (length > max) throw refuse('survey:error.tooLong', { max, length });
  return text;
}

/** As `cleanText`; null where nothing is left. */
export const optionalText = (input: string, field: string, max: number): string | null => cleanText(input, field, max) || null;
