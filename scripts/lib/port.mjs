import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a server could listen on `port`; tried again for `patienceMs` while something else does. */
export async function portIsFree(port, patienceMs = 0) {
  const until = Date.now() + patienceMs;
  while (!(await canListen(port))) {
    if (Date.now() >= until) return false;
    await sleep(200);
  }
  return true;
}

/** Some port that is free on 127.0.0.1. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function canListen(port) {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
