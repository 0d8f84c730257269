import { DomainError } from '@platform/kernel';
import readExcel from 'read-excel-file/node';
import { unpackXlsx } from '../zip-guard';

/** A workbook of two thousand typed letters is a few hundred kilobytes. */
export const MAX_WORKBOOK_BYTES = 3 * 1024 * 1024;
const MAX_COLUMNS = 50;

/** One row of a sheet that is not empty. */
export interface WorkbookRow {
  /** As the spreadsheet counts: from 1. */
  row: number;
  /** What each cell shows: of a formula the value that was stored with it, of a date its day. An empty cell is ''. */
  cells: string[];
}

/** NUL and halves of characters, which no text of the database holds. */
const UNFIT = /\0|\p{Surrogate}/gu;

/** A number as it was typed and not as the processor keeps it: 0.1 + 0.2 in a formula is 0.3. */
const numberText = (value: number): string => String(Number(value.toPrecision(15)));

function cellText(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value).replace(UNFIT, '\ufffd').trim() : '';
}

/**
 * The rows of the first sheet of a workbook (XLSX), its head being the first. Nothing is calculated and no link followed.
 *
 * @throws DomainError invalid as `unpackXlsx`, and `channels:error.xlsxTooLarge` for more than `maxRows` rows or 50 columns
 */
export async function readWorkbook(buffer: Buffer, maxRows: number): Promise<WorkbookRow[]> {
  unpackXlsx(buffer);
  const sheets = await readExcel(buffer).catch(() => {
    throw DomainError.invalid('channels:error.xlsxBroken');
  });
  const rows = (sheets[0]?.data ?? []).map((cells, index): WorkbookRow => ({ row: index + 1, cells: cells.map(cellText) })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length > maxRows + 1) throw DomainError.invalid('channels:error.tooManyRows', [], { max: maxRows, count: rows.length - 1 });
  if (rows.some(({ cells }) => cells.length > MAX_COLUMNS)) throw DomainError.invalid('channels:error.xlsxTooLarge');
  return rows;
}
