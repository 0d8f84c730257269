import { APP_ROLE, OWNER_ROLE, planDistribution, PUBLIC_ROLE } from '@platform/persistence';
import { Client } from 'pg';
import { openTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await openTestDatabase();
  client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

const column = async (sql: string, parameters: unknown[] = []): Promise<string[]> =>
  (await client.query<{ v: string }>(sql, parameters)).rows.map(({ v }) => v);

/** Tables without a city: what all cities share, and the migrations' own bookkeeping. */
const SHARED = ['city', 'schema_migration'];

const unprotected = `SELECT c.relname AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1`;

describe('row-level security', () => {
  test('is enabled and forced on every table but the shared ones', async () => {
    expect(await column(unprotected)).toEqual(SHARED);
  });

  test('a table without it is found', async () => {
    await client.query('CREATE TABLE public.forgotten (city_id text, id uuid)');
    expect(await column(unprotected)).toContain('forgotten');
    await client.query('DROP TABLE public.forgotten');
  });

  test('every rule for the application role names the city', async () => {
    expect(await column(
      `SELECT tablename || '.' || policyname AS v FROM pg_policies
       WHERE $1 = ANY (roles) AND (coalesce(qual, with_check) NOT LIKE '%city_id = app_city()%' OR coalesce(with_check, qual) NOT LIKE '%city_id = app_city()%')`,
      [APP_ROLE])).toEqual([]);
  });

  test('no role of ours may bypass it, create, or own more than it must', async () => {
    const roles = await client.query<{ rolname: string; bad: boolean; rolcanlogin: boolean }>(
      `SELECT rolname, rolcanlogin, (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication) AS bad FROM pg_roles WHERE rolname LIKE 'policyloop\\_%' ORDER BY 1`);
    expect(roles.rows).toEqual([
      { rolname: APP_ROLE, bad: false, rolcanlogin: true },
      { rolname: OWNER_ROLE, bad: false, rolcanlogin: false },
      { rolname: PUBLIC_ROLE, bad: false, rolcanlogin: true },
    ]);
    expect(await column(
      `SELECT DISTINCT pg_get_userbyid(c.relowner)::text AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')`,
    )).toEqual([OWNER_ROLE]);
    expect(await column(`SELECT r.rolname::text AS v FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE m.roleid = $1::regrole AND r.rolname LIKE 'policyloop\\_%'`, [OWNER_ROLE])).toEqual([]);
  });

  test('the public role may read and nothing else, and never a person, a credential or a log', async () => {
    const grants = await client.query<{ t: string; p: string }>(
      `SELECT table_name AS t, privilege_type AS p FROM information_schema.role_table_grants WHERE grantee = $1
       UNION SELECT table_name, privilege_type FROM information_schema.role_column_grants WHERE grantee = $1`, [PUBLIC_ROLE]);
    expect([...new Set(grants.rows.map(({ p }) => p))]).toEqual(['SELECT']);
    const tables = new Set(grants.rows.map(({ t }) => t));
    for (const secret of ['account', 'credential', 'session', 'membership', 'enterprise', 'audit_entry', 'chain_head', 'outbox', 'notification']) {
      expect([secret, tables.has(secret)]).toEqual([secret, false]);
    }
  });

  test('views, where there are any, run with the rights of who asks', async () => {
    expect(await column(
      `SELECT c.relname AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm') AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)`)).toEqual([]);
  });

  test('functions that run with the rights of the owner have a fixed search path, and are the ones we know', async () => {
    const rows = await client.query<{ v: string; fixed: boolean }>(
      `SELECT p.proname AS v, coalesce(array_to_string(p.proconfig, ',') LIKE '%search_path%', false) AS fixed
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef ORDER BY 1`);
    expect(rows.rows).toEqual([{ v: 'link_chain', fixed: true }, { v: 'refuse_missing_attachments', fixed: true }]);
  });
});

describe('distribution by city', () => {
  test('every primary key, unique index and foreign key carries city_id', async () => {
    const plan = await planDistribution(client);
    expect(plan.faults).toEqual([]);
    expect(plan.reference).toEqual(['city']);
    expect(plan.distributed.length).toBeGreaterThanOrEqual(40);
    expect(plan.postponed.map(({ table }) => table)).toEqual(['policy_version']);
    const later = new Set(plan.postponed.map(({ name }) => name));
    const backwards = await client.query<{ name: string; table: string; target: string }>(
      `SELECT conname AS name, conrelid::regclass::text AS table, confrelid::regclass::text AS target FROM pg_constraint WHERE contype = 'f'`);
    // Every other key points at a table that is distributed before its own.
    for (const { name, table, target } of backwards.rows) {
      if (!later.has(name) && target !== 'city') expect(plan.distributed.indexOf(target)).toBeLessThanOrEqual(plan.distributed.indexOf(table));
    }
  });

  test('a key without it is found', async () => {
    await client.query('CREATE TABLE public.bad (city_id text, id uuid PRIMARY KEY, account_id uuid UNIQUE)');
    expect((await planDistribution(client)).faults).toEqual(expect.arrayContaining(['bad.bad_pkey does not carry city_id', 'bad.bad_account_id_key does not carry city_id']));
    await client.query('DROP TABLE public.bad');
  });
});
