import { LifeCycle, policies, PublishPolicy } from '@core/policy';
import { DecideAbolition, DecideValidity, effectiveChanges, type EffectiveItem, effectiveList, ExpirePolicies, OpenAbolition, ProposeValidity, type ValidityProposal } from '@domains/ledger';
import { type Actor, type DomainError, newId } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { readyAbolition } from '../../support/ready-abolition';
import { openSmallCity, type SmallCity } from '../../support/small-city';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

let city: SmallCity;
let reader: PublicReader;
let [drafter, head, registrar]: Actor[] = [];
beforeAll(async () => {
  city = await openSmallCity();
  reader = city.app.get(PublicReader);
  [drafter, head, registrar] = [await city.person(['drafter']), await city.person(['department_head']), await city.person(['registrar'])];
});
beforeEach(() => city.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => city.close());

const on = async (day: string, id: string): Promise<EffectiveItem | undefined> => {
  for (let after: string | undefined; ;) {
    const { items, next } = await effectiveList(reader, city.cityId, day, { after });
    const found = items.find((item) => item.id === id);
    if (found || !next) return found;
    after = next;
  }
};
const propose = (id: string, more: Partial<ValidityProposal>, by = drafter!): Promise<string> =>
  city.app.get(ProposeValidity).run(by, id, { kind: 'partial_repeal', reason: '上位法已修改', newTo: null, clauses: [], effectOn: null, ...more });
const decide = (caseId: string, decision: 'approve' | 'refuse' = 'approve', by = head!): Promise<void> =>
  city.app.get(DecideValidity).run(by, caseId, { decision, reason: '同意', noticeText: decision === 'approve' ? '公告' : '' });
/** A published policy whose text in force has these articles. */
async function published(articles: string[], effectiveTo: string | null = null): Promise<string> {
  const id = await city.policy({ state: 'published', effectiveTo });
  await city.version(id, articles, drafter!);
  await city.sql(`UPDATE policy SET current_version_id = (SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2) WHERE city_id = $1 AND id = $2`, [city.cityId, id]);
  return id;
}
const evaluated = (id: string): Promise<void> => city.unitOfWork.run(city.system, async (tx) => {
  await city.app.get(LifeCycle).record(tx, await policies.require(tx, id), 'evaluation_published', { details: { reportId: newId(), conclusion: 'keep' } });
});

it('repeals some clauses from a day on, and shows them on and after it and not before', async () => {
  const id = await published(['第一条正文', '第二条正文', '第三条正文']);
  await decide(await propose(id, { clauses: ['a2'], effectOn: '2026-04-01' }));
  expect([(await on('2026-03-31', id))?.repealed, (await on('2026-04-01', id))?.repealed]).toEqual([[], [{ identity: 'a2', label: '第2条' }]]);
  expect((await refused(propose(id, { clauses: ['a2'], effectOn: '2026-05-01' }))).key).toBe('ledger-log:error.clauseGone');
  expect((await refused(propose(id, { clauses: ['a1', 'a3'], effectOn: '2026-05-01' }))).key).toBe('ledger-log:error.allClauses');
  await decide(await propose(id, { clauses: ['a1'], effectOn: '2026-03-02' }));
  expect((await on('2026-04-01', id))?.repealed.map(({ identity }) => identity)).toEqual(['a1', 'a2']);
  expect((await effectiveChanges(reader, city.cityId, '2026-03-02', '2026-04-01')).altered.filter((one) => one.id === id)).toMatchObject([{ what: 'partly_repealed', on: '2026-04-01', clauses: [{ identity: 'a2' }] }]);
});

it('extends a policy with an evaluation behind it; the list of a day before the decision does not know of it', async () => {
  const id = await published(['正文'], '2026-06-30');
  const extension = { kind: 'extend' as const, newTo: '2028-06-30' };
  expect((await refused(propose(id, extension))).key).toBe('ledger-log:error.notEvaluated');
  await evaluated(id);
  city.clock.set('2026-05-01T09:00:00+08:00');
  const caseId = await propose(id, extension);
  expect((await on('2026-07-01', id))).toBeUndefined();
  await decide(caseId);
  expect([(await on('2026-04-30', id))?.to, (await on('2026-05-01', id))?.to, (await on('2027-07-01', id))?.to, await on('2028-07-01', id)]).toEqual(['2026-06-30', '2028-06-30', '2028-06-30', undefined]);
  city.clock.set('2026-07-02T09:00:00+08:00');
  await city.app.get(ExpirePolicies).run(city.cityId);
  expect((await city.sql<{ state: string }>('SELECT state FROM policy WHERE city_id = $1 AND id = $2', [city.cityId, id]))[0]?.state).toBe('published');
  const { began, ended, altered } = await effectiveChanges(reader, city.cityId, '2026-04-30', '2026-07-01');
  expect([began, ended, altered].map((list) => list.filter((one) => one.id === id).length)).toEqual([0, 0, 1]);
});

