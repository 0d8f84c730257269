import { Client } from 'pg';

const NAME = 'policyloop';

/** Creates the product's database unless it exists and returns its connection string. */
export async function ensureDatabase(server: string): Promise<string> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (!rowCount) await client.query(`CREATE DATABASE ${NAME}`);
  } finally {
    await client.end();
  }
  return `${server}/${NAME}`;
}
