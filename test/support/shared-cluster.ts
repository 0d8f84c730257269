import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@platform/persistence';
import { Client } from 'pg';

const folder = path.join(tmpdir(), `policyloop-shared-${process.getuid?.() ?? 0}`);
const address = path.join(folder, 'url');
const lock = path.join(folder, 'starting');
const heartbeat = path.join(folder, 'last-use');
const STALE_LOCK_MS = 60_000;

/**
 * The owner's connection string of a cluster for tests: TEST_DATABASE_URL under `npm test`; for a single
 * `npx jest file` an embedded one that runs of the same user share and that stops ten minutes after its last use.
 */
export async function testClusterUrl(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  mkdirSync(folder, { recursive: true });
  writeFileSync(heartbeat, '');
  for (;;) {
    const url = await runningUrl();
    if (url) return url;
    if (takeLock()) return startShared();
    await sleep(100);
  }
}

async function startShared(): Promise<string> {
  try {
    // Another run may have started it between our look and our lock.
    const running = await runningUrl();
    if (running) return running;
    const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), durability: 'test', heartbeat });
    writeFileSync(address, server.url, { mode: 0o600 });
    return server.url;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock(): boolean {
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (since !== undefined && Date.now() - since > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

async function runningUrl(): Promise<string | undefined> {
  if (!existsSync(address)) return undefined;
  const url = readFileSync(address, 'utf8');
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return url;
  } catch {
    return undefined;
  }
}
