import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { endChild, endWithUs } from './guard.mjs';

const GRACE_MS = 10_000;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_MS = 60_000;

/**
 * Keeps one of our programs running: a crash is reported and followed by a new start after 1 s, 2 s, 4 s … 30 s,
 * counted anew after a minute without a crash. Output goes to `logFile`.
 * @returns {{crashes: () => number, logTail: () => string, stop: () => Promise<void>}}
 */
export function supervise(name, file, env, logFile) {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  let child;
  let timer;
  let stopping = false;
  let crashes = 0;

  const launch = () => {
    const started = Date.now();
    const log = openSync(logFile, 'a', 0o640);
    child = spawn(process.execPath, ['--enable-source-maps', path.join(root, file)], { cwd: root, env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    endWithUs(child);
    child.once('exit', (code, signal) => {
      if (stopping) return;
      crashes = Date.now() - started > STEADY_MS ? 1 : crashes + 1;
      const pause = Math.min(1000 * 2 ** (crashes - 1), LONGEST_PAUSE_MS);
      console.error(`${name} ended unexpectedly (${signal ?? `exit ${code}`}); starting it again in ${pause / 1000} s. Its log: ${logFile}`);
      timer = setTimeout(launch, pause);
    });
  };
  launch();

  return {
    crashes: () => crashes,
    logTail: () => readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n'),
    stop: () => {
      stopping = true;
      clearTimeout(timer);
      return endChild(child, GRACE_MS);
    },
  };
}
