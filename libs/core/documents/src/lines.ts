/** One non-empty line of the source. */
export interface SourceLine {
  /** Counts from 1. */
  line: number;
  /** White space, entities and Markdown that stand before the text. */
  lead: string;
  body: string;
  /** Level of a Markdown heading, 0 for none. */
  level: number;
}

const LEAD = /^(?:\s|&(?:emsp|ensp|nbsp|#12288|#x3000);|#{1,6}(?=\s)|>(?=\s)|[-*+](?=\s))*/;
const LONE_NUMBER = /^[0-9０-９]{1,2}$/;

/** Splits a text into its non-empty lines. A number that the page layout tore from its dot (`2` / `.完善`) is put back before it. */
export function splitLines(source: string): SourceLine[] {
  const lines: SourceLine[] = [];
  for (const [index, raw] of source.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '') continue;
    const last = lines.at(-1);
    if (last && LONE_NUMBER.test(last.body) && /^[.．、]/.test(trimmed)) last.body += `\n${trimmed}`;
    else lines.push(splitLead(trimmed, index + 1));
  }
  return lines;
}

function splitLead(trimmed: string, line: number): SourceLine {
  const lead = LEAD.exec(trimmed)?.[0] ?? '';
  const body = trimmed.slice(lead.length);
  // A line of markup alone is text: there is nothing for it to lead.
  if (body === '') return { line, lead: '', body: trimmed, level: 0 };
  return { line, lead, body, level: /#+/.exec(lead)?.[0].length ?? 0 };
}
