import { EvaluationSources } from '@core/policy';
import { RunCampaign, campaignDesk, staffCampaignReport } from '@domains/evaluation';
import { type Actor, newId } from '@platform/kernel';
import { type EvaluationRound, openEvaluationRound } from '../../support/evaluation-round';

let round: EvaluationRound;
beforeAll(async () => { round = await openEvaluationRound(); });
afterAll(() => round.close());

/** Writes a row as the machinery; objects become JSON. */
async function insert(table: string, values: Record<string, unknown>): Promise<string> {
  const row: Record<string, unknown> = { city_id: round.cityId, id: newId(), tenant_id: round.drafting, ...values };
  const names = Object.keys(row);
  const encode = (value: unknown): unknown => (value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value);
  await round.sql(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')})`, names.map((name) => encode(row[name])));
  return String(row['id']);
}

/** Two calls, three applications, of which one came a second after the period; decisions, an award paid in two parts, objections. */
async function money(policyId: string, first: Actor, second: Actor): Promise<void> {
  const { head } = round;
  const enterprises = await round.sql<{ account: string; id: string }>('SELECT id AS account, enterprise_id AS id FROM account WHERE city_id = $1 AND enterprise_id IS NOT NULL', [round.cityId]);
  const enterpriseOf = (person: Actor): string | undefined => enterprises.find(({ account }) => account === person.accountId)?.id;
  const programme = await insert('fund_programme', { policy_id: policyId, clause_identity: 'a1', title: '专项', created_by: head.accountId, created_at: new Date('2025-10-01') });
  const call = (opened: string, budget: number): Promise<string> => insert('funding_call', {
    programme_id: programme, policy_id: policyId, title: '申报', guide: '指南', state: 'awarded', budget_fen: budget, per_award_max_fen: 300_000, opens_at: new Date(opened), closes_at: new Date('2026-02-28T10:00:00Z'),
    answer_by: '2026-12-31', conditions: JSON.stringify([]), criteria: JSON.stringify([]), experts_needed: 3, divergence_threshold: 20, created_by: head.accountId, created_at: new Date(opened), opened_at: new Date(opened),
  });
  const [a, b] = [await call('2026-01-10T01:00:00Z', 1_000_000), await call('2025-11-01T01:00:00Z', 500_000)];
  const application = (callId: string, by: Actor, at: string, state: string): Promise<string> => insert('fund_application', {
    call_id: callId, enterprise_id: enterpriseOf(by), state, receipt: `R-${callId}-${at}`, submitted_by: by.accountId, submitted_at: new Date(at), created_at: new Date(at), data: { title: '项目', summary: '', amountFen: 300_000 },
  });
  const [one, two] = [await application(a, first, '2026-01-20T01:00:00Z', 'granted'), await application(a, second, '2026-02-28T15:59:59Z', 'refused')];
  // 1 March, 00:00 in China.
  await application(b, first, '2026-02-28T16:00:00Z', 'submitted');
  for (const at of ['2026-01-21T01:00:00Z', '2026-01-22T01:00:00Z']) {
    await insert('completeness_check', { call_id: a, application_id: one, outcome: 'correction', findings: '补发票', conditions: JSON.stringify([]), checked_by: head.accountId, checked_at: new Date(at) });
  }
  const decision = (applicationId: string, by: Actor, granted: boolean, at: string): Promise<string> => insert('fund_decision', {
    call_id: a, application_id: applicationId, enterprise_id: enterpriseOf(by), enterprise_name: by.name, project_title: '项目', granted, amount_fen: granted ? 300_000 : 0, score: 80, reason: '理由', decided_by: head.accountId, decided_at: new Date(at),
  });
  const granted = await decision(one, first, true, '2026-01-30T01:00:00Z');
  await decision(two, second, false, '2026-02-28T15:59:59Z');
  const award = await insert('fund_award', { call_id: a, programme_id: programme, application_id: one, decision_id: granted, enterprise_id: enterpriseOf(first), amount_fen: 300_000, awarded_by: head.accountId, awarded_at: new Date('2026-02-10T01:00:00Z') });
  for (const [instalment, amount, at] of [[1, 100_000, '2026-02-15T01:00:00Z'], [2, 200_000, '2026-03-02T00:00:00Z']] as const) {
    await insert('fund_payment', { award_id: award, call_id: a, enterprise_id: enterpriseOf(first), programme_id: programme, instalment, amount_fen: amount, voucher: `V${instalment}`, paid_by: round.leader.accountId, paid_at: new Date(at) });
  }
  const objection = (more: object): Promise<string> => insert('fund_objection', { call_id: a, account_id: second.accountId, author_name: '乙公司', text: '请核查', created_at: new Date('2026-02-12T01:00:00Z'), ...more });
  await objection({ state: 'open' });
  await objection({ state: 'resolved', upheld: true, answer: '已更正', answered_by: head.accountId, answered_at: new Date('2026-02-14T01:00:00Z') });
}

describe('what the system knows', () => {
  it('is counted from the rooms\' rows, in China\'s days, and stands from the close on', async () => {
    const policyId = await round.publishedPolicy();
    await money(policyId, round.sides.enterprises, await round.outsider('enterprise', '乙公司'));
    const reportId = await round.toReport(policyId);
    const figures = async () => Object.fromEntries((await round.unitOfWork.run(round.leader, (tx) => staffCampaignReport(tx, reportId))).evidence.sources.find(({ source }) => source === 'funding')!.figures.map(({ key, value }) => [key, value]));
    const expected = {
      calls: 1, applications: 2, enterprises: 2, corrections: 1, granted: 1, rejected: 1, daysMedian: 5, daysLongest: 10, budgetFen: 1_000_000, awardedFen: 300_000, paidFen: 100_000, objections: 2, upheld: 1,
    };
    expect(await figures()).toEqual(expected);
    await round.sql(`UPDATE fund_application SET state = 'withdrawn' WHERE city_id = $1`, [round.cityId]);
    expect(await figures()).toEqual(expected);
    // Another policy has none of it.
    const other = await round.unitOfWork.run(round.leader, async (tx) => round.get(EvaluationSources).gather(tx, await Promise.resolve(newId()), { from: '2026-01-01', to: '2026-02-28' }));
    expect(other.find(({ source }) => source === 'funding')?.figures.filter(({ value }) => value !== null)).toEqual([{ key: 'calls', value: 0, unit: 'count' }]);
  });

  it('is gathered with the close or not at all: a connection that dies in the middle leaves the marks open', async () => {
    const policyId = await round.publishedPolicy();
    const id = await round.open([policyId]);
    await round.start(id);
    await round.score(id, policyId, { department: 8 });
    let killed = 0;
    round.get(EvaluationSources).registerEvidence({
      key: 'zz-killer',
      async gather(tx) {
        if (killed === 0) {
          killed += 1;
          await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
        }
        return [];
      },
    });
    await expect(round.get(RunCampaign).close(round.leader, id)).rejects.toThrow();
    const desk = () => round.unitOfWork.run(round.leader, (tx) => campaignDesk(tx, id));
    expect(await desk()).toMatchObject({ state: 'scoring', policies: [{ reportId: null }] });
    await round.get(RunCampaign).close(round.leader, id);
    expect(await desk()).toMatchObject({ state: 'reporting', policies: [{ reportState: 'draft' }] });
    expect(killed).toBe(1);
  });
});
