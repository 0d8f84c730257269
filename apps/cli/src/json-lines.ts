/** Longer lines are no opinion; in bytes. */
const LONGEST_LINE = 64 * 1024 * 1024;
const LINE_FEED = 0x0a;

export interface JsonLine {
  /** Counted from 1. */
  number: number;
  value: unknown;
}

/**
 * Reads JSON lines in UTF-8 as they come in, without keeping what was read. Blank lines are skipped.
 *
 * @throws Error with the number of the line, for one that is not JSON, not UTF-8, or too long
 */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonLine> {
  let number = 1;
  let open: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length) {
      const end = chunk.indexOf(LINE_FEED, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      open.push(part);
      length += part.length;
      if (length > LONGEST_LINE) throw new Error(`第 ${number} 行过长`);
      if (end < 0) break;
      yield* parsed(open, number);
      number += 1;
      open = [];
      length = 0;
      from = end + 1;
    }
  }
  yield* parsed(open, number);
}

function* parsed(parts: Uint8Array[], number: number): Generator<JsonLine> {
  const line = decoded(Buffer.concat(parts), number);
  if (line.trim() === '') return;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`第 ${number} 行不是合法的 JSON`);
  }
  yield { number, value };
}

function decoded(bytes: Buffer, number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`第 ${number} 行不是 UTF-8 文本`);
  }
}
