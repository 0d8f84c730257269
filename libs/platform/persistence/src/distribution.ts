import { Client } from 'pg';

export interface DistributionPlan {
  /** Copied whole to every node. */
  reference: string[];
  /** Spread by `city_id`, in an order in which a table comes after those it points to. */
  distributed: string[];
  /** Foreign keys of tables that point at each other: taken off while the tables are distributed, and put back. */
  postponed: { table: string; name: string; definition: string }[];
  /** What breaks a rule of distribution; empty when all is well. */
  faults: string[];
}

interface Constraint {
  table: string;
  name: string;
  kind: 'p' | 'u' | 'f';
  columns: string[];
  target: string | null;
  definition: string | null;
}

/** Bookkeeping of the migrations: stays on the coordinator. */
const LOCAL_TABLES = new Set(['schema_migration']);

/**
 * How the schema spreads over several servers, read from the catalogue: tables with `city_id` are distributed by it, the others are reference
 * tables. Every primary key, unique index and foreign key between distributed tables must carry `city_id`.
 */
export async function planDistribution(client: Client): Promise<DistributionPlan> {
  const tables = await client.query<{ name: string; byCity: boolean }>(
    `SELECT c.relname AS name, EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'city_id' AND NOT a.attisdropped) AS "byCity"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`);
  const keys = await client.query<Constraint>(
    `SELECT c.relname AS "table", con.conname AS name, con.contype AS kind, t.relname AS target, pg_get_constraintdef(con.oid) AS definition,
       (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(con.conkey) WITH ORDINALITY k(num, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num) AS columns
     FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class t ON t.oid = con.confrelid
     WHERE n.nspname = 'public' AND con.contype IN ('p', 'u', 'f')
     UNION ALL
     SELECT c.relname, i.relname, 'u', NULL, NULL, (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (x.indkey))
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND x.indisunique`);
  const byCity = new Set(tables.rows.filter((table) => table.byCity).map(({ name }) => name));
  const reference = tables.rows.map(({ name }) => name).filter((name) => !byCity.has(name) && !LOCAL_TABLES.has(name));
  const distributed = ordered([...byCity], keys.rows);
  const place = (table: string): number => distributed.indexOf(table);
  const postponed = keys.rows.filter(({ kind, table, target }) => kind === 'f' && byCity.has(target ?? '') && place(target ?? '') > place(table))
    .map(({ table, name, definition }) => ({ table, name, definition: definition ?? '' }));
  return { reference, distributed, postponed, faults: faultsOf(byCity, keys.rows) };
}

function faultsOf(byCity: ReadonlySet<string>, keys: readonly Constraint[]): string[] {
  const faults = [...byCity].filter((table) => !keys.some((key) => key.table === table && key.kind === 'p')).map((table) => `${table} has no primary key`);
  for (const key of keys) {
    if (!byCity.has(key.table)) continue;
    const toReference = key.kind === 'f' && key.target !== null && !byCity.has(key.target);
    if (!toReference && !key.columns.includes('city_id')) faults.push(`${key.table}.${key.name} does not carry city_id`);
  }
  return faults;
}

function ordered(tables: string[], keys: readonly Constraint[]): string[] {
  const needs = (table: string): string[] =>
    keys.filter((key) => key.kind === 'f' && key.table === table && key.target !== table).map((key) => key.target ?? '').filter((target) => tables.includes(target));
  const done: string[] = [];
  const visit = (table: string, path: readonly string[]): void => {
    if (done.includes(table) || path.includes(table)) return;
    for (const target of needs(table)) visit(target, [...path, table]);
    done.push(table);
  };
  for (const table of tables) visit(table, []);
  return done;
}

/** The statements that turn the tables of the plan into Citus tables. */
export function distributionStatements(plan: DistributionPlan): string[] {
  const [first] = plan.distributed;
  return [
    // SET LOCAL must reach the workers, or row-level security there sees no city.
    `ALTER ROLE policyloop_app SET citus.propagate_set_commands = 'local'`,
    // Our triggers look at rows of the same city alone, which lie beside the row that fired them.
    'SET citus.enable_unsafe_triggers = on',
    ...plan.postponed.map(({ table, name }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`),
    ...plan.reference.map((table) => `SELECT create_reference_table('public.${table}')`),
    ...plan.distributed.map((table) => `SELECT create_distributed_table('public.${table}', 'city_id', colocate_with => '${table === first ? 'default' : `public.${first}`}')`),
    ...plan.postponed.map(({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`),
  ];
}

/**
 * Distributes the tables of the database; with `planOnly` nothing is changed and the statements are returned. Throws if the schema breaks a
 * rule or the server has no Citus; tables that are distributed already are left as they are.
 */
export async function distribute(adminUrl: string, planOnly: boolean): Promise<DistributionPlan & { statements: string[] }> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const plan = await planDistribution(client);
    if (plan.faults.length > 0) throw new Error(`the schema cannot be distributed: ${plan.faults.join('; ')}`);
    const statements = distributionStatements(plan);
    if (!planOnly) await runDistribution(client, statements);
    return { ...plan, statements };
  } finally {
    await client.end();
  }
}

async function runDistribution(client: Client, statements: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ available: boolean }>(`SELECT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'citus') AS available`);
  if (!rows[0]?.available) throw new Error('this PostgreSQL has no Citus extension; see docs/architecture.md, "Growing"');
  await client.query('CREATE EXTENSION IF NOT EXISTS citus');
  const { rows: existing } = await client.query<{ name: string }>('SELECT logicalrelid::regclass::text AS name FROM pg_dist_partition');
  const already = new Set(existing.map(({ name }) => name.replace(/^public\./, '')));
  for (const statement of statements) {
    const table = /_table\('public\.(\w+)'/.exec(statement)?.[1];
    if (!table || !already.has(table)) await client.query(statement);
  }
}
