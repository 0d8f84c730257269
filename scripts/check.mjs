/** `npm run check`: types, lint, who may know whom, dead files, and that migrations make the committed schema. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Refusal, root, runNode, runScript, tool } from './lib/project.mjs';
import { testCluster } from './lib/test-services.mjs';

const folders = ['apps', 'libs', 'migrations', 'test'].filter((name) => existsSync(path.join(root, name)));
const checks = [
  ['types', () => runNode(tool('typescript/bin/tsc'), ['-p', '.'])],
  ['lint', () => runNode(tool('eslint/bin/eslint.js'), ['.'])],
  ['dependencies', () => runNode(tool('dependency-cruiser/bin/dependency-cruise.mjs'), ['--output-type', 'err', ...folders])],
  ['dead files', () => runNode(tool('knip/bin/knip.js'), ['--no-config-hints'])],
  ...(existsSync(path.join(root, 'test/schema')) ? [['schema', checkSchema]] : []),
];

await runScript(async () => {
  await ensureInstalled();
  const rows = [];
  for (const [name, check] of checks) {
    console.log(`\n== ${name}`);
    const started = performance.now();
    const { code } = await check();
    rows.push({ check: name, result: code === 0 ? 'ok' : 'FAILED', seconds: ((performance.now() - started) / 1000).toFixed(1) });
  }
  console.table(rows);
  const failed = rows.filter((row) => row.result !== 'ok').map((row) => row.check);
  if (failed.length > 0) throw new Refusal(`failed: ${failed.join(', ')}`);
});

async function checkSchema() {
  await ensureBuilt();
  const cluster = await testCluster();
  try {
    return await runNode(tool('jest/bin/jest.js'), ['test/schema'], { env: { ...process.env, TEST_DATABASE_URL: cluster.url } });
  } finally {
    await cluster.stop();
  }
}
