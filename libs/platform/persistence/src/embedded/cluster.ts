import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serverEnvironment } from './binaries';
import type { Home } from './home';

/** Name of the superuser that owns the schema. */
export const SUPERUSER = 'postgres';

/** PostgreSQL's data folder inside a home. */
export const clusterOf = (home: Home): string => path.join(home.folder, 'cluster');

/**
 * Makes the data folder unless it exists, and returns the superuser's password. A start that was killed in the
 * middle leaves only a folder of another name behind, so half a cluster is never taken for one.
 */
export function ensureCluster(home: Home, sync: boolean): string {
  const passwordFile = path.join(home.folder, 'password');
  if (existsSync(clusterOf(home))) {
    if (!existsSync(passwordFile)) throw new Error(`The password of the database is missing: ${passwordFile}`);
    return readFileSync(passwordFile, 'utf8');
  }
  const password = randomBytes(24).toString('base64url');
  const part = path.join(home.folder, `cluster.${process.pid}`);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  if (home.account) chownSync(part, home.account.uid, home.account.gid);
  initialise(home, part, password, sync);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  renameSync(part, clusterOf(home));
  return password;
}

function initialise(home: Home, folder: string, password: string, sync: boolean): void {
  // initdb takes the password from a file only, and its account must be able to read that file.
  const file = `${folder}.password`;
  rmSync(file, { force: true });
  writeFileSync(file, password, { mode: 0o600, flag: 'wx' });
  if (home.account) chownSync(file, home.account.uid, home.account.gid);
  const result = spawnSync(
    path.join(home.native, 'bin', 'initdb'),
    [
      '-D', folder, '-U', SUPERUSER, '--encoding=UTF8', '--locale=C.UTF-8', '--auth=scram-sha-256',
      `--pwfile=${file}`, ...(sync ? [] : ['--no-sync']),
    ],
    { ...home.account, cwd: '/', env: serverEnvironment(home.native), encoding: 'utf8' },
  );
  rmSync(file, { force: true });
  if (result.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make its data folder: ${(result.stderr || String(result.error)).trim()}`);
}
