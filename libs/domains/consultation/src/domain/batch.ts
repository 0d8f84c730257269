import { DomainError, type FieldError } from '@platform/kernel';
import { type Entry, type EntryContext, type EntryInput, readEntry } from './entries';

/** The columns of a workbook of opinions, in the order of its template. */
export const BATCH_COLUMNS = ['channel', 'arrivedOn', 'reference', 'authorKind', 'authorName', 'clause', 'quote', 'stance', 'text'] as const;
export type BatchColumn = (typeof BATCH_COLUMNS)[number];

/** Rows that one workbook may have. */
export const MAX_BATCH_ROWS = 2000;

/** What words of a workbook mean, in every language that a template is written in: word to the product's own value. */
export interface BatchWords {
  columns: ReadonlyMap<string, BatchColumn>;
  channel: ReadonlyMap<string, string>;
  authorKind: ReadonlyMap<string, string>;
  stance: ReadonlyMap<string, string>;
}

/** A row as it was read: its cells in the order of `BATCH_COLUMNS`, and the entry that they make. */
export interface BatchRow {
  row: number;
  cells: string[];
  input: EntryInput;
}

/** One thing that is wrong in one cell. */
export interface BatchFault {
  row: number;
  column: BatchColumn;
  key: string;
  params?: Record<string, unknown> | undefined;
}

const COLUMN_OF: Readonly<Record<string, BatchColumn>> = { clauseId: 'clause' };
const plain = (word: string): string => word.normalize('NFKC').replace(/[\s*：:]/g, '').toLowerCase();

/** A dictionary in which words are found whatever their width, case and spaces. */
export const wordMap = <T extends string>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, T> => new Map(pairs.map(([word, value]) => [plain(word), value]));

/** 2026-03-02, 2026/3/2, 2026.3.2 and 2026年3月2日 are one day; whatever else stands there stays as it is, and is refused as no day. */
export function dayOf(text: string): string {
  const [, year, month = '', day = ''] = /^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$/.exec(text.normalize('NFKC')) ?? [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

/**
 * Reads the rows below the head as entries. Columns are found by their head in any order; others are passed over, so that a list with remarks, or one that came back with
 * its faults, may be sent as it is.
 *
 * @throws DomainError invalid `channels:error.columns` where a column is missing, `channels:error.noRows` where there is nothing below the head
 */
export function batchRows(table: readonly { row: number; cells: readonly string[] }[], words: BatchWords, clauseIds: ReadonlyMap<string, string>): BatchRow[] {
  const [head, ...below] = table;
  const places = new Map((head?.cells ?? []).flatMap((cell, at): [BatchColumn, number][] => {
    const column = words.columns.get(plain(cell));
    return column ? [[column, at]] : [];
  }));
  const missing = BATCH_COLUMNS.filter((column) => !places.has(column));
  if (missing.length > 0) throw DomainError.invalid('channels:error.columns', [{ field: 'file', key: 'channels:error.columns', params: { missing: missing.length } }], { missing: missing.length });
  if (below.length === 0) throw DomainError.invalid('channels:error.noRows', [{ field: 'file', key: 'channels:error.noRows' }]);
  return below.map(({ row, cells }) => {
    const of = (column: BatchColumn): string => cells[places.get(column) ?? -1] ?? '';
    const meant = (column: 'channel' | 'authorKind' | 'stance'): string => words[column].get(plain(of(column))) ?? of(column);
    const clause = of('clause');
    return {
      row, cells: BATCH_COLUMNS.map(of),
      input: {
        channel: meant('channel'), arrivedOn: dayOf(of('arrivedOn')), authorKind: meant('authorKind'), authorName: of('authorName'), stance: meant('stance'), text: of('text'), quote: of('quote'),
        reference: of('reference'), clauseId: clause === '' ? '' : clauseIds.get(plain(clause)) ?? clause,
      },
    };
  });
}

/** Labels of clauses as they may be written in a cell, each that names one clause alone. */
export function clauseLabels(clauses: readonly { clauseId: string; label: string }[]): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const { label } of clauses) count.set(plain(label), (count.get(plain(label)) ?? 0) + 1);
  return wordMap(clauses.filter(({ label }) => label !== '' && count.get(plain(label)) === 1).map(({ label, clauseId }) => [label, clauseId]));
}

/** What makes two opinions the same one, entered twice. */
export const sameness = ({ channel, authorName, clauseId, quote, text }: Pick<Entry, 'channel' | 'authorName' | 'clauseId' | 'quote' | 'text'>): string =>
  JSON.stringify([channel, authorName, clauseId, quote, text]);

/**
 * Judges every row and collects all that is wrong, cell by cell. `registered`: what is in the register already, with its receipt number.
 * Where nothing is wrong there are as many entries as rows.
 */
export function judgeBatch(rows: readonly BatchRow[], context: EntryContext, registered: ReadonlyMap<string, string>): { entries: Entry[]; faults: BatchFault[] } {
  const entries: Entry[] = [];
  const faults: BatchFault[] = [];
  const seen = new Map<string, number>();
  for (const { row, input } of rows) {
    const { entry, faults: wrong } = readEntry(input, context);
    faults.push(...wrong.map((fault) => faultAt(row, fault)));
    if (!entry) continue;
    entries.push(entry);
    const same = sameness(entry);
    const [before, receipt] = [seen.get(same), registered.get(same)];
    if (before !== undefined) faults.push({ row, column: 'text', key: 'channels:error.sameAsRow', params: { row: before } });
    else if (receipt !== undefined) faults.push({ row, column: 'text', key: 'channels:error.registeredAlready', params: { receipt } });
    else seen.set(same, row);
  }
  return { entries, faults };
}

const faultAt = (row: number, { field, key, params }: FieldError): BatchFault =>
  ({ row, column: COLUMN_OF[field] ?? BATCH_COLUMNS.find((column) => column === field) ?? 'text', key, params });
