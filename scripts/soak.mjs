/**
 * `npm run soak`: opinions flow for minutes while web, worker, database and (where there is one) Redis are killed at random; then everything is
 * counted, and when the window has ended every receipt is held against the published root. The tests of test/faults, only longer and harder.
 * `--minutes 10`, `--connections 8`, `--pause 20` (milliseconds between two opinions of one connection), `--seed N` (repeats a run's faults),
 * `--queue both` (or `none`, `redis`: one run alone).
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Refusal, runNode, runScript, tool } from './lib/project.mjs';
import { testRedis } from './lib/test-services.mjs';

const LONGEST_MINUTES = 24 * 60;
const RUNS = { both: ['test/faults'], none: ['test/faults/opinions.spec.ts'], redis: ['test/faults/opinions-redis.spec.ts'] };

await runScript(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, connections: { type: 'string', default: '8' }, pause: { type: 'string', default: '20' }, queue: { type: 'string', default: 'both' }, seed: { type: 'string' } } });
  const files = RUNS[values.queue];
  if (!files) throw new Refusal(`--queue takes ${Object.keys(RUNS).join(', ')}, not ${values.queue}`);
  const seconds = Math.round(within(values.minutes, '--minutes', 0.1, LONGEST_MINUTES) * 60);
  const connections = Math.round(within(values.connections, '--connections', 1, 200));
  await ensureInstalled();
  await ensureBuilt();
  const redis = await testRedis();
  try {
    const env = {
      ...process.env, FAULTS_SECONDS: String(seconds), FAULTS_CLIENTS: String(connections), FAULTS_PAUSE_MS: String(Math.round(within(values.pause, '--pause', 0, 60_000))),
      FAULTS_BOOT_MS: '240000',
      // What piles up in minutes takes minutes to be worked off.
      FAULTS_DRAIN_MS: String(120_000 + seconds * 1000),
      ...(values.seed && { FAULTS_SEED: String(within(values.seed, '--seed', 0, 2 ** 32)) }), ...(redis.url && { TEST_REDIS_URL: redis.url }),
    };
    if (!redis.url) console.log('No redis-server here: soaking without a queue only.');
    console.log(`${seconds} s with ${connections} connections; queue: ${values.queue} …`);
    const { code } = await runNode(tool('jest/bin/jest.js'), ['--runInBand', ...files], { env });
    return code;
  } finally {
    await redis.stop();
  }
});

function within(text, flag, least, most) {
  const value = Number(text);
  if (!(value >= least && value <= most)) throw new Refusal(`${flag} takes a number from ${least} to ${most}, not ${text}`);
  return value;
}
