import { LifeCycle, policies, PolicyModule, PublishPolicy } from '@core/policy';
import { type Actor, DomainError, newId, systemActor } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';

/**
 * What may happen to a publication after its number was taken: the gates are asked then, so a gate can refuse it or lose its connection.
 * A title tells what happens to a policy, and how often it has to be tried.
 */
const fates = new Map<string, ('refuse' | 'kill')[]>();

let office: Office;
beforeAll(async () => {
  office = await openOffice(PolicyModule);
  office.get(LifeCycle).registerGate({
    key: 'test.fate',
    on: ['publish'],
    async check(tx, policy) {
      const fate = fates.get(policy.id)?.shift();
      // The connection ends in the middle of the transaction, with the counter's row locked.
      if (fate === 'kill') await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
      return fate === 'refuse' ? { gate: 'test.fate', key: 'policy:error.wrongState', article: '国办发〔2018〕37号' } : null;
    },
  });
});
afterAll(() => office.close());

async function approvedPolicies(count: number, tenantId: string, keeperId: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await office.unitOfWork.run(systemActor(office.cityId, tenantId), (tx) => policies.insertMany(tx, ids.map((id) => ({
    id, tenantId, kind: 'policy_document', title: '云浦市补助办法', summary: '', state: 'approved', affectsMarket: false, responsibleId: keeperId,
    topics: [], audience: [], documentNumber: null, effectiveFrom: null, effectiveTo: null, endedOn: null, currentVersionId: null, publishedAt: null,
    publicSince: null, createdAt: tx.at, rowVersion: 1,
  }))));
  return ids;
}

/** Publishes, again after each failure, as a registrar would; answers the number and what went wrong before. */
async function insist(actor: Actor, id: string): Promise<{ number: string; failures: string[] }> {
  const failures: string[] = [];
  for (;;) {
    try {
      const { documentNumber } = await office.get(PublishPolicy).run(actor, id, { effectiveFrom: '2026-04-01', effectiveTo: null });
      return { number: documentNumber, failures };
    } catch (error) {
      failures.push(error instanceof DomainError ? error.key : 'connection');
      if (failures.length > 10) throw error;
    }
  }
}

const register = (tenantId: string): Promise<{ year: number; seq: number; number: string | null }[]> => office.sql(
  `SELECT r.year, r.seq, p.document_number AS number FROM document_register r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id
   WHERE r.city_id = $1 AND r.tenant_id = $2 ORDER BY r.year, r.seq`, [office.cityId, tenantId]);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

it('leaves no gap and no double in two departments at once, though gates refuse and connections die after the number was taken', async () => {
  const departments = await Promise.all([office.drafting, office.other].map(async (tenantId) => {
    const registrar = await office.person('机要', ['registrar'], tenantId);
    return { tenantId, registrar, ids: await approvedPolicies(50, tenantId, registrar.accountId ?? '') };
  }));
  // A fixed series that looks like none, so that a failure can be seen again: about a third refused, a tenth cut off, some twice.
  let seed = 20260302;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  for (const id of departments.flatMap(({ ids }) => ids)) {
    fates.set(id, upTo(2).flatMap(() => (random() < 0.3 ? ['refuse' as const] : random() < 0.15 ? ['kill' as const] : [])));
  }
  const planned = [...fates.values()].flat();
  expect(planned.filter((fate) => fate === 'refuse').length).toBeGreaterThan(30);
  expect(planned.filter((fate) => fate === 'kill').length).toBeGreaterThan(10);

  const results = await Promise.all(departments.flatMap(({ ids, registrar }) => ids.map((id) => insist(registrar, id))));
  const failures = results.flatMap((result) => result.failures);
  // Every planned failure happened, and none besides.
  expect(failures.filter((key) => key === 'policy:error.gatesUnmet')).toHaveLength(planned.filter((fate) => fate === 'refuse').length);
  expect(failures.filter((key) => key === 'connection')).toHaveLength(planned.filter((fate) => fate === 'kill').length);

  for (const [tenantId, code] of [[office.drafting, '云产规'], [office.other, '云审规']] as const) {
    const rows = await register(tenantId);
    expect(rows.map((row) => row.seq)).toEqual(upTo(50));
    // What stands in the register is what stands on the document.
    expect(rows.map((row) => row.number)).toEqual(upTo(50).map((seq) => `${code}〔2026〕${seq}号`));
  }
  expect(new Set(results.map((result) => result.number)).size).toBe(100);
  // Nothing is left of the attempts that failed: no audit line, no record without its publication.
  const audits = await office.sql<{ n: number }>(`SELECT count(*)::integer AS n FROM audit_entry WHERE city_id = $1 AND action = 'policy.numbered'`, [office.cityId]);
  const records = await office.sql<{ n: number }>(`SELECT count(*)::integer AS n FROM life_cycle_event WHERE city_id = $1 AND name = 'publish'`, [office.cityId]);
  expect([audits[0]?.n, records[0]?.n]).toEqual([100, 100]);
});

it('begins anew at midnight in Shanghai, while others of the old year are still under way', async () => {
  const registrar = await office.person('机要', ['registrar']);
  const ids = await approvedPolicies(20, office.drafting, registrar.accountId ?? '');
  const publish = (id: string): Promise<unknown> => office.get(PublishPolicy).run(registrar, id, { effectiveFrom: '2027-01-01', effectiveTo: null });
  office.clock.set('2026-12-31T15:59:59.999Z');
  const old = ids.slice(0, 10).map(publish);
  office.clock.set('2026-12-31T16:00:00.000Z');
  await Promise.all([...old, ...ids.slice(10).map(publish)]);
  const rows = await register(office.drafting);
  const of = (year: number): number[] => rows.filter((row) => row.year === year).map((row) => row.seq);
  expect(of(2026).length + of(2027).length).toBe(70);
  // A transaction belongs to the year in which it began.
  expect(of(2027).length).toBeGreaterThanOrEqual(10);
  expect(of(2026)).toEqual(upTo(of(2026).length));
  expect(of(2027)).toEqual(upTo(of(2027).length));
});

it('issues no number that GB/T 9704-2012 does not know', async () => {
  const registrar = await office.person('机要', ['registrar']);
  await office.sql(`UPDATE department SET document_code = '产规1' WHERE city_id = $1 AND id = $2`, [office.cityId, office.drafting]);
  const [id = ''] = await approvedPolicies(1, office.drafting, registrar.accountId ?? '');
  await expect(office.get(PublishPolicy).run(registrar, id, { effectiveFrom: '2027-01-01', effectiveTo: null })).rejects.toMatchObject({ key: 'statutes:error.documentNumber' });
  expect(await office.sql('SELECT 1 FROM document_register WHERE city_id = $1 AND policy_id = $2', [office.cityId, id])).toEqual([]);
});
