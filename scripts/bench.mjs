/**
 * `npm run bench`: the price of the framework. Measures policy list, policy page and posted opinion of the product against a hand-written
 * Fastify + `pg` server with the same SQL, in one run on one machine, and prints the ratios.
 * `--seconds 8`, `--rounds 3`, `--only NAME` (the cases whose name begins so), `--json` (JSON lines and nothing else), `--profile FOLDER`
 * (leaves a V8 processor profile of the product there).
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Refusal, runScript } from './lib/project.mjs';

const FLOOR = `The floor is a hand-written Fastify 5 + pg server with the product's SQL, prepared, pools of the same size and the same database roles.
It has no sessions, permissions, CSRF tokens, input validation, metrics, request log, choice of language or security headers.
*.page: the floor renders the product's own templates with data put together by hand.
opinion.plain: the floor writes the opinion alone, past row-level security: no audit chain, no outbox. opinion.full: with all three.`;

await runScript(async () => {
  const { values } = parseArgs({ options: {
    seconds: { type: 'string', default: '8' }, rounds: { type: 'string', default: '3' }, only: { type: 'string', default: '' }, json: { type: 'boolean', default: false }, profile: { type: 'string' },
  } });
  const effort = { seconds: positive(values.seconds, '--seconds'), rounds: positive(values.rounds, '--rounds') };
  await ensureInstalled();
  await ensureBuilt();
  const { openWorld } = await import('../test/bench/world.mjs');
  const { CASES } = await import('../test/bench/cases.mjs');
  const { measure } = await import('../test/bench/drive.mjs');
  const say = values.json ? () => undefined : console.log;

  say('Preparing a database with 2,000 published policies …');
  const world = await openWorld();
  process.once('SIGINT', () => void world.stop().then(() => process.exit(130)));
  const results = [];
  try {
    const product = await world.program('product', 'dist/apps/web/src/main.js', values.profile ? { nodeArgs: ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] } : {});
    const floor = await world.program('floor', 'test/bench/floor.mjs', { extra: { OWNER_DATABASE_URL: world.urls.owner } });
    for (const test of CASES.filter(({ name }) => name.startsWith(values.only))) {
      say(`measuring ${test.name} …`);
      results.push(await measure(test, product, floor, effort));
    }
  } finally {
    await world.stop();
  }
  if (!values.json) {
    console.table(results);
    console.log(`${FLOOR}\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; ${effort.rounds} rounds of ${effort.seconds} s, 10 connections, medians. cpu: processor time of the server for one request.`);
  }
  for (const result of results) console.log(JSON.stringify(result));
});

function positive(text, flag) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Refusal(`${flag} takes a whole number from 1, not ${text}`);
  return value;
}
