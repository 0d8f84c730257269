/** What a spreadsheet would take for a formula; a tab or a line break in front does not hide it. */
const FORMULA = /^[\s]*[=+\-@]/;

/** One cell, quoted, and kept from being run as a formula by a leading apostrophe (CSV injection). */
const cell = (value: string): string => `"${(FORMULA.test(value) ? `'${value}` : value).replace(/"/g, '""')}"`;

/** What a file in UTF-8 begins with, so that spreadsheets read Chinese. */
export const CSV_MARK = '\uFEFF';

/** Rows of a table as CSV (RFC 4180), for a file that is written piece by piece behind `CSV_MARK`. */
export const csvRows = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** A table as CSV in UTF-8 with a byte order mark. */
export const csv = (rows: readonly (readonly string[])[]): string => `${CSV_MARK}${csvRows(rows)}`;
