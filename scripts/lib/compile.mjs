import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashFiles, Refusal, root, runNode, tool } from './project.mjs';

const sources = ['apps', 'libs', 'migrations'];
const styles = 'scripts/build-styles.mjs';
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.stamp');

/** Compiles to `dist/` and builds the styles, unless the last build was of these very sources. */
export async function ensureBuilt({ onSpawn } = {}) {
  const stamp = hashFiles(['.swcrc', 'package-lock.json', styles, ...sources], (name) => !/\.spec\.ts$/.test(name) && /(\.ts|\.scss|icons\.json|\.swcrc|\.mjs|package-lock\.json)$/.test(name));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  await build(stamp, onSpawn);
}

/** Built aside and put in place whole, so that a build that fails or is killed leaves no half of one; the stamp comes last. */
async function build(stamp, onSpawn) {
  const part = path.join(root, `dist.${process.pid}`);
  try {
    const folders = sources.filter((folder) => existsSync(path.join(root, folder)));
    await step(tool('@swc/cli/bin/swc.js'), [...folders, '-d', path.basename(part), '--ignore', '**/*.spec.ts'], onSpawn);
    rmSync(dist, { recursive: true, force: true });
    renameSync(part, dist);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  if (existsSync(path.join(root, styles))) await step(path.join(root, styles), [], onSpawn);
  writeFileSync(stampFile, stamp);
}

async function step(file, args, onSpawn) {
  const { code } = await runNode(file, args, { quiet: true, onSpawn });
  if (code !== 0) throw new Refusal('the build failed (see above).');
}
