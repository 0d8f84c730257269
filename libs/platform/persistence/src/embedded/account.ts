import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The operating-system account that runs the server. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** True when this process must hand PostgreSQL to another account, because PostgreSQL refuses to run as root. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * An unprivileged account for the server: an existing `postgres`, else a new one, else `nobody`.
 * @throws Error when the machine knows none of them.
 */
export function unprivilegedAccount(): Account {
  const existing = lookUp('postgres');
  if (existing) return existing;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account) throw new Error('PostgreSQL refuses to run as root and this machine has no other account for it: set DATABASE_URL.');
  return account;
}

/** Whether `account` may do what the shell test `expression` asks of `$1`, tried by asking as that account. */
export function accountCan(account: Account, expression: string, file: string): boolean {
  return spawnSync('/bin/sh', ['-c', expression, 'sh', file], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
