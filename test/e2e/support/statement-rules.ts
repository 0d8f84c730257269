/** Statements that may do without a city, each with its reason. */
const EXEMPT: readonly { statement: RegExp; why: string }[] = [
  { statement: /^SELECT id(, name)?.* FROM city ORDER BY/, why: 'the list of cities itself; `city` is small and replicated' },
];

interface Reference {
  table: string;
  alias: string | null;
}

const NO_ALIAS = new Set(['on', 'using', 'where', 'set', 'join', 'left', 'inner', 'cross', 'right', 'full', 'order', 'group', 'limit', 'for', 'values', 'returning', 'union', 'having', 'select', 'offset', 'default']);

/** The tables that a statement names, and what it calls them. */
function referencesOf(statement: string, tables: ReadonlySet<string>): Reference[] {
  const found: Reference[] = [];
  for (const [, table = '', alias] of statement.matchAll(/\b(?:from|join|into|update)\s+(?:only\s+)?"?([a-z_]+)"?(?:\s+(?:as\s+)?"?([A-Za-z_]\w*)"?)?/gi)) {
    if (tables.has(table)) found.push({ table, alias: alias && !NO_ALIAS.has(alias.toLowerCase()) ? alias : null });
  }
  return found;
}

const escaped = (text: string): string => text.replace(/\W/g, '\\$&');

/** Whether this table is bound to a city in the statement: `alias.city_id = …`, on either side, or a bare `city_id` for one without alias. */
function boundByName({ table, alias }: Reference, statement: string): boolean {
  const names = [alias, table].filter((name) => name !== null).map(escaped).join('|');
  const column = `"?(?:${names})"?\\."?city_id"?`;
  return new RegExp(`${column}\\s*(?:=|IN\\b|,)|(?:=|\\()\\s*${column}|using\\s*\\(\\s*"?city_id"?`, 'i').test(statement);
}

/**
 * What keeps these statements from running on a database that is distributed by city: a tenant table without its city, or a join that is not
 * on it. A static reading: it counts predicates and does not understand SQL, but every form that this product writes is one of those it knows.
 */
export function crossCityFaults(statements: Iterable<string>, tables: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  for (const raw of statements) {
    if (EXEMPT.some(({ statement }) => statement.test(raw))) continue;
    const statement = raw.replace(/'(?:[^']|'')*'/g, "''").replace(/"([a-z_]+)"/g, '$1');
    const references = referencesOf(statement, tables);
    const insert = /^insert\s+into\s+\S+(?:\s+as\s+\w+)?\s*\([^)]*\bcity_id\b/i.test(statement);
    // A bare `city_id = …` binds one table that is called by no other name.
    let bare = (statement.match(/(?<![.\w])city_id\s*(?:=|IN\b)/gi)?.length ?? 0) + (insert ? 1 : 0);
    for (const reference of references) {
      if (boundByName(reference, statement)) continue;
      bare -= 1;
      if (bare < 0) faults.push(`${reference.table}${reference.alias ? ` ${reference.alias}` : ''} without its city in: ${raw.slice(0, 400)}`);
    }
  }
  return faults;
}
