/** A table taken apart: `head` is its first row when the text marks one, else null. All cells as people read them. */
export interface TableRows {
  head: string[] | null;
  rows: string[][];
}

/** Stands for a line break inside a cell, since a row is one line. */
const BREAK = '↵';
const DELIMITER = /^\|?(?:[ \t]{0,20}:?-{1,50}:?[ \t]{0,20}\|){1,200}(?:[ \t]{0,20}:?-{1,50}:?[ \t]{0,20})?$/;

/** A line that is a row of a table whatever stands around it: `| a | b |`. */
export const isRow = (line: string): boolean => line.length >= 3 && line.startsWith('|') && line.endsWith('|') && !/(?<!\\)(?:\\\\)*\\\|$/.test(line.slice(-20));

/** The line under the head of a table: `| --- | --- |`, also with the colons of Markdown. */
export const isDelimiter = (line: string): boolean => line.includes('|') && DELIMITER.test(line);

/**
 * Writes a table as pipe rows, a line each: `|`, `\` and line breaks inside a cell become `\|`, `\\` and `↵` (a real `↵` becomes `\↵`), so that
 * `tableRows` gives back every cell.
 */
export function tableText({ head, rows }: TableRows): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [...(head ? [line(head), `|${' --- |'.repeat(head.length)}`] : []), ...rows.map(line)].join('\n');
}

/** Takes the text of a provision of kind `table` apart: pipe rows as `tableText` writes them, or a Markdown table as people do. */
export function tableRows(text: string): TableRows {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const marked = isDelimiter(lines[1] ?? '');
  const rows = lines.filter((_, at) => !(marked && at === 1)).map(cellsOf);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const even = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
  return { head: marked ? (even[0] ?? null) : null, rows: marked ? even.slice(1) : even };
}

const escapeCell = (cell: string): string => cell.trim().replace(/[\\|↵]/g, '\\$&').replace(/\r\n?|[\n\u2028\u2029]/g, BREAK);

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  for (let at = line.startsWith('|') ? 1 : 0; at < line.length; at += 1) {
    const c = line[at] ?? '';
    const next = line[at + 1] ?? '';
    if (c === '\\' && (next === '|' || next === '\\' || next === BREAK)) {
      cell += next;
      at += 1;
    } else if (c === '|') {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += c === BREAK ? '\n' : c;
    }
  }
  if (cell.trim() !== '' || !line.endsWith('|')) cells.push(cell.trim());
  return cells;
}
