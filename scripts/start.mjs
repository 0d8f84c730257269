/**
 * `npm start`: everything from a fresh clone to a ready page. Installs, builds, starts the embedded PostgreSQL (or
 * uses DATABASE_URL), migrates, seeds the demonstration the first time, and runs web and worker until Ctrl-C.
 * PORT (3000), DATA_DIR (./.data), DATABASE_URL, REDIS_URL and STORAGE_URL are honoured.
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from './lib/compile.mjs';
import { keepDatabase } from './lib/database.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { takeLock } from './lib/lock.mjs';
import { portIsFree } from './lib/port.mjs';
import { Refusal, root, runNode, runScript } from './lib/project.mjs';
import { loadSecrets, urlForRole } from './lib/secrets.mjs';
import { supervise } from './lib/supervise.mjs';

const READY_MS = 120_000;
const port = Number(process.env.PORT || 3000);
const dataDir = path.resolve(root, process.env.DATA_DIR || '.data');
const address = `http://127.0.0.1:${port}`;

let stopping = false;
let running;
let lost;
let wake;
const asked = new Promise((resolve) => (wake = resolve));
const onSpawn = (child) => (running = child);
const stop = () => {
  // npm passes on the Ctrl-C that the terminal has sent already, so a second signal means no more than the first.
  stopping = true;
  running?.kill('SIGTERM');
  wake();
};

await runScript(async () => {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(path.join(dataDir, 'start.lock'));
  if (lock.holder) throw new Refusal(`already running on ${dataDir} (process ${lock.holder}); stop it first, or set DATA_DIR and PORT to others.`);
  // Programs of a start that was killed need a moment to end.
  if (!(await portIsFree(port, lock.leftover ? 12_000 : 0))) throw new Refusal(`port ${port} is in use; set PORT to another one.`);
  process.on('SIGINT', stop).on('SIGTERM', stop);

  const stages = [];
  try {
    await run(stages);
    if (!stopping) await asked;
  } catch (error) {
    // A stop that interrupts a step makes that step fail: that is no failure of the start.
    if (!stopping) throw error;
  } finally {
    if (stages.length > 0) console.log('Stopping …');
    for (const stage of stages.reverse()) await stage();
  }
  if (lost) throw lost;
});

/** Goes up step by step; `stages` collects how to go down again, in reverse order. */
async function run(stages) {
  await ensureInstalled({ onSpawn });
  await ensureBuilt({ onSpawn });
  if (stopping) return;
  const secrets = loadSecrets(dataDir);
  const ownerUrl = process.env.DATABASE_URL || (await embeddedDatabase(stages));
  const operator = { ...demonstration(), ...process.env, ...secrets, DATABASE_URL: ownerUrl, DATA_DIR: dataDir, ...roleUrls(ownerUrl, secrets) };
  await cli(['migrate'], operator);
  if (operator.DEMO_CLOCK_FILE) await cli(['seed', '--if-empty'], operator);
  if (stopping) return;
  // Only what was seeded as a demonstration is one: the seed leaves the clock's file, and a real database never has it.
  if (!existsSync(operator.DEMO_CLOCK_FILE ?? '')) delete operator.DEMO_CLOCK_FILE;
  const web = startPrograms(stages, programEnvironment(operator));
  await untilReady(web);
  if (stopping) return;
  const { output } = operator.DEMO_CLOCK_FILE ? await runNode('dist/apps/cli/src/main.js', ['demo-accounts'], { env: operator, quiet: true, onSpawn }) : { output: '' };
  console.log(`\n${output.trimEnd()}\n\n政策全周期 PolicyLoop: ${address}\nLogs: ${path.join(dataDir, 'log')}   Stop: Ctrl-C`);
}

async function embeddedDatabase(stages) {
  const database = await keepDatabase(path.join(dataDir, 'postgres'), (error) => {
    lost = error;
    stop();
  });
  stages.push(database.stop);
  return database.url;
}

/** An empty database is filled with the demonstration, whose clock is kept here; DEMO=0 leaves it empty. */
function demonstration() {
  return process.env.DEMO === '0' ? {} : { DEMO_CLOCK_FILE: path.join(dataDir, 'demo-clock.json') };
}

function roleUrls(ownerUrl, secrets) {
  return {
    APP_DATABASE_URL: urlForRole(ownerUrl, 'policyloop_app', secrets.APP_DB_PASSWORD),
    PUBLIC_DATABASE_URL: urlForRole(ownerUrl, 'policyloop_public', secrets.PUBLIC_DB_PASSWORD),
  };
}

/** Web and worker never learn how to become the owner of the tables. */
function programEnvironment({ DATABASE_URL: _owner, APP_DB_PASSWORD: _app, PUBLIC_DB_PASSWORD: _public, ...env }) {
  return { ...env, PORT: String(port) };
}

async function cli(args, env) {
  if (stopping) return;
  const { code } = await runNode('dist/apps/cli/src/main.js', args, { env, onSpawn });
  if (code !== 0) throw new Refusal(`"policyloop ${args[0]}" failed (see above).`);
}

function startPrograms(stages, env) {
  const logs = path.join(dataDir, 'log');
  mkdirSync(logs, { recursive: true });
  // The web never learns the key that checkpoints are signed with.
  const { LOG_SIGNING_KEY: _key, ...webEnv } = env;
  const [web, worker] = Object.entries({ web: webEnv, worker: env }).map(([name, own]) => supervise(name, `dist/apps/${name}/src/main.js`, own, path.join(logs, `${name}.log`)));
  stages.push(() => Promise.all([web.stop(), worker.stop()]));
  return web;
}

async function untilReady(web) {
  for (const until = Date.now() + READY_MS; !stopping; ) {
    const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (web.crashes() >= 3 || Date.now() > until) throw new Refusal(`web did not become ready; the end of its log:\n${web.logTail()}`);
    await Promise.race([sleep(100), asked]);
  }
}
