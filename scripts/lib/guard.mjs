import { spawn } from 'node:child_process';

/**
 * Ends `child` when this process is gone, even by SIGKILL: a shell reads a pipe that closes with us.
 * The child may then live in a session of its own, out of reach of Ctrl-C, and be stopped in order.
 */
export function endWithUs(child) {
  const guard = spawn('/bin/sh', ['-c', 'read -r _ || kill -TERM "$1"', 'sh', String(child.pid)], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  guard.stdin.on('error', () => undefined);
  guard.stdin.unref();
  child.once('exit', () => guard.stdin.end('\n'));
}

/** SIGTERM, and SIGKILL when the child is still there after `graceMs`. Resolves when it is gone. */
export function endChild(child, graceMs) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
