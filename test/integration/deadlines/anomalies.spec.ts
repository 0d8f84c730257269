import { AnomalyRegistry, inFlight } from '@core/policy';
import { comingExpiries } from '@domains/ledger';
import { newId, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { insertPolicy, insertVersion } from '../../support/policies';

let server: TestApp;
let city: TestCity;
/** Connected past all triggers and keys: what the product itself would not let happen has to be found as well. */
let intruder: Client;
let policyId: string;
beforeAll(async () => {
  server = await startTestApp();
  city = await makeCity(server);
  const { id, people } = city.departments[0];
  policyId = await insertPolicy(server.unitOfWork, { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId }, { state: 'published', title: '技改办法', effectiveTo: '2026-08-31' });
  await insertVersion(server.unitOfWork, { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId }, policyId, ['一'], people.drafter.accountId);
  intruder = new Client({ connectionString: server.database.ownerUrl });
  await intruder.connect();
  await intruder.query(`SET session_replication_role = replica`);
});
afterAll(async () => {
  await intruder.end();
  await server.close();
});

const put = async (table: string, values: Record<string, unknown>): Promise<string> => {
  const row: Record<string, unknown> = { city_id: city.id, id: newId(), tenant_id: city.departments[0].id, ...values };
  const columns = Object.keys(row);
  await intruder.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_one, n) => `$${n + 1}`).join(', ')})`, Object.values(row));
  return row['id'] as string;
};
const found = async (rule: string): Promise<[string, Record<string, unknown>][]> => server.unitOfWork.run({ ...systemActor(city.id), scope: 'city' }, async (tx) =>
  (await server.app.get(AnomalyRegistry).find(tx)).filter((one) => one.rule.key === rule).flatMap(({ cases }) => cases.map(({ title, figures }) => [title, { ...figures }] as [string, Record<string, unknown>])));
const consultation = (title: string, more: Record<string, unknown>): Promise<string> => put('consultation', {
  // A policy has one open at a time.
  policy_id: more['state'] === 'closed' ? policyId : newId(), version_id: newId(), title, purpose: '征求意见', state: 'open', opens_at: '2026-02-01T00:00:00+08:00', closes_at: '2026-03-31T23:59:59.999+08:00', basis: { openedOn: '2026-02-01', rules: [{ due: '2026-03-03' }] },
  opened_by: newId(), receipt_salt: 'x', ...more,
});

it('tells every rule, also those that find nothing', async () => {
  const rules = await server.unitOfWork.run({ ...systemActor(city.id), scope: 'city' }, async (tx) => (await server.app.get(AnomalyRegistry).find(tx)).map(({ rule }) => rule.key));
  expect(rules.sort()).toEqual(['consultation.short', 'consultation.silent', 'consultation.surge', 'funding.callAfterEnd', 'funding.overBudget', 'funding.twice', 'interpretation.missing', 'ledger.numberGap', 'ledger.pastValidity', 'ledger.still']);
});

it('finds consultations that were too short, that nobody answered, and that many speak up in', async () => {
  await consultation('刚好', { closes_at: '2026-03-03T23:59:59.999+08:00' });
  await consultation('短', { closes_at: '2026-03-01T23:59:59.999+08:00' });
  expect(await found('consultation.short')).toEqual([['短', { figure: 2, usual: 0 }]]);
  const closed = { state: 'closed', received_count: 0, opens_at: '2025-11-01T00:00:00+08:00', closes_at: '2025-12-31T23:59:59+08:00', basis: { openedOn: '2025-11-01', rules: [{ due: '2025-12-01' }] } };
  await consultation('无声', { ...closed, closed_at: '2026-01-30T12:00:00+08:00' });
  await consultation('还有一天', { ...closed, closed_at: '2026-01-31T12:00:00+08:00' });
  expect(await found('consultation.silent')).toEqual([['无声', { figure: 31, usual: 0 }]]);
  const id = await consultation('激增', {});
  const opinion = (at: string): Promise<string> => put('opinion', {
    consultation_id: id, version_id: newId(), channel: 'website', author_kind: 'anonymous', text: '意见', stance: 'suggest', receipt_no: newId(), receipt_code_hash: newId(), idempotency_key: newId(), received_at: at, moderation: 'shown',
  });
  for (let n = 0; n < 49; n += 1) await opinion('2026-02-28T10:00:00+08:00');
  expect(await found('consultation.surge')).toEqual([]);
  await opinion('2026-03-01T10:00:00+08:00');
  expect(await found('consultation.surge')).toEqual([['激增', { figure: 50, usual: 0 }]]);
  // Twenty-two days before this week with as many voices a week: no surge any more.
  for (let n = 0; n < 60; n += 1) await opinion('2026-02-10T10:00:00+08:00');
  expect(await found('consultation.surge')).toEqual([]);
});

it('finds a document that went out without interpretation once the days for it are over', async () => {
  // Monday, 2 March; three working days are over on Friday.
  server.clock.set('2026-03-05T09:00:00+08:00');
  expect(await found('interpretation.missing')).toEqual([]);
  server.clock.set('2026-03-06T09:00:00+08:00');
  expect(await found('interpretation.missing')).toEqual([['技改办法', { day: '2026-03-02' }]]);
  await put('interpretation_material', { policy_id: policyId, kind: 'text', title: '解读', body: '解读', clause_identities: ['a1'], state: 'released', author_id: newId(), written_at: '2026-03-02', approved_by: newId(), approved_at: '2026-03-02', text_hash: 'x', released_at: '2026-03-06' });
  expect(await found('interpretation.missing')).toEqual([]);
  server.clock.set('2026-03-02T09:00:00+08:00');
});

it('finds money beyond a budget, an enterprise that is given to twice in a year, and a call under a policy that is over', async () => {
  const programme = await put('fund_programme', { policy_id: policyId, clause_identity: 'a1', title: '技改补助', created_by: newId(), created_at: '2026-01-01' });
  const call = (title: string, more: Record<string, unknown> = {}): Promise<string> => put('funding_call', {
    programme_id: programme, policy_id: policyId, title, guide: '指南', budget_fen: 1_000_000, per_award_max_fen: 1_000_000, opens_at: '2026-01-05', closes_at: '2026-09-30', answer_by: '2026-10-31', conditions: '[]', criteria: '[]', experts_needed: 3,
    divergence_threshold: 20, state: 'decided', created_by: newId(), created_at: '2026-01-01', opened_at: '2026-01-05', ...more,
  });
  const [first, second] = [await call('第一批'), await call('第二批', { state: 'open' })];
  const decision = (amount: number): Promise<string> => put('fund_decision', { call_id: first, application_id: newId(), enterprise_id: newId(), enterprise_name: '企业', project_title: '项目', granted: true, amount_fen: amount, score: 80, reason: '同意', decided_by: newId(), decided_at: '2026-02-01' });
  await decision(600_000);
  await decision(400_000);
  expect(await found('funding.overBudget')).toEqual([]);
  await decision(1);
  expect(await found('funding.overBudget')).toEqual([['第一批', { granted: '1.00', budget: '1.00' }]]);
  const award = (callId: string, enterpriseId: string | null, at: string): Promise<string> => put('fund_award', { call_id: callId, programme_id: programme, application_id: newId(), decision_id: newId(), enterprise_id: enterpriseId, amount_fen: 1, awarded_by: newId(), awarded_at: at });
  const { enterpriseId } = city.enterprises[0];
  await award(first, enterpriseId, '2025-12-31T15:00:00Z');
  await award(second, enterpriseId, '2025-12-31T16:00:00Z');
  // New Year's Eve and New Year's Day in Shanghai.
  expect(await found('funding.twice')).toEqual([]);
  await award(await call('第三批'), enterpriseId, '2026-02-01T00:00:00Z');
  expect(await found('funding.twice')).toEqual([['enterprise-1公司', { figure: '2', more: '技改补助' }]]);
  expect(await found('funding.callAfterEnd')).toEqual([]);
  server.clock.set('2026-09-01T09:00:00+08:00');
  expect(await found('funding.callAfterEnd')).toEqual([['第二批', { figure: '技改办法', more: '' }]]);
  server.clock.set('2026-03-02T09:00:00+08:00');
});

it('counts what is under way by stage and department, from when each last came into its stage', async () => {
  const [own, other] = city.departments;
  const stand = async (department: typeof own, steps: [string, string, string][]): Promise<void> => {
    const id = await insertPolicy(server.unitOfWork, { cityId: city.id, tenantId: department.id, keeperId: department.people.drafter.accountId }, { state: steps.at(-1)?.[2] as 'drafting', title: '在办' });
    for (const [n, [day, from, to]] of steps.entries()) {
      await intruder.query(
        `INSERT INTO life_cycle_event (city_id, chain, seq, tenant_id, policy_id, is_public, payload, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, true, $6, '', '')`,
        [city.id, `policy/${id}`, n + 1, department.id, id, JSON.stringify({ actorName: '某', at: `${day}T02:00:00.000Z`, details: {}, from, name: 'step', to })]);
    }
  };
  // Came back to drafting in February; a record that is no step moves nothing.
  await stand(own, [['2025-10-01', 'planned', 'planned'], ['2025-10-10', 'planned', 'drafting'], ['2025-12-01', 'drafting', 'reviewing'], ['2026-02-10', 'reviewing', 'drafting'], ['2026-02-20', 'drafting', 'drafting']]);
  await stand(own, [['2026-01-01', 'planned', 'planned'], ['2026-02-28', 'planned', 'drafting']]);
  await stand(other, [['2026-02-01', 'planned', 'planned'], ['2026-02-22', 'planned', 'drafting']]);
  await stand(other, [['2026-01-31', 'planned', 'planned']]);
  const flight = await server.unitOfWork.run({ ...systemActor(city.id), scope: 'city' }, inFlight);
  expect([flight.total, flight.stages.filter(({ count }) => count > 0)]).toEqual([4, [
    { stage: 'planned', count: 1, oldest: '2026-01-31', medianDays: 30 }, { stage: 'drafting', count: 3, oldest: '2026-02-10', medianDays: 8 },
  ]]);
  expect(flight.departments.map(({ name, total, counts }) => [name, total, counts.planned, counts.drafting]).sort()).toEqual([['乙局', 2, 1, 1], ['甲局', 2, 0, 2]].sort());
  const expiries = await server.unitOfWork.run({ ...systemActor(city.id), scope: 'city' }, comingExpiries);
  expect([expiries.within6, expiries.within12, expiries.months.filter(({ count }) => count > 0)]).toEqual([1, 1, [{ month: '2026-08', count: 1 }]]);
});