it('an extension that is decided after the policy has lapsed can only be refused', async () => {
  const id = await published(['正文'], '2026-03-31');
  await evaluated(id);
  const caseId = await propose(id, { kind: 'extend', newTo: '2027-03-31' });
  city.clock.set('2026-04-01T09:00:00+08:00');
  expect(await refused(decide(caseId))).toMatchObject({ problem: 'conflict', key: 'ledger-log:error.lapsed' });
  await decide(caseId, 'refuse');
  expect(await on('2026-04-01', id)).toBeUndefined();
});

it('is amended by what was made to amend it, from the day on which that takes effect, and is gone where it is replaced', async () => {
  const [target, amending, replacing] = [await published(['甲', '乙'], '2030-12-31'), await city.policy({ state: 'approved' }), await city.policy({ state: 'approved' })];
  for (const id of [amending, replacing]) await city.sql(`INSERT INTO policy_link (city_id, id, tenant_id, policy_id, kind, target_id) VALUES ($1, $2, $3, $4, 'amends', $5)`, [city.cityId, newId(), city.drafting, id, target]);
  city.app.get(LifeCycle);
  const publish = (id: string, effectiveFrom: string, replaces: string | null = null): Promise<{ documentNumber: string }> => city.app.get(PublishPolicy).run(registrar!, id, { effectiveFrom, effectiveTo: '2029-12-31', replaces });
  for (const id of [amending, replacing]) await makeReady(id);
  const { documentNumber } = await publish(amending, '2026-04-01');
  expect([(await on('2026-03-31', target))?.amendedBy, (await on('2026-04-01', target))?.amendedBy]).toEqual([[], [documentNumber]]);
  city.clock.set('2026-05-01T09:00:00+08:00');
  await publish(replacing, '2026-06-01', target);
  expect([(await on('2026-04-30', target))?.to, (await on('2026-05-31', target))?.to, await on('2026-06-01', target), (await on('2026-05-31', target))?.amendedBy]).toEqual(['2030-12-31', '2026-05-31', undefined, [documentNumber]]);
});

/** What the gates of interpretation ask for. */
async function makeReady(id: string): Promise<void> {
  const hash = await city.version(id, ['正文'], drafter!);
  for (const kind of ['text', 'picture']) {
    await city.sql(
      `INSERT INTO interpretation_material (city_id, id, tenant_id, policy_id, kind, title, body, alt_text, clause_identities, state, author_id, written_at, approved_by, approved_at, text_hash)
       VALUES ($1, $2, $3, $4, $5, '解读', '正文', '说明', '{a1}', 'approved', $6, $7, $8, $7, $9)`, [city.cityId, newId(), city.drafting, id, kind, drafter!.accountId, city.clock.now(), head!.accountId, hash]);
  }
}

it('an abolition of a later day leaves the list of the days before its decision as it was', async () => {
  const id = await published(['正文']);
  await city.app.get(OpenAbolition).run(drafter!, id, '不再需要');
  const caseId = await readyAbolition((type) => city.app.get(type as never), { drafter: drafter!, reviewer: await city.person(['legal_reviewer']) }, id);
  city.clock.set('2026-03-10T09:00:00+08:00');
  await city.app.get(DecideAbolition).run(head!, caseId, { decision: 'abolish', reason: '同意', noticeText: '公告', effectOn: '2026-04-01' });
  expect([(await on('2026-03-09', id))?.to, (await on('2026-03-10', id))?.to, await on('2026-04-01', id)]).toEqual([null, '2026-03-31', undefined]);
});

it('is proposed once, by its own department, and decided once, by somebody else', async () => {
  const id = await published(['甲', '乙']);
  const good = { clauses: ['a1'], effectOn: '2026-04-01' };
  const stranger = await city.person(['drafter', 'department_head'], city.other);
  expect((await refused(propose(id, good, stranger))).problem).toBe('not_found');
  expect((await refused(propose(id, good, head))).problem).toBe('forbidden');
  const twice = await Promise.allSettled([propose(id, good), propose(id, good)]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const caseId = twice.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))[0] as string;
  const both = await city.person(['drafter', 'department_head']);
  expect((await refused(decide(caseId, 'approve', stranger))).problem).toBe('not_found');
  expect((await refused(decide(caseId, 'approve', drafter))).problem).toBe('forbidden');
  const decisions = await Promise.allSettled([decide(caseId), decide(caseId, 'refuse', both), decide(caseId)]);
  expect(decisions.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  const own = await propose(await published(['甲', '乙']), good, both);
  expect((await refused(decide(own, 'approve', both))).key).toBe('ledger:error.ownCase');
  await expect(city.sql('DELETE FROM validity_change WHERE city_id = $1', [city.cityId])).rejects.toThrow();
  for (const rubbish of ['x', '', newId()]) expect((await refused(decide(rubbish))).problem).toBe('not_found');
});
