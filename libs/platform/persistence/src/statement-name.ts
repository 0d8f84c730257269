import { createHash } from 'node:crypto';

const names = new Map<string, string>();
/** Beyond so many different texts somebody builds SQL out of values, and preparing each would only fill the server's memory. */
const MOST = 2000;

/** The name under which a connection prepares this statement, so that the server plans it once; undefined where it should not be prepared. */
export function statementName(sql: string): string | undefined {
  let name = names.get(sql);
  if (name === undefined && names.size < MOST) {
    name = createHash('sha1').update(sql).digest('hex').slice(0, 16);
    names.set(sql, name);
  }
  return name;
}
