import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type RolePasswords, runMigrations } from '@platform/persistence';
import type { MigrationInterface } from 'typeorm';

type MigrationClass = new () => MigrationInterface;

/** Every migration of `schema/`, in the order of its file names. */
export function schemaMigrations(): MigrationClass[] {
  const folder = join(__dirname, 'schema');
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.(ts|js)$/.test(name) && !name.endsWith('.d.ts'))
    .sort()
    .flatMap((name) => Object.values(require(join(folder, name)) as Record<string, MigrationClass>));
}

/** Brings the database to the newest schema, with `adminUrl` of a role that may create roles; see `runMigrations`. */
export const migrate = (adminUrl: string, passwords: RolePasswords): Promise<string[]> =>
  runMigrations(adminUrl, schemaMigrations(), passwords);
