import { Client } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';

export interface RolePasswords {
  appPassword: string;
  publicPassword: string;
}

export const OWNER_ROLE = 'policyloop_owner';
export const APP_ROLE = 'policyloop_app';
export const PUBLIC_ROLE = 'policyloop_public';

/** Any number that no other program on the server is likely to use as an advisory lock. */
const ROLES_LOCK = 7_218_001;

/**
 * Makes the three roles: the owner of the tables (no login, used by migrations alone), the application role and the public role. None of
 * them is a superuser or may bypass row-level security. Roles belong to the whole server, so runs side by side wait for each other.
 */
async function ensureRoles(client: Client, passwords: RolePasswords): Promise<void> {
  const database = client.escapeIdentifier(client.database ?? 'postgres');
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [ROLES_LOCK]);
  const harmless = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT';
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname LIKE $1', ['policyloop\\_%']);
  const existing = new Set(rows.map((row) => row.rolname));
  const login = (password: string): string => `LOGIN PASSWORD ${client.escapeLiteral(password)}`;
  for (const [role, rights] of [
    [OWNER_ROLE, 'NOLOGIN'],
    [APP_ROLE, login(passwords.appPassword)],
    [PUBLIC_ROLE, login(passwords.publicPassword)],
  ] as const) {
    await client.query(`${existing.has(role) ? 'ALTER' : 'CREATE'} ROLE ${role} ${rights} ${harmless}`);
  }
  await client.query(`GRANT ${OWNER_ROLE} TO CURRENT_USER`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${APP_ROLE}, ${PUBLIC_ROLE}`);
  await client.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
  await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${OWNER_ROLE}`);
  await client.query(`GRANT USAGE ON SCHEMA public TO ${APP_ROLE}, ${PUBLIC_ROLE}`);
  await client.query('COMMIT');
}

type MigrationClass = new () => MigrationInterface;

/**
 * Brings the database of `adminUrl` to the newest schema and returns the names of the migrations that ran. May be called again, and by two
 * processes at once.
 */
export async function runMigrations(adminUrl: string, migrations: MigrationClass[], passwords: RolePasswords): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await ensureRoles(client, passwords);
    await client.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK]);
    const dataSource = await new DataSource({
      type: 'postgres',
      url: adminUrl,
      migrations,
      migrationsTableName: 'schema_migration',
      migrationsTransactionMode: 'each',
      extra: { options: `-c role=${OWNER_ROLE}` },
    }).initialize();
    try {
      return (await dataSource.runMigrations()).map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await client.end();
  }
}
