import type { TableBlock } from './official-document';

const ROW = /^\s*\|.*\|\s*$/;
const RULER = /^[\s|:-]+$/;

/**
 * A table written as rows of `| a | b |`, one a line, the first the head; null for any other text. A line `| --- |` under the head only
 * divides. `\|` is a bar in a cell; missing cells of a row are empty.
 */
export function tableOf(text: string): TableBlock | null {
  if (!isRows(text)) return null;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.filter((line, index) => !(index === 1 && RULER.test(line) && line.includes('-'))).map(cells);
  const width = Math.max(...rows.map((row) => row.length));
  if (width < 2 && rows.length < 2) return null;
  const [head = [], ...body] = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
  return { type: 'table', head, rows: body };
}

/** Whether each line of a text is a row of a table. */
export function isRows(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => ROW.test(line));
}

function cells(line: string): string[] {
  const inner = line.trim().slice(1, -1);
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}
