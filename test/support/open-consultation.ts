import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { TestApp } from './app';

/** What open-consultation.sql makes: a city with one consultation that is open now. */
export const OPEN = {
  cityId: '999900', consultationId: '00000000-0000-7000-8000-0000000000d1', policyId: '00000000-0000-7000-8000-0000000000b1',
  departmentId: '00000000-0000-7000-8000-000000000001', headId: '00000000-0000-7000-8000-0000000000a1',
};

/** Puts it into the application's database and its clock to the present, as the consultation is open now. The owner's connection is the caller's to end. */
export async function insertOpenConsultation(web: TestApp): Promise<Client> {
  const owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  await owner.query(readFileSync(path.join(__dirname, 'open-consultation.sql'), 'utf8'));
  web.clock.set(new Date());
  return owner;
}
