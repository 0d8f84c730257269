import { bookDocx, bookPdf } from '@core/documents';
import { ExplanationRegistry, POLICY_KINDS, type PolicyKind } from '@core/policy';
import { BOOK_CHAPTERS, type BookChapters, bookContents, type BookSpec } from '@domains/ledger';
import { chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import type { INestApplicationContext } from '@nestjs/common';
import { withApplication } from './application';
import { writeWhole } from './write-whole';

export interface BookOptions {
  city: string;
  /** `key=value`, each as often as wished. */
  filter: string[];
  out: string;
  title?: string;
  issuer?: string;
  chapters: string;
}

/** What was written. */
export interface BookResult {
  out: string;
  documents: number;
  chapters: number;
  /** Null for a DOCX, whose pages Word makes. */
  pages: number | null;
  bytes: number;
}

const KEYS = ['on', 'department', 'kind', 'topic', 'from', 'to', 'words'] as const;
type Key = (typeof KEYS)[number];

/**
 * `policyloop book`: a compilation of the public documents that are in force on a day, as PDF or DOCX. Writes all of the file or nothing.
 *
 * @throws DomainError on an unknown city, department, filter or ending, an empty choice, and what `bookContents` and `bookPdf` refuse
 */
export async function bookCommand(options: BookOptions): Promise<BookResult> {
  const ending = /\.(pdf|docx)$/i.exec(options.out)?.[1]?.toLowerCase();
  if (!ending) throw DomainError.invalid('layout:error.ending', [], { path: options.out });
  const filter = readFilter(options.filter);
  const book = await withApplication(async (app) => {
    const today = chinaDate(app.get<Clock>(CLOCK).now());
    return bookContents(app.get(PublicReader), app.get(ExplanationRegistry), options.city, await specOf(app, options, filter, today), today);
  });
  const { bytes, pages } = await (ending === 'pdf' ? bookPdf : bookDocx)(book);
  await writeWhole(options.out, bytes);
  const documents = book.chapters.reduce((sum, chapter) => sum + chapter.documents.length, 0);
  return { out: options.out, documents, chapters: book.chapters.length, pages, bytes: bytes.length };
}

function readFilter(parts: readonly string[]): Map<Key, string[]> {
  const filter = new Map<Key, string[]>();
  for (const part of parts) {
    const cut = part.indexOf('=');
    const key = part.slice(0, Math.max(cut, 0)).trim() as Key;
    const value = part.slice(cut + 1).trim();
    if (cut < 1 || !KEYS.includes(key) || value === '') throw DomainError.invalid('book:error.filter', [], { part, keys: KEYS.join('、') });
    filter.set(key, [...(filter.get(key) ?? []), value]);
  }
  return filter;
}

async function specOf(app: INestApplicationContext, options: BookOptions, filter: Map<Key, string[]>, today: string): Promise<BookSpec> {
  const reader = app.get(PublicReader);
  const [city] = await reader.query<{ name: string }>('SELECT name FROM city WHERE id = $1', [options.city]);
  if (!city) throw DomainError.invalid('book:error.noCity', [], { city: options.city });
  const departments = await reader.query<{ id: string; names: string[] }>(
    'SELECT id, ARRAY[id::text, name, short_name, document_code] AS names FROM department WHERE city_id = $1', [options.city]);
  const departmentIds = (filter.get('department') ?? []).map((name) => {
    const found = departments.find(({ names }) => names.includes(name));
    if (!found) throw DomainError.invalid('book:error.unknownDepartment', [], { name });
    return found.id;
  });
  const kinds = (filter.get('kind') ?? []).map((kind) => {
    if (!(POLICY_KINDS as readonly string[]).includes(kind)) throw DomainError.invalid('book:error.unknownKind', [], { kind, kinds: POLICY_KINDS.join('、') });
    return kind as PolicyKind;
  });
  if (!(BOOK_CHAPTERS as readonly string[]).includes(options.chapters)) throw DomainError.invalid('book:error.unknownChapters', [], { given: options.chapters, known: BOOK_CHAPTERS.join('、') });
  const one = (key: Key): string | null => filter.get(key)?.at(-1) ?? null;
  return {
    title: options.title ?? `${city.name}现行有效文件汇编`, issuer: options.issuer ?? city.name, on: one('on') ?? today, departmentIds, kinds, topics: filter.get('topic') ?? [],
    publishedFrom: one('from'), publishedTo: one('to'), words: one('words') ?? '', chapters: options.chapters as BookChapters,
  };
}
