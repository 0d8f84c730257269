/**
 * `npm test`: every test that this machine can run, against a real PostgreSQL (TEST_DATABASE_URL or an embedded one) and,
 * where there is one, a real Redis and Chromium. Arguments go to Jest: `npm test -- test/e2e`.
 * REQUIRE_ALL=1 makes a failure of whatever could not run.
 */
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import capabilities from './lib/capabilities.cjs';
import { ensureBuilt } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runNode, runScript, tool } from './lib/project.mjs';
import { testCluster, testRedis } from './lib/test-services.mjs';

let running;
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopped = true;
    running?.kill('SIGTERM');
  });
}

await runScript(async () => {
  const onSpawn = (child) => (running = child);
  await ensureInstalled({ onSpawn });
  await ensureBuilt({ onSpawn });
  const scratch = mkdtempSync(path.join(tmpdir(), 'policyloop-run-'));
  const services = [];
  try {
    const database = await testCluster();
    services.push(database);
    const redis = await testRedis();
    services.push(redis);
    const report = path.join(scratch, 'report.json');
    const env = { ...process.env, TEST_DATABASE_URL: database.url, ...(redis.url && { TEST_REDIS_URL: redis.url }) };
    const { code } = stopped ? { code: 130 } : await runNode(tool('jest/bin/jest.js'), ['--maxWorkers=2', '--json', `--outputFile=${report}`, ...process.argv.slice(2)], { env, onSpawn });
    return conclude(code, report, missing(redis.url));
  } finally {
    for (const service of services) await service.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
});

/** What the machine lacks, and which tests that costs. */
function missing(redisUrl) {
  return [
    !redisUrl && 'queue tests with Redis: no TEST_REDIS_URL and no redis-server here',
    !capabilities.findChromium() && 'browser tests: no Chromium here (TEST_CHROMIUM)',
    !capabilities.findRealInputs() && 'tests on real policies: no ../shared/data here (TEST_REAL_INPUTS)',
  ].filter(Boolean);
}

function conclude(code, report, lacking) {
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  const passed = result?.numPassedTests ?? 0;
  // A file that does not load counts as one failure, and so does a run without a report.
  const failed = result ? result.numFailedTests + result.numRuntimeErrorTestSuites : 1;
  const skipped = result ? result.numPendingTests + result.numTodoTests : 0;
  const strict = process.env.REQUIRE_ALL === '1';
  if (lacking.length > 0) console.log(`\n${'!'.repeat(78)}\nCOULD NOT RUN:\n${lacking.map((line) => `  - ${line}`).join('\n')}\n${'!'.repeat(78)}`);
  const skippedNames = result?.testResults.flatMap((file) => file.assertionResults.filter((test) => ['pending', 'todo'].includes(test.status)).map((test) => test.fullName)) ?? [];
  if (strict && skipped > 0) console.log(`\nREQUIRE_ALL=1, but skipped:\n${skippedNames.map((name) => `  - ${name}`).join('\n')}`);
  console.log(`\nSlowest files:\n${slowest(result?.testResults ?? []).join('\n')}`);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return code !== 0 ? code : strict && (lacking.length > 0 || skipped > 0) ? 1 : 0;
}

/** The ten files that took longest, in seconds, and how much of each was none of its tests: loading, preparing, tearing down. */
function slowest(files) {
  return files
    .map((file) => ({
      name: path.relative(process.cwd(), file.name), whole: file.endTime - file.startTime,
      tests: file.assertionResults.reduce((sum, test) => sum + (test.duration ?? 0), 0),
    }))
    .sort((one, other) => other.whole - one.whole)
    .slice(0, 10)
    .map(({ name, whole, tests }) => `${seconds(whole).padStart(6)} s (${seconds(whole - tests)} beside the tests)  ${name}`);
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(1);
}
