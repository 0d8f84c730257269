import { Client } from 'pg';
import { openTestDatabase } from '../../support/database';

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  // `close` ends leaked connections by force.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

it('gives each caller a migrated database of its own', async () => {
  const [one, two] = [await openTestDatabase(), await openTestDatabase()];
  const owner = await connect(one.ownerUrl);
  await owner.query('CREATE TABLE only_here AS SELECT 1 AS n');
  await owner.end();

  const other = await connect(two.ownerUrl);
  const { rows } = await other.query("SELECT to_regclass('only_here') AS stray, to_regclass('schema_migration') IS NOT NULL AS migrated");
  expect(rows).toEqual([{ stray: null, migrated: true }]);
  await other.end();
  await one.close();
  await two.close();
});

it('connects as the two roles that row-level security binds', async () => {
  const database = await openTestDatabase();
  for (const [url, role] of [[database.appUrl, 'policyloop_app'], [database.publicUrl, 'policyloop_public']] as const) {
    const client = await connect(url);
    expect((await client.query('SELECT current_user AS role')).rows).toEqual([{ role }]);
    await client.end();
  }
  await database.close();
});

it('fails when a connection is left open, and drops the database all the same', async () => {
  const database = await openTestDatabase();
  const leak = await connect(database.appUrl);
  await leak.query('SELECT 1 AS forgotten');
  await expect(database.close()).rejects.toThrow('SELECT 1 AS forgotten');
  await expect(connect(database.ownerUrl)).rejects.toThrow('does not exist');
});
