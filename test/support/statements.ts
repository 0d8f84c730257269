import { Client } from 'pg';

const SESSION = /FROM session s\s+JOIN account a/;
/** The transaction's beginning with its settings, the statement itself, and its end. */
const LOOKUP = 3;

type Query = (this: Client, ...given: unknown[]) => unknown;

/** Every SQL statement that goes through `pg` in this process, whoever sends it. */
export interface StatementLog {
  /** Different texts, white space evened out. */
  readonly texts: ReadonlySet<string>;
  /** How many were sent so far. */
  readonly count: number;
  /** How many of them looked a session up, with their transactions: once in some seconds, whatever the page. */
  readonly ofSessions: number;
  stop(): void;
}

export function recordStatements(): StatementLog {
  const prototype = Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const texts = new Set<string>();
  let count = 0;
  let lookups = 0;
  prototype.query = function query(this: Client, ...given: unknown[]): unknown {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text?: unknown }).text;
    if (typeof text === 'string') {
      count += 1;
      if (SESSION.test(text)) lookups += 1;
      texts.add(text.replace(/\s+/g, ' ').trim());
    }
    return original.apply(this, given);
  };
  return {
    texts,
    get count() {
      return count;
    },
    get ofSessions() {
      return lookups * LOOKUP;
    },
    stop: () => {
      prototype.query = original;
    },
  };
}
