import { policies, PolicyModule, PublishPolicy } from '@core/policy';
import { type Actor, DomainError, newId, systemActor } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';

let office: Office;
let registrar: Actor;
beforeAll(async () => {
  office = await openOffice(PolicyModule);
  registrar = await office.person('机要', ['registrar']);
});
afterAll(() => office.close());

const approvedPolicies = (count: number, tenantId = office.drafting): Promise<string[]> =>
  office.unitOfWork.run(systemActor(office.cityId, tenantId), async (tx) => {
    const ids = Array.from({ length: count }, () => newId());
    await policies.insertMany(tx, ids.map((id) => ({
      id, tenantId, kind: 'policy_document', title: '云浦市补助办法', summary: '', state: 'approved', affectsMarket: false, responsibleId: registrar.accountId ?? '',
      topics: [], audience: [], documentNumber: null, effectiveFrom: null, effectiveTo: null, endedOn: null, currentVersionId: null, publishedAt: null,
      publicSince: null, createdAt: tx.at, rowVersion: 1,
    })));
    return ids;
  });

const publish = (id: string, more: { replaces?: string } = {}, actor = registrar): Promise<{ documentNumber: string }> =>
  office.get(PublishPolicy).run(actor, id, { effectiveFrom: '2026-04-01', effectiveTo: null, ...more });

const register = (tenantId = office.drafting): Promise<{ year: number; seq: number; policy_id: string }[]> =>
  office.sql('SELECT year, seq, policy_id FROM document_register WHERE city_id = $1 AND tenant_id = $2 ORDER BY year, seq', [office.cityId, tenantId]);

it('numbers fifty policies published at once from 1 to 50, though others of them roll back after they were numbered', async () => {
  const [good, bad] = [await approvedPolicies(50), await approvedPolicies(15)];
  const results = await Promise.allSettled([
    // The policy to be replaced does not exist: found out after the number was taken.
    ...bad.slice(0, 8).map((id) => publish(id, { replaces: newId() })),
    ...good.slice(0, 25).map((id) => publish(id)),
    ...bad.slice(8).map((id) => publish(id, { replaces: newId() })),
    ...good.slice(25).map((id) => publish(id)),
  ]);
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(failed).toHaveLength(15);
  expect(failed.every((reason) => reason instanceof DomainError && reason.problem === 'not_found')).toBe(true);
  const rows = await register();
  expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  expect(rows.map((row) => row.policy_id).sort()).toEqual([...good].sort());
  const numbers = await office.sql<{ document_number: string }>(`SELECT document_number FROM policy WHERE city_id = $1 AND state = 'published'`, [office.cityId]);
  expect(new Set(numbers.map((row) => row.document_number)).size).toBe(50);
  const left = await office.sql<{ n: number }>(`SELECT count(*)::int AS n FROM policy WHERE city_id = $1 AND state = 'approved' AND document_number IS NULL`, [office.cityId]);
  expect(left[0]?.n).toBe(15);
});

it('publishes one policy once, however many press the button', async () => {
  const [id = ''] = await approvedPolicies(1);
  const results = await Promise.allSettled([publish(id), publish(id), publish(id), publish(id)]);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect((await register()).filter((row) => row.policy_id === id)).toHaveLength(1);
});

it('begins anew with each year of the Chinese calendar day, and for each department', async () => {
  const [first = '', second = ''] = await approvedPolicies(2);
  const before = (await register()).length;
  // 31 December, 23:59 in China.
  office.clock.set('2026-12-31T15:59:00Z');
  const last = await office.get(PublishPolicy).run(registrar, first, { effectiveFrom: '2027-01-01', effectiveTo: null });
  office.clock.set('2026-12-31T16:01:00Z');
  const next = await office.get(PublishPolicy).run(registrar, second, { effectiveFrom: '2027-01-01', effectiveTo: null });
  expect([last.documentNumber, next.documentNumber]).toEqual([`云产规〔2026〕${before + 1}号`, '云产规〔2027〕1号']);
  const colleague = await office.person('外局机要', ['registrar'], office.other);
  const [theirs = ''] = await approvedPolicies(1, office.other);
  const other = await office.get(PublishPolicy).run(colleague, theirs, { effectiveFrom: '2027-02-01', effectiveTo: null });
  expect(other.documentNumber).toBe('云审规〔2027〕1号');
});

it('does not publish for another department', async () => {
  const stranger = await office.person('外局机要', ['registrar'], office.other);
  const [id = ''] = await approvedPolicies(1);
  await expect(publish(id, {}, stranger)).rejects.toMatchObject({ problem: 'not_found' });
});
