import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { startTestApp, type TestApp } from '../support/app';
import { dumpSchema } from './dump';

const FILE = path.join(__dirname, 'schema.txt');

let web: TestApp;
let client: Client;
beforeAll(async () => {
  web = await startTestApp();
  client = new Client({ connectionString: web.database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await web.close();
});

test('the migrations make the committed schema', async () => {
  const dump = await dumpSchema(client);
  // UPDATE_SCHEMA=1 writes the file anew; its change is then read in the review like any other.
  if (process.env['UPDATE_SCHEMA'] === '1' || !existsSync(FILE)) writeFileSync(FILE, dump);
  expect(dump).toBe(readFileSync(FILE, 'utf8'));
});

interface CatalogueColumn {
  name: string;
  type: string;
  nullable: boolean;
  key: boolean;
}

const columnsOf = async (table: string): Promise<CatalogueColumn[]> =>
  (await client.query<CatalogueColumn>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable,
       EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS key
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1`, [table])).rows;

/** TypeORM's short names for PostgreSQL's types. */
const FULL_TYPE: Record<string, string> = { timestamptz: 'timestamp with time zone', int: 'integer', int4: 'integer', int8: 'bigint', bool: 'boolean' };

test('every entity has exactly the columns, types and keys of its table', async () => {
  const { entityMetadatas } = web.app.get(DataSource);
  expect(entityMetadatas.length).toBeGreaterThanOrEqual(3);
  for (const { tableName, columns } of entityMetadatas) {
    const mapped = columns.map((column) => {
      const type = typeof column.type === 'string' ? column.type : column.type.name.toLowerCase();
      return { name: column.databaseName, type: (FULL_TYPE[type] ?? type) + (column.isArray ? '[]' : ''), nullable: column.isNullable, key: column.isPrimary };
    });
    expect({ tableName, columns: mapped.sort((a, b) => (a.name < b.name ? -1 : 1)) }).toEqual({ tableName, columns: await columnsOf(tableName) });
  }
});
