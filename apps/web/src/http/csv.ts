/** What a spreadsheet would take for a formula; a tab or a line break in front does not hide it. */
const FORMULA = /^[\s]*[=+\-@]/;

/** One cell, quoted, and kept from being run as a formula by a leading apostrophe (CSV injection). */
const cell = (value: string): string => `"${(FORMULA.test(value) ? `'${value}` : value).replace(/"/g, '""')}"`;

/** A table as CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets read Chinese. */
export const csv = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
