import type { AuthorKind, Stance } from './figures';

/** What an officer may look for; `appealed` are hidden ones whose authors wait for a decision. */
export const OPINION_STATES = ['unanswered', 'answered', 'approved', 'hidden', 'withdrawn', 'appealed'] as const;
export type OpinionState = (typeof OPINION_STATES)[number];

/** Not read by oneself, or by nobody at all. */
export const UNREAD = ['me', 'anybody'] as const;
export type Unread = (typeof UNREAD)[number];

/** In place of a clause or an officer: on the whole draft, given to nobody. */
export const NONE = 'none';

/** Which opinions of a consultation; what is left out does not narrow. */
export interface OpinionFilter {
  /** Words that all occur in the text, the receipt's number or the author's name. */
  q?: string | undefined;
  /** Id of a clause of the version asked about, or `none`. */
  clause?: string | undefined;
  stance?: Stance | undefined;
  kind?: AuthorKind | undefined;
  channel?: string | undefined;
  state?: OpinionState | undefined;
  /** Account of the officer who works on it, or `none`. */
  officer?: string | undefined;
  unread?: Unread | undefined;
  /** A cluster that it is in. */
  cluster?: string | undefined;
}

const MAX_WORDS = 5;

/** The words of a search, five at most, as `LIKE` patterns in which nothing but the ends is a wildcard. */
export function likePatterns(q: string): string[] {
  return words(q).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}

const words = (q: string): string[] => q.normalize('NFC').split(/\s+/u).filter((word) => word !== '').slice(0, MAX_WORDS);

/** Whether every word of a search occurs, whatever the case: as PostgreSQL's `ILIKE`. */
export function saysAll(text: string, q: string): boolean {
  const folded = text.toLowerCase();
  return words(q).every((word) => folded.includes(word.toLowerCase()));
}

/** Whether a text has letters with a case. Words without them, as Chinese ones, need no folding, which takes most of the time of a search. */
export const isCased = (text: string): boolean => /[\p{Lu}\p{Ll}\p{Lt}]/u.test(text);
