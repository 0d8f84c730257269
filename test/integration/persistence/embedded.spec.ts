import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@platform/persistence';
import { Client } from 'pg';

const compiled = path.resolve(__dirname, '../../../dist/libs/platform/persistence/src/embedded/start.js');
const asRoot = process.getuid?.() === 0;
/** Any account but root's; PostgreSQL runs as the caller then. */
const ordinary = { uid: 65_534, gid: 65_534 };
/** Whether that account can read this checkout and run this Node: not where the checkout lies in a closed home. */
const ordinaryCanRun = asRoot && spawnSync(process.execPath, ['-e', `require(${JSON.stringify(compiled)})`], { ...ordinary, cwd: '/' }).status === 0;

/** Starts a server from a process of its own, prints its address and lingers. */
const starter = (dataDir: string): string => `
  require(${JSON.stringify(compiled)}).startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durability: 'test' })
    .then((server) => { console.log(JSON.stringify(server)); setInterval(() => {}, 1000); },
          (error) => { console.error(error.message); process.exit(1); });`;

interface Started { url: string; pid: number; dataDir: string }

let folder: string;
const made: string[] = [];

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

function launch(dataDir: string): Promise<{ child: ChildProcess; server: Started }> {
  const child = spawn(process.execPath, ['-e', starter(dataDir)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (line) => resolve({ child, server: JSON.parse(String(line)) as Started }));
    child.once('exit', (code) => reject(new Error(`the starter ended with ${code}`)));
  });
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()));

async function untilGone(pid: number): Promise<void> {
  const running = (): boolean => existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  while (running()) await new Promise((resolve) => setTimeout(resolve, 20));
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'policyloop-embedded-'));
  chmodSync(folder, 0o755);
  made.push(folder);
});

afterAll(() => {
  for (const one of made) rmSync(one, { recursive: true, force: true });
});

it('keeps the data, the address and the password from one start to the next', async () => {
  const dataDir = path.join(folder, 'postgres');
  const first = await startEmbeddedPostgres({ dataDir, durability: 'test' });
  await query(first.url, "CREATE TABLE kept AS SELECT '政策' AS word");
  await first.stop();

  const second = await startEmbeddedPostgres({ dataDir, durability: 'test' });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: '政策' }]);
  expect(statSync(path.join(dataDir, 'password')).mode & 0o777).toBe(0o600);
  await second.stop();
});

it('takes another port when the one used before is taken', async () => {
  const dataDir = path.join(folder, 'postgres');
  const first = await startEmbeddedPostgres({ dataDir, durability: 'test' });
  await first.stop();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(first.port, '127.0.0.1', resolve));

  const second = await startEmbeddedPostgres({ dataDir, durability: 'test' });
  expect(second.port).not.toBe(first.port);
  await second.stop();
  squatter.close();
});

it('answers on 127.0.0.1 only, with a password, in UTF-8', async () => {
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), durability: 'test' });
  const stranger = new URL(server.url);
  stranger.password = 'guess';
  await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(await query(server.url, "SELECT current_setting('listen_addresses') AS host, current_setting('server_encoding') AS encoding")).toEqual([{ host: '127.0.0.1', encoding: 'UTF8' }]);
  await server.stop();
});

it('stops the server when its starter is killed, and starts again on the same data', async () => {
  const dataDir = path.join(folder, 'postgres');
  const { child, server } = await launch(dataDir);
  await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  child.kill('SIGKILL');
  await ended(child);

  const next = await startEmbeddedPostgres({ dataDir, durability: 'test' });
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  await next.stop();
  await untilGone(server.pid);
});

it('starts again after the server itself was killed', async () => {
  const dataDir = path.join(folder, 'postgres');
  const first = await startEmbeddedPostgres({ dataDir });
  await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;

  const next = await startEmbeddedPostgres({ dataDir });
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  await next.stop();
});

it('refuses a folder whose server another live process started', async () => {
  const dataDir = path.join(folder, 'postgres');
  const { child } = await launch(dataDir);
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`in use by process ${child.pid}`);
  child.kill('SIGKILL');
  await ended(child);
});

// Only root can try these; for an ordinary user there is nothing to move.
if (asRoot) {
  it('moves out of a folder that the database account cannot enter, and says where', async () => {
    const closed = path.join(folder, 'home');
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = path.join(closed, 'postgres');
    const first = await startEmbeddedPostgres({ dataDir, durability: 'test' });
    made.push(first.dataDir);
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    expect(readFileSync(path.join(dataDir, 'WHERE-IS-THE-DATA.txt'), 'utf8')).toContain(first.dataDir);

    const second = await startEmbeddedPostgres({ dataDir, durability: 'test' });
    expect(second.dataDir).toBe(first.dataDir);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('takes data along when its folder is closed to the database account later', async () => {
    const home = path.join(folder, 'home');
    const dataDir = path.join(home, 'postgres');
    const first = await startEmbeddedPostgres({ dataDir, durability: 'test' });
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    chmodSync(home, 0o700);

    const second = await startEmbeddedPostgres({ dataDir, durability: 'test' });
    made.push(second.dataDir);
    expect(second.dataDir).not.toBe(first.dataDir);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await second.stop();
  });
}

if (ordinaryCanRun) {
  it('runs for an ordinary user in that user’s closed home', () => {
    const home = path.join(folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    spawnSync('chown', ['65534:65534', home]);
    const script = `require(${JSON.stringify(compiled)}).startEmbeddedPostgres({ dataDir: ${JSON.stringify(path.join(home, 'postgres'))}, durability: 'test' })
      .then(async (server) => { console.log(server.dataDir); await server.stop(); })`;
    const result = spawnSync(process.execPath, ['-e', script], { ...ordinary, cwd: '/', encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.stdout.trim()).toBe(path.join(home, 'postgres'));
  });
}
