import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEnvironment } from './binaries';
import { clusterOf, ensureCluster, SUPERUSER } from './cluster';
import { ensureDatabase } from './database';
import { type Home, settleHome } from './home';
import { freePort } from './port';
import { clearLeftover, isServing, processIdentity, readPostmaster, starterOf, stopServer } from './postmaster';

export interface EmbeddedPostgresOptions {
  /** Folder for the data; made when missing. */
  readonly dataDir: string;
  /** TCP port on 127.0.0.1; default: the one used last if it is free, else any free one. */
  readonly port?: number;
  /** `test` trades safety after a crash of the machine for speed. Default `full`. */
  readonly durability?: 'full' | 'test';
  /**
   * A file whose users touch it: the server then outlives its starter, and stops when the file has not been
   * touched for ten minutes. Without it the server stops with its starter.
   */
  readonly heartbeat?: string;
}

/** A running server. Without a `heartbeat` it stops by itself when the process that started it ends, however that ends. */
export interface EmbeddedPostgres {
  /** The owner's connection string (superuser, database `policyloop`). */
  readonly url: string;
  readonly port: number;
  /** Where the data really is; see `settleHome`. */
  readonly dataDir: string;
  readonly pid: number;
  /** Resolves when the server has ended, by `stop` or by itself. */
  readonly exited: Promise<void>;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
}

const SETTINGS = {
  full: { shared_buffers: '256MB', synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' },
  test: { shared_buffers: '128MB', synchronous_commit: 'off', fsync: 'off', full_page_writes: 'off' },
} as const;

/**
 * Starts PostgreSQL 18 on `dataDir`, initialising it the first time. A server left over from a starter that was
 * killed is stopped first.
 * @throws Error in one line: the folder is in use by a live process, belongs to another user, or the server's own complaint.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const durability = options.durability ?? 'full';
  const home = settleHome(options.dataDir);
  await clearLeftover(clusterOf(home));
  const password = ensureCluster(home, durability === 'full');
  const port = options.port ?? (await freePort(rememberedPort(home)));
  const server = await launch(home, port, { ...SETTINGS[durability], max_connections: '100', cluster_name: `starter-${processIdentity(process.pid)}` });
  writeFileSync(path.join(home.folder, 'port'), String(port));
  const pid = server.pid as number;
  const exited = new Promise<void>((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    else server.once('exit', () => resolve());
  });
  if (options.heartbeat) stopWhenIdle(pid, options.heartbeat);
  else stopWithStarter(pid, exited);
  const url = await ensureDatabase(`postgres://${SUPERUSER}:${password}@127.0.0.1:${port}`);
  return { url, port, dataDir: home.folder, pid, exited, stop: () => stopServer(pid, clusterOf(home)) };
}

/** The connection string of the server that another live process runs on `dataDir`; undefined when none does. */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const home = settleHome(dataDir);
  const state = readPostmaster(clusterOf(home));
  const starter = state && isServing(state.pid, clusterOf(home)) ? starterOf(state.pid) : undefined;
  if (!state?.ready || !starter || processIdentity(Number(starter.split('-')[0])) !== starter) return undefined;
  const password = ensureCluster(home, true);
  return ensureDatabase(`postgres://${SUPERUSER}:${password}@127.0.0.1:${state.port}`);
}

function rememberedPort(home: Home): number | undefined {
  const file = path.join(home.folder, 'port');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

/** A backend that outlived a killed server holds the old memory for a moment, so that complaint is waited out. */
async function launch(home: Home, port: number, settings: Record<string, string>): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const server = spawnServer(home, port, settings);
    if (await becomesReady(server, clusterOf(home))) return server;
    const log = readFileSync(path.join(home.folder, 'server.log'), 'utf8').trim();
    if (!log.includes('shared memory block') || attempt === 20) {
      throw new Error(`PostgreSQL did not start: ${log.split('\n').find((line) => line.includes('FATAL')) ?? log.split('\n').at(-1)}`);
    }
    await sleep(500);
  }
}

function spawnServer(home: Home, port: number, settings: Record<string, string>): ChildProcess {
  const log = path.join(home.folder, 'server.log');
  if (existsSync(log)) renameSync(log, `${log}.1`);
  const out = openSync(log, 'w', 0o600);
  const flags = { ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC' };
  // Its own session: Ctrl-C in the terminal must reach the programs that use the database, not the database.
  const server = spawn(
    path.join(home.native, 'bin', 'postgres'),
    ['-D', clusterOf(home), '-p', String(port), ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...home.account, cwd: '/', detached: true, env: serverEnvironment(home.native), stdio: ['ignore', out, out] },
  );
  closeSync(out);
  server.unref();
  return server;
}

async function becomesReady(server: ChildProcess, cluster: string): Promise<boolean> {
  let failed = false;
  server.once('error', () => (failed = true));
  // Recovery after a crash may take minutes, and PostgreSQL ends by itself when it cannot start: no time limit here.
  while (!failed && server.exitCode === null && server.signalCode === null) {
    const state = readPostmaster(cluster);
    if (state?.pid === server.pid && state?.ready) return true;
    await sleep(20);
  }
  return false;
}

/**
 * A shell that reads a pipe held by this process: the pipe closes however this process ends, even by SIGKILL, and
 * the shell then asks the server for a fast shutdown. A line through the pipe means that there is nothing to stop.
 */
function stopWithStarter(pid: number, exited: Promise<void>): void {
  const guard = spawn('/bin/sh', ['-c', 'read -r _ || kill -INT "$1"', 'sh', String(pid)], {
    cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  const pipe = guard.stdin as unknown as Socket;
  pipe.on('error', () => undefined);
  pipe.unref();
  void exited.then(() => pipe.end('\n'));
}

const WATCH_HEARTBEAT = `
  while kill -0 "$1" 2>/dev/null; do
    [ -n "$(find "$2" -mmin -10 2>/dev/null)" ] || { kill -INT "$1"; exit; }
    sleep 15
  done`;

function stopWhenIdle(pid: number, heartbeat: string): void {
  spawn('/bin/sh', ['-c', WATCH_HEARTBEAT, 'sh', String(pid), heartbeat], { cwd: '/', detached: true, stdio: 'ignore' }).unref();
}
