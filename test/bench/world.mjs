/** What is measured: a database of its own with the bench data, the product's web and the hand-written floor, all as separate processes. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startDatabase } from '../../scripts/lib/database.mjs';
import { endChild, endWithUs } from '../../scripts/lib/guard.mjs';
import { freePort } from '../../scripts/lib/port.mjs';
import { Refusal, root } from '../../scripts/lib/project.mjs';
import { urlForRole } from '../../scripts/lib/secrets.mjs';

const passwords = { appPassword: 'bench-app', publicPassword: 'bench-public' };
const READY_MS = 30_000;
export const CSRF_SECRET = 'another secret for measuring only';

/** @returns {Promise<{urls: object, stop: () => Promise<void>, program: Function}>} `stop` ends everything and removes the data. */
export async function openWorld() {
  const folder = mkdtempSync(path.join(tmpdir(), 'policyloop-bench-'));
  const stages = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const stage of stages.splice(0).reverse()) await stage();
  };
  try {
    const server = await startDatabase({ dataDir: path.join(folder, 'postgres'), durability: 'full' });
    stages.push(() => rmSync(server.dataDir, { recursive: true, force: true }), () => server.stop());
    await fill(server.url);
    const urls = {
      owner: server.url,
      app: urlForRole(server.url, 'policyloop_app', passwords.appPassword),
      public: urlForRole(server.url, 'policyloop_public', passwords.publicPassword),
    };
    const program = (name, file, options) => startProgram({ name, file, urls, folder, stages, ...options });
    return { urls, stop, program };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(url) {
  const { migrate } = createRequire(import.meta.url)(path.join(root, 'dist/migrations/index.js'));
  await migrate(url, passwords);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const file of ['test/support/open-consultation.sql', 'test/bench/library.sql']) await client.query(readFileSync(path.join(root, file), 'utf8'));
  } finally {
    await client.end();
  }
}

/** Starts a program on a free port, its output in a file as `npm start` has it, and waits until it answers. */
async function startProgram({ name, file, urls, folder, stages, nodeArgs = [], extra = {} }) {
  const port = await freePort();
  const logFile = path.join(folder, `${name}.log`);
  const log = openSync(logFile, 'a');
  const env = {
    ...process.env, NODE_ENV: 'production', PORT: String(port), APP_DATABASE_URL: urls.app, PUBLIC_DATABASE_URL: urls.public,
    JWT_SECRET: 'a secret for measuring only, long enough', CSRF_SECRET, SECURE_COOKIES: 'false', REDIS_URL: '',
    // The price of the framework is measured, not that of the senders' work, and all come from one address.
    INTAKE_WORK_BITS: '0', INTAKE_LIMITS: 'network=10000000,consultation=10000000', ...extra,
  };
  const child = spawn(process.execPath, [...nodeArgs, path.join(root, file)], { cwd: root, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  endWithUs(child);
  stages.push(() => endChild(child, 10_000));
  const address = `http://127.0.0.1:${port}`;
  for (const until = performance.now() + READY_MS; ; await sleep(50)) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
    if (answer?.ok) return { name, address, pid: child.pid, end: () => endChild(child, 10_000) };
    if (child.exitCode !== null || performance.now() > until) {
      throw new Refusal(`${name} did not become ready: ${readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n')}`);
    }
  }
}
