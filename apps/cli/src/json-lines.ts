/** Longer lines are no opinion; in UTF-16 units. */
const LONGEST_LINE = 64 * 1024 * 1024;

export interface JsonLine {
  /** Counted from 1. */
  number: number;
  value: unknown;
}

/**
 * Reads JSON lines as they come in, without keeping what was read. Blank lines are skipped.
 *
 * @throws Error with the number of the line, for one that is not JSON, not UTF-8, or too long
 */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let open: string[] = [];
  let length = 0;
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new Error(`第 ${number + 1} 行起不是 UTF-8 文本`);
    }
  };
  for await (const chunk of chunks) {
    const parts = decoded(chunk).split('\n');
    for (const [at, part] of parts.entries()) {
      open.push(part);
      length += part.length;
      if (length > LONGEST_LINE) throw new Error(`第 ${number + 1} 行过长`);
      if (at === parts.length - 1) break;
      number += 1;
      yield* parsed(open.join(''), number);
      open = [];
      length = 0;
    }
  }
  yield* parsed(open.join('') + decoded(), number + 1);
}

function* parsed(line: string, number: number): Generator<JsonLine> {
  if (line.trim() === '') return;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`第 ${number} 行不是合法的 JSON`);
  }
  yield { number, value };
}
