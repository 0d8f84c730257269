import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { migrate } from '../../migrations';
import { testClusterUrl } from './shared-cluster';

/** A database of one test file's own, with the whole schema. */
export interface TestDatabase {
  /** As the owner of the tables. */
  readonly ownerUrl: string;
  /** As the application's role, which row-level security binds. */
  readonly appUrl: string;
  /** As the anonymous readers' role. */
  readonly publicUrl: string;
  /** Drops the database. @throws Error naming the connections that the test left open. */
  close(): Promise<void>;
}

// Roles belong to the whole cluster, so every run uses the same passwords.
const appPassword = 'test-app';
const publicPassword = 'test-public';
const root = path.resolve(__dirname, '../..');
const TEMPLATE_LOCK = 7_210_301;
const LEAK_GRACE_MS = 2_000;

/** Clones the migrated template, which the first caller makes. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const cluster = await testClusterUrl();
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asOwner(cluster, async (client) => {
    const template = await ensureTemplate(client, cluster);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    ownerUrl: address(cluster, name),
    appUrl: address(cluster, name, 'policyloop_app', appPassword),
    publicUrl: address(cluster, name, 'policyloop_public', publicPassword),
    close: () => asOwner(cluster, (client) => dropDatabase(client, name)),
  };
}

/** One template for each state of the migrations; made under another name first, so that half of one is never cloned. */
async function ensureTemplate(client: Client, cluster: string): Promise<string> {
  const template = `template_${schemaHash()}`;
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return template;
    // Only in the cluster that this machine's runs share do process numbers tell what is left over.
    if (!process.env.TEST_DATABASE_URL) await dropLeftovers(client);
    const part = `${template}_part`;
    await client.query(`DROP DATABASE IF EXISTS ${part} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${part}`);
    await migrate(address(cluster, part), { appPassword, publicPassword });
    await client.query(`ALTER DATABASE ${part} RENAME TO ${template}`);
    return template;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

/** Databases of runs that were killed: their process is gone. */
async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'");
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split('_')[1]))) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  let open: { pid: number; query: string }[] = [];
  for (const until = Date.now() + LEAK_GRACE_MS; ; ) {
    const { rows } = await client.query<{ pid: number; query: string }>('SELECT pid, query FROM pg_stat_activity WHERE datname = $1', [name]);
    open = rows;
    if (open.length === 0 || Date.now() > until) break;
    // PostgreSQL lists a closed connection for a moment longer.
    await sleep(20);
  }
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  if (open.length > 0) throw new Error(`The test left ${open.length} connection(s) open; last statements: ${open.map(({ query }) => query).join(' | ')}`);
}

/** SHA-256 over everything that shapes the schema. */
function schemaHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['migrations', 'libs/platform/persistence/src']) {
    for (const name of (readdirSync(path.join(root, folder), { recursive: true }) as string[]).sort()) {
      if (/\.(ts|sql)$/.test(name)) hash.update(name).update(readFileSync(path.join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function address(cluster: string, database: string, user?: string, password?: string): string {
  const url = new URL(cluster);
  url.pathname = `/${database}`;
  if (user) url.username = user;
  if (password) url.password = password;
  return url.href;
}

async function asOwner<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
