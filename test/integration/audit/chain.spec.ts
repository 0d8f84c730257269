import { recordAudit, verifyCity } from '@platform/audit';
import { newId, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { type TestApp, startTestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';

let web: TestApp;
let city: TestCity;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
});
afterAll(() => web.close());

const verify = () => web.unitOfWork.run(systemActor(city.id), verifyCity);
const write = (subjectId: string) =>
  web.unitOfWork.run(city.departments[0].people.drafter, async (tx) => recordAudit(tx, { action: 'test.done', subjectType: 'test', subjectId }));

/** What somebody with the keys to the database can do: no trigger, no row-level security. */
async function asIntruder(sql: string): Promise<void> {
  const client = new Client({ connectionString: web.database.ownerUrl });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica`);
    await client.query(sql);
  } finally {
    await client.end();
  }
}

test('sixty writes at once leave whole chains', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, n) => write(`subject-${n % 7}`)));
  const verdict = await verify();
  expect(verdict.firstFault).toBeNull();
  expect(verdict.audit).toBeGreaterThanOrEqual(60);
});

test('a transaction that fails leaves no entry', async () => {
  const before = (await verify()).audit;
  await expect(web.unitOfWork.run(city.departments[0].people.drafter, async (tx) => {
    recordAudit(tx, { action: 'test.failed', subjectType: 'test', subjectId: newId() });
    throw new Error('no');
  })).rejects.toThrow('no');
  expect((await verify()).audit).toBe(before);
});

test('the application can neither change nor delete an entry, nor write a head', async () => {
  const actor = city.departments[0].people.audit_admin;
  await expect(web.unitOfWork.run(actor, (tx) => tx.query('UPDATE audit_entry SET payload = payload WHERE city_id = $1', [city.id]))).rejects.toThrow();
  await expect(web.unitOfWork.run(actor, (tx) => tx.query('DELETE FROM audit_entry WHERE city_id = $1', [city.id]))).rejects.toThrow();
  await expect(web.unitOfWork.run(actor, (tx) => tx.query('UPDATE chain_head SET seq = 0 WHERE city_id = $1', [city.id]))).rejects.toThrow();
});

describe('an intruder with the keys to the database is found out', () => {
  const victim = `(SELECT city_id, chain, seq FROM audit_entry WHERE seq = 2 ORDER BY chain LIMIT 1)`;
  test.each([
    ['edits an entry', `UPDATE audit_entry SET payload = replace(payload, '"at":"20', '"at":"19') WHERE (city_id, chain, seq) = ${victim}`, 'edited'],
    ['edits an entry and its hash', `UPDATE audit_entry SET payload = payload || ' ', hash = encode(sha256(convert_to(prev_hash || E'\\n' || payload || ' ', 'UTF8')), 'hex') WHERE (city_id, chain, seq) = ${victim}`, /unlinked|head/],
    ['deletes an entry', `DELETE FROM audit_entry WHERE (city_id, chain, seq) = ${victim}`, /missing|head/],
    ['cuts off the end', `DELETE FROM audit_entry a USING (SELECT city_id, chain, max(seq) AS seq FROM audit_entry GROUP BY 1, 2 ORDER BY 2 LIMIT 1) m WHERE (a.city_id, a.chain, a.seq) = (m.city_id, m.chain, m.seq)`, /head|missing/],
    ['swaps two entries', `UPDATE audit_entry SET seq = CASE seq WHEN 1 THEN 1000002 WHEN 2 THEN 1000001 END WHERE seq IN (1, 2) AND chain = (SELECT min(chain) FROM audit_entry WHERE seq = 2)`, /missing|unlinked|head/],
    ['removes a whole chain', `DELETE FROM audit_entry WHERE chain = (SELECT min(chain) FROM audit_entry)`, /missing/],
  ])('%s', async (_what, sql, why) => {
    await asIntruder(`CREATE TABLE kept AS SELECT city_id, chain, seq, tenant_id, payload, prev_hash, hash FROM audit_entry`);
    try {
      await asIntruder(sql);
      expect((await verify()).firstFault?.why).toMatch(why);
    } finally {
      await asIntruder(`DELETE FROM audit_entry; INSERT INTO audit_entry (city_id, chain, seq, tenant_id, payload, prev_hash, hash) SELECT * FROM kept; DROP TABLE kept`);
    }
    expect((await verify()).firstFault).toBeNull();
  });
});
