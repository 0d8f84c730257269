import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Takes `file` as a lock for this process; it is freed at exit, and a lock whose process is gone is taken over.
 * @returns {{holder: number} | {leftover: boolean}} the live holder's pid, or the lock (and whether a dead process left it)
 */
export function takeLock(file) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, identity(process.pid));
  try {
    for (let leftover = false; ; leftover = true) {
      // A hard link appears with its content, and fails when the name is taken.
      if (tryLink(mine, file)) {
        process.on('exit', () => rmSync(file, { force: true }));
        return { leftover };
      }
      const holder = read(file);
      if (holder && identity(Number(holder.split(' ')[0])) === holder) return { holder: Number(holder.split(' ')[0]) };
      discard(file, holder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away; when another start was quicker, its live lock is put back. */
function discard(file, expected) {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== expected) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A process number and, where the system tells, its start time, because numbers are used again. */
function identity(pid) {
  const stat = read(`/proc/${pid}/stat`);
  if (stat) return `${pid} ${stat.split(') ').at(-1).split(' ')[19]}`;
  try {
    process.kill(pid, 0);
    return `${pid} -`;
  } catch (error) {
    return error.code === 'EPERM' ? `${pid} -` : undefined;
  }
}
