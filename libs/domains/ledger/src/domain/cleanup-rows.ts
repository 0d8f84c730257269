import { type FieldError } from '@platform/kernel';
import { type Proposal, type ProposalContent, PROPOSALS } from './cleanup';

/** Columns of the workbook in which a department's list goes out and comes back. */
export const SHEET_COLUMNS = ['no', 'title', 'documentNumber', 'publishedOn', 'effectiveTo', 'proposal', 'reason', 'amendWhat', 'amendBy', 'effectOn', 'replacedBy'] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];
export const SHEET_ROWS = 2000;

/** How columns and proposals are called, in each language of the product. */
export interface SheetWords {
  columns: ReadonlyMap<SheetColumn, readonly string[]>;
  proposals: ReadonlyMap<Proposal, readonly string[]>;
}

export interface ReadRow {
  row: number;
  no: number;
  content: Omit<ProposalContent, 'replacedBy'>;
  /** The number of the document that takes its place, as it was typed. */
  replacedBy: string;
}

/** A fault in a row of the workbook; it belongs to the file, and names the row. */
export const rowFault = (row: number, why: string): FieldError => ({ field: 'file', key: 'cleanup:error.row', params: { row, why } });

/** What a workbook proposes, row by row; rows without a proposal are passed over. Dates are YYYY-MM-DD; what else is wrong with them is told when they are judged. */
export function readRows(table: readonly { row: number; cells: string[] }[], words: SheetWords): { rows: ReadRow[]; faults: FieldError[] } {
  const [head, ...body] = table;
  const at = new Map<SheetColumn, number>();
  for (const column of SHEET_COLUMNS) {
    const place = (head?.cells ?? []).findIndex((cell) => words.columns.get(column)?.includes(cell));
    if (place >= 0) at.set(column, place);
  }
  if (!at.has('no') || !at.has('proposal') || !at.has('reason')) return { rows: [], faults: [{ field: 'file', key: 'cleanup:error.columns' }] };
  const [rows, faults, seen]: [ReadRow[], FieldError[], Set<number>] = [[], [], new Set()];
  for (const { row, cells } of body) {
    const cell = (column: SheetColumn): string => cells[at.get(column) ?? -1] ?? '';
    if (cell('proposal') === '') continue;
    const [no, proposal] = [Number(cell('no')), PROPOSALS.find((one) => words.proposals.get(one)?.includes(cell('proposal')))];
    if (!Number.isSafeInteger(no) || no < 1) faults.push(rowFault(row, 'cleanup:error.badNo'));
    else if (seen.has(no)) faults.push(rowFault(row, 'cleanup:error.twice'));
    else if (!proposal) faults.push(rowFault(row, 'cleanup:error.proposalNeeded'));
    else {
      const amends = proposal === 'amend';
      rows.push({
        row, no, replacedBy: cell('replacedBy'),
        content: { proposal, reason: cell('reason'), amendWhat: cell('amendWhat'), amendBy: amends ? cell('amendBy') || null : null, effectOn: amends ? null : cell('effectOn') || null },
      });
    }
    seen.add(no);
  }
  return { rows, faults };
}
