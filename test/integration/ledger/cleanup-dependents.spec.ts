import { DecideAbolition, OpenAbolition, SettleDependents } from '@domains/ledger';
import { type Dependent, DependentsRegistry } from '@core/policy';
import { newId } from '@platform/kernel';
import { cleanupHands, type CleanupHands, content, refused } from '../../support/cleanup-hands';
import { openSmallCity, type SmallCity } from '../../support/small-city';

let city: SmallCity;
let hands: CleanupHands;
beforeAll(async () => {
  city = await openSmallCity();
  hands = await cleanupHands(city);
});
beforeEach(() => city.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => city.close());

it('what hangs on a document: a choice or money is settled in a case before, what leaves nothing to choose ends with it; who had a hand in the case does not decide', async () => {
  const ids = await hands.published('癸', ['物', '失']);
  const thing = (kind: string, id: string, ways: string[], fundsFen = 0): Dependent => ({ kind, id, title: kind, stateKey: 'common:none', href: '/', role: 'drafter', people: 0, fundsFen, ways, article: '' });
  const [call, text] = [newId(), newId()];
  city.app.get(DependentsRegistry).register({
    key: 'test.things', list: async (_tx, policyId) => (policyId === ids['物'] ? [thing('funding.call', call, ['close', 'run_off'], 100), thing('interpretation.material', text, ['end'])] : []),
  });
  const id = await hands.open('癸');
  await hands.propose(id, '癸物', content('abolish'));
  await hands.propose(id, '癸失', content('lapse'));
  expect((await hands.itemsOf(id)).map(({ obstacles }) => obstacles.map(({ key }) => key))).toEqual([['abolition:gate.unsettled.funding.call'], []]);
  await hands.sign(id);
  await hands.agree(id);
  expect((await refused(hands.decide(id))).details.gates?.map(({ params }) => params)).toEqual([{ no: 1, title: '癸物' }]);
  const [ended, lapsing] = [await city.app.get(OpenAbolition).run({ ...hands.decider, roles: ['drafter', 'overseer'] }, ids['物']!, '不再需要'), await city.app.get(OpenAbolition).run(hands.drafter, ids['失']!, '不再需要')];
  await city.app.get(SettleDependents).run(hands.drafter, ended, { items: [`funding.call/${call}/0`], way: 'close', reason: '不再受理' });
  // One lapses while a case asks whether to abolish it, the other was opened by who would decide here.
  expect((await refused(hands.decide(id))).details.gates).toHaveLength(2);
  await city.app.get(DecideAbolition).run(hands.head, lapsing, { decision: 'keep', reason: '由清理决定', noticeText: '', effectOn: null });
  const other = { ...(await city.person(['overseer'])), scope: 'city' as const };
  const number = await hands.decide(id, other);
  expect(await hands.carryOut()).toBe(2);
  const settled = await city.sql<{ kind: string; way: string; by: string; reason: string }>('SELECT kind, way, settled_by AS by, reason FROM abolition_settlement WHERE city_id = $1 AND case_id = $2 ORDER BY kind', [city.cityId, ended]);
  expect(settled).toEqual([
    { kind: 'funding.call', way: 'close', by: hands.drafter.accountId, reason: '不再受理' },
    { kind: 'interpretation.material', way: 'end', by: other.accountId, reason: `清理结果公布如下。（${number}）` },
  ]);
  const told = await city.sql<{ payload: { kind: string; way: string } }>(`SELECT payload FROM outbox WHERE city_id = $1 AND type = 'policy.dependent_settled.v1' AND payload->>'caseId' = $2`, [city.cityId, ended]);
  expect(told.map(({ payload }) => payload.kind).sort()).toEqual(['funding.call', 'interpretation.material']);
  expect([await hands.inForce('2026-03-02', ids['物']!), await hands.inForce('2026-03-02', ids['失']!)]).toEqual([undefined, undefined]);
});
