import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Account, accountCan, isRoot, unprivilegedAccount } from './account';
import { type Binaries, findBinaries } from './binaries';

/** Where a cluster lives and who runs it. */
export interface Home {
  /** Folder with `cluster/` (PostgreSQL's data), `password`, `port` and `server.log`. */
  readonly folder: string;
  /** Folder of PostgreSQL's programs that the account can run. */
  readonly native: string;
  /** Absent: the server runs as the caller. */
  readonly account?: Account;
}

const POINTER = 'WHERE-IS-THE-DATA.txt';
const OWNER = 'belongs-to';

/**
 * Settles where the data asked for in `dataDir` lives. An ordinary user's stays there. Root hands the server to
 * an unprivileged account, and when that one cannot enter `dataDir` (a home closed to others) the data and the
 * programs live under /var/lib (or /var/tmp) instead, and a text file in `dataDir` says where.
 */
export function settleHome(dataDir: string): Home {
  if (process.platform === 'win32') throw new Error('The embedded PostgreSQL does not run on Windows: set DATABASE_URL to a server.');
  mkdirSync(dataDir, { recursive: true });
  const asked = realpathSync(dataDir);
  const binaries = findBinaries();
  if (!isRoot()) {
    assertOwn(asked);
    return { folder: asked, native: binaries.native };
  }
  const account = ownerOf(path.join(asked, 'cluster')) ?? unprivilegedAccount();
  const native = accountCan(account, '[ -x "$1/bin/postgres" ] && [ -r "$1/share/postgresql/postgres.bki" ]', binaries.native)
    ? binaries.native
    : copyBinaries(binaries);
  if (accountCan(account, 'cd "$1"', asked)) return { folder: asked, native, account };
  const folder = relocate(asked);
  return { folder, native, account: ownerOf(path.join(folder, 'cluster')) ?? account };
}

/** The caller started as root before and as somebody else now: say so instead of failing inside PostgreSQL. */
function assertOwn(folder: string): void {
  const cluster = path.join(folder, 'cluster');
  try {
    accessSync(folder, constants.W_OK);
    if (existsSync(cluster)) readdirSync(cluster);
  } catch {
    throw new Error(`The database in ${folder} belongs to another user: start as that user (or as root), or set DATA_DIR to another folder.`);
  }
}

function ownerOf(cluster: string): Account | undefined {
  const stat = statSync(cluster, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : undefined;
}

function relocate(asked: string): string {
  const pointer = path.join(asked, POINTER);
  const known = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim().split('\n').at(-1) : undefined;
  if (known && isOurs(known, asked)) {
    writeFileSync(path.join(known, OWNER), asked);
    return known;
  }
  const folder = path.join(sharedRoot(), createHash('sha256').update(asked).digest('hex').slice(0, 16));
  setAside(folder);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (existsSync(path.join(asked, 'cluster'))) moveInto(asked, folder);
  writeFileSync(path.join(folder, OWNER), asked);
  writeFileSync(pointer, `The database's own account cannot enter this folder, so its data is in\n${folder}\n`);
  return folder;
}

/** The pointer counts unless it came along with a copy of the folder whose original is still in use. */
function isOurs(folder: string, asked: string): boolean {
  const owner = path.join(folder, OWNER);
  if (!existsSync(owner)) return false;
  const belongsTo = readFileSync(owner, 'utf8');
  return belongsTo === asked || !existsSync(path.join(belongsTo, POINTER));
}

/** Somebody removed the asked folder to begin anew: what is left of the old one is kept once, out of the way. */
function setAside(folder: string): void {
  if (!existsSync(folder)) return;
  rmSync(`${folder}.old`, { recursive: true, force: true });
  renameSync(folder, `${folder}.old`);
}

function moveInto(from: string, to: string): void {
  for (const name of ['cluster', 'password', 'port']) {
    if (!existsSync(path.join(from, name))) continue;
    const moved = spawnSync('mv', [path.join(from, name), path.join(to, name)], { encoding: 'utf8' });
    if (moved.status !== 0) throw new Error(`Could not move the database to ${to}: ${moved.stderr.trim()}`);
  }
}

/** Copies the programs to where any account can run them; once a version. */
function copyBinaries(binaries: Binaries): string {
  const target = path.join(sharedRoot(), `postgresql-${binaries.version}`);
  if (existsSync(target)) return target;
  const part = `${target}.${process.pid}`;
  cpSync(binaries.native, part, { recursive: true, verbatimSymlinks: true });
  // The install may have run under a strict umask.
  for (const entry of readdirSync(part, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    chmodSync(file, entry.isDirectory() || statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
  chmodSync(part, 0o755);
  try {
    renameSync(part, target);
  } catch (error) {
    // Another start finished its copy first.
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** A folder that root owns and others can pass through. */
function sharedRoot(): string {
  for (const root of ['/var/lib/policyloop', '/var/tmp/policyloop']) {
    try {
      mkdirSync(root, { recursive: true, mode: 0o755 });
      accessSync(root, constants.W_OK);
    } catch {
      continue;
    }
    // Anybody may create names in /var/tmp; only a folder of root's own may hold programs that root starts.
    if (statSync(root).uid !== 0) continue;
    chmodSync(root, 0o755);
    return root;
  }
  throw new Error('Neither /var/lib nor /var/tmp can hold the embedded database: set DATABASE_URL to a server.');
}
