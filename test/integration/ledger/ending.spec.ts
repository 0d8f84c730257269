import { LifeCycle, validityOn } from '@core/policy';
import { abolitionNotice, DecideAbolition, effectiveList, ExpirePolicies, ledgerList, ledgerTimeline, OpenAbolition } from '@domains/ledger';
import type { Actor, DomainError } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { readyAbolition } from '../../support/ready-abolition';
import { openSmallCity, type SmallCity } from '../../support/small-city';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

describe('the end of a policy', () => {
  let city: SmallCity;
  let reader: PublicReader;
  let unitOfWork: UnitOfWork;
  let [drafter, head, reviewer]: Actor[] = [];

  beforeAll(async () => {
    city = await openSmallCity();
    [reader, unitOfWork] = [city.app.get(PublicReader), city.app.get(UnitOfWork)];
    [drafter, head, reviewer] = [await city.person(['drafter']), await city.person(['department_head', 'drafter']), await city.person(['legal_reviewer'])];
  });
  afterAll(() => city.close());

  const decision = { decision: 'abolish' as const, reason: '目的已经实现', noticeText: '《办法》自2026年4月1日起废止。', effectOn: '2026-04-01' };
  const open = (policyId: string, by: Actor = drafter!): Promise<string> => city.app.get(OpenAbolition).run(by, policyId, '目的已经实现');
  const ready = async (policyId: string, by?: Actor): Promise<string> => {
    await open(policyId, by);
    return readyAbolition((type) => city.app.get(type as never), { drafter: drafter!, reviewer: reviewer! }, policyId);
  };
  const listed = async (policyId: string, on: string): Promise<boolean> => (await effectiveList(reader, city.cityId, on)).items.some((item) => item.id === policyId);
  const stateOf = async (policyId: string): Promise<string | undefined> =>
    (await city.sql<{ state: string }>('SELECT state FROM policy WHERE city_id = $1 AND id = $2', [city.cityId, policyId]))[0]?.state;

  it('takes an abolished policy from the effective list on the day and not before', async () => {
    const policyId = await city.policy({ state: 'published' });
    const caseId = await ready(policyId);
    await city.app.get(DecideAbolition).run(head!, caseId, decision);
    expect(await stateOf(policyId)).toBe('abolished');
    expect([await listed(policyId, '2026-03-01'), await listed(policyId, '2026-03-02'), await listed(policyId, '2026-03-31'), await listed(policyId, '2026-04-01')])
      .toEqual([false, true, true, false]);
    expect(await abolitionNotice(reader, city.cityId, policyId)).toMatchObject({ noticeText: decision.noticeText, effectOn: '2026-04-01' });
    const timeline = await unitOfWork.run(drafter!, (tx) => ledgerTimeline(tx, policyId));
    expect(timeline.map((entry) => entry.name)).toEqual(['abolition_opened', 'abolish']);
    expect(timeline[1]).toMatchObject({ actorName: head!.name, from: 'published', to: 'abolished', details: { caseId, effectOn: '2026-04-01', gates: expect.arrayContaining(['ledger.abolition_decided']) } });
  });

  it('abolishes nothing without a decision, by the opener or by a stranger', async () => {
    const policyId = await city.policy({ state: 'published' });
    const bare = await refused(unitOfWork.run(head!, (tx) => city.app.get(LifeCycle).advance(tx, policyId, 'abolish')));
    expect(bare.details.gates).toMatchObject([{ gate: 'ledger.abolition_decided' }]);
    const caseId = await ready(policyId, head);
    const decide = (by: Actor, input: typeof decision = decision): Promise<void> => city.app.get(DecideAbolition).run(by, caseId, input);
    expect((await refused(decide(head!))).key).toBe('ledger:error.ownCase');
    expect((await refused(decide(drafter!))).problem).toBe('forbidden');
    expect((await refused(decide(await city.person(['department_head'], city.other)))).problem).toBe('not_found');
    const other = await city.person(['department_head']);
    expect((await refused(decide(other, { ...decision, effectOn: '2026-03-01' }))).details.fields).toEqual([{ field: 'effectOn', key: 'ledger:error.effectInPast' }]);
    expect((await refused(open(policyId))).key).toBe('ledger:error.alreadyOpen');
    expect(await stateOf(policyId)).toBe('published');
    const race = await Promise.allSettled([decide(other), decide(await city.person(['department_head']))]);
    expect(race.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('undoes the decision when another gate holds the abolition', async () => {
    const policyId = await city.policy({ state: 'published', title: '尚有未付奖补的办法' });
    city.app.get(LifeCycle).registerGate({
      key: 'test.settled', on: ['abolish'],
      check: async (_tx, policy) => (policy.id === policyId ? { gate: 'test.settled', key: 'x:y', article: '《示例》第一条' } : null),
    });
    const caseId = await ready(policyId);
    expect((await refused(city.app.get(DecideAbolition).run(head!, caseId, decision))).details.gates).toMatchObject([{ gate: 'test.settled' }]);
    const [row] = await city.sql<{ decision: string | null; ended: string | null }>(
      `SELECT c.decision, p.ended_on::text AS ended FROM abolition_case c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id WHERE c.city_id = $1 AND c.id = $2`, [city.cityId, caseId]);
    expect(row).toEqual({ decision: null, ended: null });
    expect(await abolitionNotice(reader, city.cityId, policyId)).toBeNull();
  });

  it('expires a policy on the day after its last, once, and shows it lapsed before any machine was awake', async () => {
    const policyId = await city.policy({ state: 'published', effectiveTo: '2026-03-31' });
    const expire = (): Promise<number> => city.app.get(ExpirePolicies).run(city.cityId);
    city.clock.set('2026-03-31T23:59:59+08:00');
    expect(await expire()).toBe(0);
    city.clock.set('2026-04-01T00:00:00+08:00');
    expect([await listed(policyId, '2026-03-31'), await listed(policyId, '2026-04-01')]).toEqual([true, false]);
    const [first, second] = await Promise.all([expire(), expire()]);
    expect([first! + second!, await stateOf(policyId)]).toEqual([1, 'expired']);
    expect(await expire()).toBe(0);
    expect(validityOn({ state: 'expired', effectiveFrom: '2026-03-02', effectiveTo: '2026-03-31', endedOn: null }, '2026-04-01')).toBe('lapsed');
  });

  it('shows each department its own ledger and the overseer the whole, with the dates of the whole cycle', async () => {
    const own = await unitOfWork.run(drafter!, (tx) => ledgerList(tx));
    const overseer: Actor = { ...(await city.person(['overseer'], city.other)), scope: 'city' };
    const stranger = await city.person(['drafter'], city.other);
    expect(own.items.length).toBeGreaterThan(3);
    expect((await unitOfWork.run(stranger, (tx) => ledgerList(tx))).items).toEqual([]);
    expect((await unitOfWork.run(overseer, (tx) => ledgerList(tx))).items.map((item) => item.id)).toEqual(own.items.map((item) => item.id));
    const expired = await unitOfWork.run(drafter!, (tx) => ledgerList(tx, { state: 'expired' }));
    expect(expired.items).toHaveLength(1);
    expect(expired.items[0]).toMatchObject({ validity: 'lapsed', effectiveTo: '2026-03-31' });
    expect(expired.items[0]!.line.at(-1)).toMatchObject({ step: 'dispose', status: 'done', from: '2026-04-01' });
    expect((await unitOfWork.run(drafter!, (tx) => ledgerList(tx, { year: '2025' }))).items).toEqual([]);
  });
});
