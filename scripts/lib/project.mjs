import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, whatever folder a script is called from. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** An expected failure: its message is the one line that the person sees. */
export class Refusal extends Error {}

/** Runs `main`, prints a refusal as one line and anything else with its stack, and exits 1 on either. */
export async function runScript(main) {
  process.chdir(root);
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Refusal ? `policyloop: ${error.message}` : error);
    process.exitCode = 1;
  }
}

/**
 * Runs a Node program to its end. With `quiet` its output is shown only when it fails.
 * @returns {Promise<{code: number, output: string}>} `code` is 128 when a signal ended it.
 */
export function runNode(file, args = [], { env = process.env, quiet = false, onSpawn } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, env, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'] });
    onSpawn?.(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(output);
      resolve({ code: code ?? 128, output });
    });
  });
}

/** The file that a package of ours runs as `name` on the command line. */
export const tool = (file) => path.join(root, 'node_modules', file);

/** SHA-256 over names and contents of files and folders (those matching `filter`), in a stable order. */
export function hashFiles(entries, filter = () => true) {
  const hash = createHash('sha256');
  const add = (name) => {
    const full = path.join(root, name);
    if (!existsSync(full)) return;
    const children = listFolder(full);
    if (children) for (const child of children) add(path.join(name, child));
    else if (filter(name)) hash.update(`${name}\0`).update(readFileSync(full)).update('\0');
  };
  entries.forEach(add);
  return hash.digest('hex');
}

function listFolder(full) {
  try {
    return readdirSync(full).filter((name) => name !== 'node_modules').sort();
  } catch {
    return undefined;
  }
}
