import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import capabilities from './capabilities.cjs';
import { startDatabase } from './database.mjs';
import { endChild, endWithUs } from './guard.mjs';
import { freePort } from './port.mjs';
import { Refusal } from './project.mjs';

/**
 * A PostgreSQL cluster for one run: TEST_DATABASE_URL, else an embedded one in a temporary folder.
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} `stop` removes what was made here
 */
export async function testCluster() {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), 'policyloop-test-'));
  const server = await startDatabase({ dataDir: path.join(folder, 'postgres'), durability: 'test' });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      for (const made of [folder, server.dataDir]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/**
 * A Redis for one run: TEST_REDIS_URL, else the machine's redis-server without persistence.
 * @returns {Promise<{url: string | undefined, stop: () => Promise<void>}>} no `url` where there is none
 */
export async function testRedis() {
  const stop = async () => undefined;
  if (process.env.TEST_REDIS_URL) return { url: process.env.TEST_REDIS_URL, stop };
  const program = capabilities.findProgram('redis-server');
  if (!program) return { url: undefined, stop };
  const port = await freePort();
  const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { cwd: tmpdir(), detached: true, stdio: 'ignore' });
  endWithUs(child);
  for (let attempt = 0; !(await answers(port)); attempt += 1) {
    if (attempt === 200 || child.exitCode !== null) throw new Refusal(`${program} did not start.`);
    await sleep(50);
  }
  return { url: `redis://127.0.0.1:${port}`, stop: () => endChild(child, 5000) };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(String(reply).startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
