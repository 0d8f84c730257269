import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@platform/persistence';
import { Client } from 'pg';
import { migrate } from '../../../migrations';
import { type Part, programPart } from './program';

const root = path.resolve(__dirname, '../../..');
const program = (app: string): string => path.join(root, `dist/apps/${app}/src/main.js`);
const passwords = { appPassword: 'faults-app', publicPassword: 'faults-public' };

/** The product as it runs in earnest: a durable database, web and worker as processes of their own, and a Redis if asked for. */
export interface Stack {
  address: string;
  ownerUrl: string;
  parts: Part[];
  /** Programs that ended though nobody had killed them. */
  unasked: string[];
  /** Runs a command of the operator and returns its standard output. */
  cli(...args: string[]): string;
  stop(): Promise<void>;
}

/** With a consultation that closes `windowSeconds` from now. */
export async function startStack(options: { redis: boolean; windowSeconds: number }): Promise<Stack> {
  if (!existsSync(program('web'))) throw new Error('not built: run `npm run build` first');
  const folder = mkdtempSync(path.join(tmpdir(), 'policyloop-faults-'));
  const database = await databasePart(path.join(folder, 'postgres'));
  const stages = [() => database.part.stop()];
  const stop = async (): Promise<void> => {
    for (const stage of stages.splice(0).reverse()) await stage();
    // What went wrong is looked for in what the programs said: `FAULTS_KEEP=1`.
    for (const made of process.env['FAULTS_KEEP'] ? [database.home] : [folder, database.home]) rmSync(made, { recursive: true, force: true });
  };
  try {
    await fill(database.url, options.windowSeconds);
    const unasked: string[] = [];
    const [webPort, redisPort] = [await freePort(), await freePort()];
    const env = {
      ...process.env, NODE_ENV: 'production', PORT: String(webPort), SECURE_COOKIES: 'false',
      // Every client comes from one address. The work is real, and light, so that one processor has time for the posts too.
      INTAKE_WORK_BITS: '8', INTAKE_LIMITS: 'network=10000000,consultation=10000000',
      JWT_SECRET: 'a secret for this test only, long enough', CSRF_SECRET: 'another secret for this test only',
      APP_DATABASE_URL: forRole(database.url, 'policyloop_app', passwords.appPassword),
      PUBLIC_DATABASE_URL: forRole(database.url, 'policyloop_public', passwords.publicPassword),
      REDIS_URL: options.redis ? `redis://127.0.0.1:${redisPort}` : '',
    };
    const own = (name: string, file: string, args: string[]): Part =>
      programPart({ name, file, args, env, cwd: root, logFile: path.join(folder, `${name}.log`) }, (what) => unasked.push(what));
    const parts = [
      database.part,
      ...(options.redis ? [own('redis', redisServer(), ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder])] : []),
      own('web', process.execPath, [program('web')]),
      own('worker', process.execPath, [program('worker')]),
    ];
    for (const part of parts.slice(1)) {
      await part.start();
      stages.push(() => part.stop());
    }
    const cli = (...args: string[]): string => {
      const run = spawnSync(process.execPath, [program('cli'), ...args], { cwd: root, env: { ...env, DATABASE_URL: database.url }, encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`policyloop ${args.join(' ')}: ${run.stdout}${run.stderr}`);
      return run.stdout;
    };
    return { address: `http://127.0.0.1:${webPort}`, ownerUrl: database.url, parts, unasked, cli, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Killed at the postmaster, started again on the same port; PostgreSQL recovers from its log. */
async function databasePart(dataDir: string): Promise<{ url: string; home: string; part: Part }> {
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, durability: 'full' });
  return {
    url: server.url,
    home: server.dataDir,
    part: {
      name: 'database',
      kill: async () => {
        process.kill(server.pid, 'SIGKILL');
        await server.exited;
      },
      start: async () => {
        server = await startEmbeddedPostgres({ dataDir, durability: 'full', port: server.port });
      },
      stop: () => server.stop(),
    },
  };
}

function redisServer(): string {
  const found = process.env.TEST_REDIS_SERVER;
  if (!found) throw new Error('TEST_REDIS_URL is set, but there is no redis-server here whose process could be killed');
  return found;
}

async function fill(url: string, windowSeconds: number): Promise<void> {
  await migrate(url, passwords);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(readFileSync(path.join(root, 'test/support/open-consultation.sql'), 'utf8').replace(`now() + interval '60 days'`, `now() + interval '${windowSeconds} seconds'`));
  } finally {
    await client.end();
  }
}

function forRole(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
