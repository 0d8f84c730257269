import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashFiles, Refusal, root } from './project.mjs';

const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.policyloop-stamp');

/** Installs the locked packages unless node_modules already holds them. */
export async function ensureInstalled({ onSpawn } = {}) {
  // A linked node_modules belongs to another checkout: `npm ci` would empty it there.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = `${hashFiles(['package-lock.json'])} ${process.platform}-${process.arch}-${process.versions.modules}`;
  if (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') === stamp : installedByHand()) {
    if (!existsSync(stampFile)) writeFileSync(stampFile, stamp);
    return;
  }
  console.log('Installing packages (the first time takes a minute or two) …');
  // Development packages hold the compiler, so NODE_ENV=production must not drop them.
  await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], onSpawn);
  writeFileSync(stampFile, stamp);
}

/** Somebody ran `npm ci` after the lock file last changed. */
function installedByHand() {
  const done = statSync(path.join(modules, '.package-lock.json'), { throwIfNoEntry: false });
  return done !== undefined && done.mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs;
}

function npm(args, onSpawn) {
  // Under `npm start` the same npm is used again; its settings come along in the environment.
  const [command, ...before] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    onSpawn?.(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Refusal(`npm ${args[0]} failed:\n${complaint(output)}`))));
  });
}

/** npm's own words without the manual page that it prints behind some of them. */
const complaint = (output) => output.split('npm error Clean install a project')[0].trim();
