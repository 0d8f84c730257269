import { CloseCall, CreateCall, OpenCall, PayAward, SaveApplication, SubmitApplication } from '@domains/funding';
import { DecideAbolition, OpenAbolition, PrepareAbolition, ReviewAbolition, SettleDependents } from '@domains/ledger';
import { verifyCity } from '@platform/audit';
import { type DomainError, systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { caseOf, preparation } from '../../support/ready-abolition';
import { DATA, Stage, TIMES } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.set(); });
afterAll(() => stage.close());

const get = <T>(type: new (...args: never[]) => T): T => stage.get(type);
const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);
const drafter = () => stage.department.people.drafter;
const now = () => caseOf(get, drafter(), stage.policyId);
const settle = (item: string, way: string) => get(SettleDependents).run(drafter(), caseId, { items: [item], way, reason: '按过渡安排。' });
const decide = (effectOn = '2026-05-01') => get(DecideAbolition).run(stage.head, caseId, { decision: 'abolish', reason: '同意', noticeText: '', effectOn });
const react = async (): Promise<void> => {
  const relay = new OutboxRelay(stage.test.unitOfWork, new LocalDispatcher(get(EventProcessor)), { cities: async () => [stage.city.id], clock: stage.test.clock, batch: 100, onError: (error) => { throw error; } });
  while ((await relay.sweep()) > 0);
};
let caseId = '';

describe('an abolition while money is promised', () => {
  it('lists calls by what is left of them, with the applicants and the money', async () => {
    const { callId, awardId } = await stage.oneAward();
    caseId = await get(OpenAbolition).run(drafter(), stage.policyId, '资金管理办法已经调整');
    expect((await now()).work).toMatchObject({ people: 1, fundsFen: 50_000_000, items: [{ kind: 'funding.payments', id: callId, people: 1, fundsFen: 50_000_000, ways: ['pay_out'], role: 'fund_manager', settlement: null }] });
    await get(PayAward).run(stage.finance, awardId, { instalment: 1, amountFen: 20_000_000, voucher: 'V-1' });
    expect((await now()).work).toMatchObject({ people: 1, fundsFen: 30_000_000 });

    // An open call beside it, with the same enterprise and another: each counts once.
    stage.at(TIMES.opens);
    const open = await stage.openCall(80_000_000, [], '设备更新资金');
    for (const enterprise of stage.city.enterprises) await stage.submit(open, enterprise);
    expect((await now()).work).toMatchObject({ people: 2, fundsFen: 110_000_000, items: [{ kind: 'funding.payments' }, { kind: 'funding.call', title: '设备更新资金', people: 2, fundsFen: 80_000_000, ways: ['close', 'run_off'] }] });
    await settle(`funding.payments/${callId}/0`, 'pay_out');
    await settle(`funding.call/${open}/0`, 'run_off');
    await get(PrepareAbolition).run(drafter(), caseId, preparation({ opinionsGround: 'fulfilled' }), (await now()).matter.rowVersion);
    await get(ReviewAbolition).run(stage.department.people.legal_reviewer, caseId, { outcome: 'passed', opinion: '合法' }, (await now()).matter.rowVersion);
    // It said that nobody's rights rest on it.
    expect((await refused(decide())).details.gates).toEqual([expect.objectContaining({ gate: 'ledger.opinions_stated', key: 'abolition:gate.rightsConcerned', params: { people: 2 }, article: '《优化营商环境条例》第六十二条' })]);
    await get(PrepareAbolition).run(drafter(), caseId, preparation(), (await now()).matter.rowVersion);
    await get(ReviewAbolition).run(stage.department.people.legal_reviewer, caseId, { outcome: 'passed', opinion: '合法' }, (await now()).matter.rowVersion);

    // The call moves on before the decision: what was settled about its time of applying says nothing about the applications that are in.
    stage.at(TIMES.closed);
    await get(CloseCall).run(stage.manager, open);
    expect((await refused(decide())).details.gates).toEqual([expect.objectContaining({ gate: 'ledger.dependents_settled', key: 'abolition:gate.unsettled.funding.applications', params: { title: '设备更新资金' }, article: '《优化营商环境条例》第三十一条' })]);
    await settle(`funding.applications/${open}/0`, 'run_off');
  });

  it('goes on with what was begun, and takes an open call\'s time away on the day', async () => {
    stage.at('2026-03-25T09:00:00+08:00');
    const [row] = await stage.sql<{ id: string }>('SELECT id FROM fund_programme WHERE city_id = $1 LIMIT 1', [stage.city.id]);
    const create = async (title: string): Promise<string> => (await get(CreateCall).run(stage.manager, row!.id, {
      title, guide: '', budgetFen: 60_000_000, perAwardMaxFen: 60_000_000, opensAt: new Date('2026-03-25T09:00:00+08:00'), closesAt: new Date('2026-06-30T18:00:00+08:00'), answerBy: '2026-09-30', conditions: [],
      criteria: [{ key: 'k1', label: '创新性', weight: 100 }], expertsNeeded: 3,
    })).id;
    const [late, draft] = [await create('研发投入补助'), await create('从未开放的补助')];
    await get(OpenCall).run(stage.manager, late);
    const [first, second] = stage.city.enterprises;
    await stage.submit(late, first);
    const written = await get(SaveApplication).run(second, late, DATA);
    await settle(`funding.call/${late}/0`, 'close');
    await decide();
    // A call that was prepared and not opened can no longer be; the rest of the promise stands.
    expect((await refused(get(OpenCall).run(stage.manager, draft))).key).toBe('funding:error.policyNotPublished');
    await react();
    await react();
    const call = async () => (await stage.sql<{ state: string; ends: string | null; closes: string }>(
      `SELECT state, to_char(intake_ends_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS ends, to_char(closes_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS closes FROM funding_call WHERE city_id = $1 AND id = $2`, [stage.city.id, late]))[0];
    expect(await call()).toEqual({ state: 'open', ends: '2026-05-01 00:00', closes: '2026-06-30 18:00' });
    stage.at('2026-04-30T23:59:59+08:00');
    expect(await get(CloseCall).runDue(stage.city.id)).toBe(0);
    await get(SaveApplication).run(second, late, DATA);
    stage.at('2026-05-01T00:00:00+08:00');
    expect((await refused(get(SubmitApplication).run(second, written.id))).key).toBe('funding:error.notTaking');
    expect(await get(CloseCall).runDue(stage.city.id)).toBe(1);
    expect(await call()).toMatchObject({ state: 'closed' });
    // Who applied in time is judged and paid under the policy that held.
    const [application] = await stage.sql<{ id: string }>(`SELECT id FROM fund_application WHERE city_id = $1 AND call_id = $2 AND state = 'submitted'`, [stage.city.id, late]);
    await stage.accept(application!.id);
    const [award] = await stage.sql<{ id: string }>('SELECT id FROM fund_award WHERE city_id = $1', [stage.city.id]);
    await get(PayAward).run(stage.finance, award!.id, { instalment: 2, amountFen: 30_000_000, voucher: 'V-2' });
    expect((await now()).work?.over.map(({ kind }) => kind).sort()).toEqual(['funding.call', 'funding.call', 'funding.payments']);
    const verdict = await stage.test.unitOfWork.run(systemActor(stage.city.id), verifyCity);
    expect(verdict.firstFault).toBeNull();
  });
});
