import { NUMERAL_CLASS, parseNumeral } from './numerals';
import { isDelimiter, isRow } from './table-text';

/** One non-empty line of the source, or a whole table. */
export interface SourceLine {
  /** Counts from 1. */
  line: number;
  /** White space, entities and Markdown that stand before the text. */
  lead: string;
  body: string;
  /** Level of a Markdown heading, 0 for none. */
  level: number;
  /** The body is a table, a row a line. */
  table: boolean;
}

const LEAD = /^(?:\s|&(?:emsp|ensp|nbsp|#12288|#x3000);|#{1,6}(?=\s)|>(?=\s)|[-*+](?=\s))*/;
const LONE_NUMBER = /^[0-9０-９]{1,4}$/;
const AFTER_NUMBER = /^(?:[.．、](?![0-9])|号|年[0-9\s]|月|日|个|名|万|元|%|％|项|人|次|条|周岁)/;

/** Splits a text into its non-empty lines, a table being one. A number that the page layout tore from what follows (`2` / `.完善`, `6` / `号`) is put back. */
export function splitLines(source: string): SourceLine[] {
  const lines: SourceLine[] = [];
  const raw = source.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trim());
  for (let index = 0; index < raw.length; index += 1) {
    const trimmed = raw[index] ?? '';
    if (trimmed === '') continue;
    const rows = rowsFrom(raw, index);
    const last = lines.at(-1);
    if (rows > 0) {
      lines.push({ line: index + 1, lead: '', body: raw.slice(index, index + rows).join('\n'), level: 0, table: true });
      index += rows - 1;
    } else if (last && !last.table && tornApart(last.body, trimmed)) last.body += `\n${trimmed}`;
    else for (const part of splitInlineItems(trimmed)) lines.push(splitLead(part, index + 1));
  }
  return lines;
}

/** How many lines from here on are one table: rows in pipes, or a Markdown head with the line under it and rows that need no outer pipes. */
function rowsFrom(lines: string[], from: number): number {
  const head = lines[from] ?? '';
  const marked = head.includes('|') && isDelimiter(lines[from + 1] ?? '');
  let end = marked ? from + 2 : from;
  while (end < lines.length && (marked ? /[^|]\||\|[^|]/.test(lines[end] ?? '') : isRow(lines[end] ?? ''))) end += 1;
  return end - from;
}

function tornApart(above: string, below: string): boolean {
  return above.length <= 4 && (LONE_NUMBER.test(above) ? AFTER_NUMBER.test(below) : /^附[件录表]$/.test(above) && LONE_NUMBER.test(below));
}

function splitLead(trimmed: string, line: number): SourceLine {
  const lead = LEAD.exec(trimmed)?.[0] ?? '';
  const body = trimmed.slice(lead.length);
  // A line of markup alone is text: there is nothing for it to lead.
  if (body === '') return { line, lead: '', body: trimmed, level: 0, table: false };
  return { line, lead, body, level: /#+/.exec(lead)?.[0].length ?? 0, table: false };
}

const OWN_ITEM = new RegExp(`^[（(]([${NUMERAL_CLASS}]{1,4})[）)]`);
const INLINE_ITEM = new RegExp(`[：:；;]\\s{0,4}(?=[（(]([${NUMERAL_CLASS}]{1,4})[）)])`, 'g');

/**
 * Sets items that run on in one line each on its own: 应当提交下列文件：（一）…；（二）…. Only a colon opens such a list and only the
 * next number goes on with it, so that a reference to an item stays where it is.
 */
function splitInlineItems(trimmed: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let number = parseNumeral(OWN_ITEM.exec(trimmed)?.[1] ?? '') ?? 0;
  for (const found of trimmed.matchAll(INLINE_ITEM)) {
    const next = parseNumeral(found[1] ?? '');
    const opens = next === 1 && /^[：:]/.test(found[0]);
    if (!opens && (next !== number + 1 || number === 0)) continue;
    const end = found.index + found[0].length;
    parts.push(trimmed.slice(from, end).trim());
    from = end;
    number = next;
  }
  return [...parts, trimmed.slice(from)];
}
