import type { Sheet } from '@core/documents';
import { AUTHOR_KINDS, BATCH_COLUMNS, type BatchColumn, type BatchFault, type BatchRow, type BatchWords, ENTERED_CHANNELS, MAX_BATCH_ROWS, STANCES, wordMap } from '@domains/consultation';
import type { Words } from '../drafting/named-text';

/** Width of each column in characters. */
const WIDTHS: Readonly<Record<BatchColumn, number>> = { channel: 12, arrivedOn: 14, reference: 20, authorKind: 10, authorName: 20, clause: 12, quote: 24, stance: 12, text: 60 };
const CHOICES = { channel: ['consultation:channel', ENTERED_CHANNELS], authorKind: ['consultation:author', AUTHOR_KINDS], stance: ['consultation:stance', STANCES] } as const;

export const columnHead = (column: BatchColumn, words: Words): string => words(`channels:column.${column}`);

/** What the words of a workbook mean, whichever language its template was written in. */
export function batchWords(languages: readonly Words[]): BatchWords {
  const choice = (group: string, values: readonly string[]): ReadonlyMap<string, string> => wordMap(languages.flatMap((words) => values.map((value) => [words(`${group}.${value}`), value] as const)));
  return {
    columns: wordMap(languages.flatMap((words) => BATCH_COLUMNS.map((column) => [columnHead(column, words), column] as const))),
    channel: choice(...CHOICES.channel), authorKind: choice(...CHOICES.authorKind), stance: choice(...CHOICES.stance),
  };
}

const headOf = (words: Words): { head: string; width: number }[] => BATCH_COLUMNS.map((column) => ({ head: columnHead(column, words), width: WIDTHS[column] }));

/** An empty workbook to fill in, with a second sheet that tells what goes into each column. */
export function batchTemplate(clauses: readonly { label: string; text: string }[], words: Words): Sheet[] {
  const allowed = (column: BatchColumn): string => {
    const choice = column === 'channel' || column === 'authorKind' || column === 'stance' ? CHOICES[column] : null;
    return choice ? choice[1].map((value) => words(`${choice[0]}.${value}`)).join('、') : words(`channels:template.${column}`);
  };
  return [
    { name: words('channels:template.sheet'), columns: headOf(words), rows: [] },
    {
      name: words('channels:template.help'), columns: [{ head: words('channels:template.column'), width: 16 }, { head: words('channels:template.what'), width: 70 }],
      rows: [
        ...BATCH_COLUMNS.map((column) => [columnHead(column, words), allowed(column)]), [null, words('channels:template.rows', { max: MAX_BATCH_ROWS })],
        ...clauses.map(({ label, text }) => [label, [...text].slice(0, 60).join('')]),
      ],
    },
  ];
}

export const faultText = ({ key, params }: BatchFault, words: Words): string => words(key, params);

/** The rows with faults as they were sent, each with what is wrong: to be corrected and sent again as it is. */
export function faultyRows(rows: readonly BatchRow[], errors: readonly BatchFault[], words: Words): Sheet[] {
  const wrong = new Map<number, string[]>();
  for (const fault of errors) wrong.set(fault.row, [...(wrong.get(fault.row) ?? []), `${columnHead(fault.column, words)}：${faultText(fault, words)}`]);
  return [{
    name: words('channels:template.sheet'), columns: [...headOf(words), { head: words('channels:column.error'), width: 60 }],
    rows: rows.map(({ row, cells }) => [...cells, (wrong.get(row) ?? []).join('\n')]),
  }];
}
