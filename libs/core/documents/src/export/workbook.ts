import writeWorkbook from 'write-excel-file/node';

/** A sheet of a workbook; `width` in characters. */
export interface Sheet {
  /** 31 characters at most, none of `[]:*?/\`. */
  name: string;
  columns: readonly { head: string; width: number }[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** What a cell may hold (ECMA-376 applications: 32 767); the rest would make the file unreadable. */
const MAX_CELL = 32_000;
/** What a spreadsheet reads as an escaped character (`_x0041_` is A) is escaped itself. */
const ESCAPE = /_(?=x[0-9a-f]{4}_)/gi;

const textOf = (value: string): string => value.slice(0, MAX_CELL).replace(ESCAPE, '_x005F_');

/**
 * A workbook (XLSX). Words go into cells of the format Text, so that nothing is calculated when the file is opened, nor when somebody edits
 * the cell: `=1+1` stays what it is. Figures are numbers. Characters that XML cannot hold are left out.
 */
export async function workbookXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const head = { fontWeight: 'bold', backgroundColor: '#eaf1f9', alignVertical: 'top', wrap: true } as const;
  return writeWorkbook(sheets.map(({ name, columns, rows }) => ({
    sheet: name, stickyRowsCount: 1, columns: columns.map(({ width }) => ({ width })),
    data: [
      columns.map((column) => ({ value: textOf(column.head), type: String, format: '@', ...head })),
      ...rows.map((row) => row.map((value) => {
        if (value === null || value === '') return null;
        return typeof value === 'number' ? { value, type: Number, alignVertical: 'top' as const } : { value: textOf(value), type: String, format: '@', alignVertical: 'top' as const, wrap: true };
      })),
    ],
  }))).toBuffer();
}
