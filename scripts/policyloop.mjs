/** `npx policyloop …`: builds if the sources are newer, finds the database of this folder, and runs the command line of apps/cli. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/compile.mjs';
import { openDatabase } from './lib/database.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, runScript } from './lib/project.mjs';
import { loadSecrets, urlForRole } from './lib/secrets.mjs';

/** Commands that work on files alone. */
const WITHOUT_DATABASE = new Set(['cluster', 'deadline', 'diff', 'layout', 'receipt', '--help', '-h', '--version', 'help', undefined]);

// `runScript` moves to the project's folder; paths that the person typed are meant from where they stood.
const from = process.cwd();

await runScript(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  await ensureBuilt();
  // Two files are checked against each other; nothing but the database itself needs one.
  const ofFiles = args[0] === 'verify' && args.slice(1).some((arg) => !arg.startsWith('-'));
  const offline = WITHOUT_DATABASE.has(args[0]) || ofFiles || args.includes('--dry-run') || args.includes('--help');
  const database = offline ? null : await connect();
  try {
    return await run(args, { ...process.env, ...database?.env });
  } finally {
    await database?.stop?.();
  }
});

/** The environment of the operator: DATABASE_URL, or the embedded database of DATA_DIR, which is started for the command if it is not running. */
async function connect() {
  const dataDir = path.resolve(root, process.env.DATA_DIR || '.data');
  const given = process.env.DATABASE_URL;
  const running = given ? null : await openDatabase(path.join(dataDir, 'postgres'));
  const ownerUrl = given ?? running.url;
  const secrets = loadSecrets(dataDir);
  const clock = path.join(dataDir, 'demo-clock.json');
  return {
    stop: running?.stop,
    env: {
      ...(!given && existsSync(clock) ? { DEMO_CLOCK_FILE: clock } : {}),
      ...secrets,
      DATABASE_URL: ownerUrl,
      DATA_DIR: dataDir,
      APP_DATABASE_URL: process.env.APP_DATABASE_URL ?? urlForRole(ownerUrl, 'policyloop_app', secrets.APP_DB_PASSWORD),
      PUBLIC_DATABASE_URL: process.env.PUBLIC_DATABASE_URL ?? urlForRole(ownerUrl, 'policyloop_public', secrets.PUBLIC_DB_PASSWORD),
    },
  };
}

function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'dist/apps/cli/src/main.js'), ...args], { cwd: from, env: { ...env, POLICYLOOP_HOME: root }, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
