import { Client } from 'pg';

type Query = (this: Client, ...given: unknown[]) => unknown;

/** Every SQL statement that goes through `pg` in this process, whoever sends it. */
export interface StatementLog {
  /** Different texts, white space evened out. */
  readonly texts: ReadonlySet<string>;
  /** How many were sent so far. */
  readonly count: number;
  stop(): void;
}

export function recordStatements(): StatementLog {
  const prototype = Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const texts = new Set<string>();
  let count = 0;
  prototype.query = function query(this: Client, ...given: unknown[]): unknown {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text?: unknown }).text;
    if (typeof text === 'string') {
      count += 1;
      texts.add(text.replace(/\s+/g, ' ').trim());
    }
    return original.apply(this, given);
  };
  return {
    texts,
    get count() {
      return count;
    },
    stop: () => {
      prototype.query = original;
    },
  };
}
