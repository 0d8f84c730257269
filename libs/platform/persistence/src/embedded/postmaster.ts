import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What PostgreSQL writes about its running self into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid`; undefined when there is none or PostgreSQL is still writing it. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** Whether `pid` is a server of this very data folder, and not a number that another program got since. */
export const isServing = (pid: number, cluster: string): boolean => commandLine(pid).includes(cluster);

/** Identity of a process that survives the reuse of its number: `pid-startTime`. */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const file = `/proc/${pid}/stat`;
    if (!existsSync(file)) return undefined;
    // The second field, the name, is in brackets and may hold blanks; the start time is the 22nd.
    return `${pid}-${readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19]}`;
  }
  const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return started ? `${pid}-${Date.parse(started)}` : undefined;
}

/** The identity of the process that started the server, which it carries on its command line. */
export const starterOf = (pid: number): string | undefined => /cluster_name=starter-(\d+-\d+)/.exec(commandLine(pid))?.[1];

/**
 * Makes room for a new server: stops one whose starter was killed, and clears a pid file whose number now belongs
 * to another program.
 * @throws Error when the starter of the running server is alive.
 */
export async function clearLeftover(cluster: string): Promise<void> {
  const left = readPostmaster(cluster);
  if (!left) return;
  if (!isServing(left.pid, cluster)) {
    if (processIdentity(left.pid)) rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  const starter = starterOf(left.pid);
  const starterPid = Number(starter?.split('-')[0]);
  if (starter && processIdentity(starterPid) === starter) {
    throw new Error(`The database in ${path.dirname(cluster)} is in use by process ${starterPid}.`);
  }
  await stopServer(left.pid, cluster);
}

/** Fast shutdown (open transactions are rolled back), and an immediate one when that takes over 30 s. */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  for (const [signal, seconds] of [['SIGINT', 30], ['SIGQUIT', 10]] as const) {
    if (!isServing(pid, cluster)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < seconds * 1000; waited += 20) {
      if (!isServing(pid, cluster)) return;
      await sleep(20);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
