import { POLICY_KINDS, type PolicyKind } from '@core/policy';
import { type FieldError, isDay, isId, type IsoDate } from '@platform/kernel';

export const BOOK_FORMATS = ['pdf', 'docx'] as const;
export type BookFormat = (typeof BOOK_FORMATS)[number];

/** What the chapters of a book are: one for each department, topic, kind or year of publication. */
export const BOOK_CHAPTERS = ['department', 'topic', 'kind', 'year'] as const;
export type BookChapters = (typeof BOOK_CHAPTERS)[number];

/** Documents of one book; about three thousand pages. */
export const BOOK_LIMIT = 1_000;

/** Which documents a book holds, and how. All that is asked must hold; empty lists and null ask nothing. */
export interface BookSpec {
  title: string;
  /** Who compiles it, as it stands on the cover. */
  issuer: string;
  /** In force on this day. */
  on: IsoDate;
  departmentIds: string[];
  kinds: PolicyKind[];
  topics: string[];
  /** Published from and to this day, both included. */
  publishedFrom: IsoDate | null;
  publishedTo: IsoDate | null;
  /** Part of a title. */
  words: string;
  chapters: BookChapters;
}

/** What is wrong with a request for a book, field by field. */
export function bookFaults(spec: BookSpec): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): void => {
    faults.push({ field, key: `book:error.${key}` });
  };
  if (spec.title.trim() === '') fault('title', 'titleNeeded');
  else if (spec.title.length > 100) fault('title', 'titleLong');
  if (spec.issuer.trim() === '') fault('issuer', 'issuerNeeded');
  else if (spec.issuer.length > 100) fault('issuer', 'issuerLong');
  if (!isDay(spec.on)) fault('on', 'badDay');
  for (const field of ['publishedFrom', 'publishedTo'] as const) {
    const day = spec[field];
    if (day !== null && !isDay(day)) fault(field, 'badDay');
  }
  if (spec.publishedFrom && spec.publishedTo && spec.publishedFrom > spec.publishedTo) fault('publishedTo', 'daysTurned');
  if (spec.departmentIds.some((id) => !isId(id))) fault('departmentIds', 'noDepartment');
  if (spec.kinds.some((kind) => !(POLICY_KINDS as readonly string[]).includes(kind))) fault('kinds', 'noKind');
  if (spec.words.length > 100) fault('words', 'wordsLong');
  if (!(BOOK_CHAPTERS as readonly string[]).includes(spec.chapters)) fault('chapters', 'noChapters');
  return faults;
}
