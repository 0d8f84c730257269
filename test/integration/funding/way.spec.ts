import {
  AnswerReroute, CheckApplication, CloseCall, CommitDraw, DeclareConflict, DecideCall, DrawNextExpert, GrantAwards, OfferReroute, PostNotice, PostObjection,
  replays, ResolveObjection, RevealDraw, SaveApplication, SignReview, StartReview, SubmitApplication,
} from '@domains/funding';
import { CONDITIONS, DATA, Stage, TIMES } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
beforeEach(() => stage.at(TIMES.opens));
afterAll(() => stage.close());

const application = async (id: string) => {
  const [row] = await stage.sql<{ state: string; callId: string; tenantId: string; receipt: string; data: unknown; reroutedFrom: string | null }>(
    `SELECT state, call_id AS "callId", tenant_id AS "tenantId", receipt, data, rerouted_from AS "reroutedFrom" FROM fund_application WHERE city_id = $1 AND id = $2`, [stage.city.id, id]);
  return row!;
};
const callState = async (id: string) => (await stage.sql<{ state: string }>('SELECT state FROM funding_call WHERE city_id = $1 AND id = $2', [stage.city.id, id]))[0]!.state;

describe('applying', () => {
  it('is one application of an enterprise in a call, however often it is started at once', async () => {
    const callId = await stage.openCall();
    const ids = await Promise.all(Array.from({ length: 10 }, () => stage.get(SaveApplication).run(stage.city.enterprises[0], callId, DATA)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it('ends at the hour, and a draft is not handed in after it', async () => {
    const callId = await stage.openCall();
    const { id } = await stage.get(SaveApplication).run(stage.city.enterprises[0], callId, DATA);
    await expect(stage.get(CloseCall).run(stage.manager, callId)).rejects.toMatchObject({ key: 'funding:error.notYetClosed' });
    stage.at(TIMES.closes);
    await expect(stage.get(SubmitApplication).run(stage.city.enterprises[0], id)).rejects.toMatchObject({ key: 'funding:error.notTaking' });
    expect(await stage.get(CloseCall).runDue(stage.city.id)).toBeGreaterThan(0);
    expect(await stage.get(CloseCall).runDue(stage.city.id)).toBe(0);
    expect(await callState(callId)).toBe('closed');
  });

  it('sends a condition that nobody knows to a person, and names the clause', async () => {
    const callId = await stage.openCall(100_000_000, CONDITIONS);
    const [one, two] = stage.city.enterprises;
    await stage.sql(`UPDATE enterprise SET facts = '{"revenueYuan": 5}' WHERE city_id = $1 AND id = $2`, [stage.city.id, two.enterpriseId]);
    const [unknown, unmet] = [await stage.submit(callId, one), await stage.submit(callId, two)];
    await expect(stage.accept(unknown)).rejects.toMatchObject({ details: { gates: [{ key: 'funding:gate.conditionUnknown', article: '《示例产业扶持办法》第二条' }] } });
    const evidence = { outcome: 'accepted' as const, findings: '已核对审计报告。', confirmed: [{ index: 0, evidence: '2025年度审计报告第3页' }] };
    await expect(stage.get(CheckApplication).run(stage.manager, unmet, evidence)).rejects.toMatchObject({ details: { gates: [{ key: 'funding:gate.conditionUnmet' }] } });
    await stage.get(CheckApplication).run(stage.manager, unknown, evidence);
    expect((await application(unknown)).state).toBe('accepted');
  });

  it('comes back for correction and is handed in again until the day', async () => {
    const callId = await stage.openCall();
    const [one, two] = stage.city.enterprises;
    const [early, late] = [await stage.submit(callId, one), await stage.submit(callId, two)];
    for (const id of [early, late]) await stage.get(CheckApplication).run(stage.manager, id, { outcome: 'correction', findings: '请补充概要。' });
    // Five working days after Monday 2 March.
    stage.at('2026-03-09T23:59:59+08:00');
    await stage.get(SaveApplication).run(one, callId, { ...DATA, summary: `${DATA.summary}补充说明。` });
    await stage.get(SubmitApplication).run(one, early);
    stage.at('2026-03-10T00:00:00+08:00');
    await expect(stage.get(SubmitApplication).run(two, late)).rejects.toMatchObject({ key: 'funding:error.correctionOver' });
  });

  it('moves to the right call with everything it has', async () => {
    const [wrong, right] = [await stage.openCall(), await stage.openCall(80_000_000, [], '另一示例资金')];
    const [one] = stage.city.enterprises;
    const id = await stage.submit(wrong, one);
    const before = await application(id);
    await stage.get(OfferReroute).run(stage.manager, id, { targetCallId: right, reason: '属于另一方向。' });
    await stage.get(AnswerReroute).run(one, id, true);
    expect(await application(id)).toEqual({ ...before, callId: right, reroutedFrom: wrong });
    const history = await stage.sql<{ what: string }>('SELECT what FROM fund_application_history WHERE city_id = $1 AND application_id = $2 ORDER BY seq', [stage.city.id, id]);
    expect(history.map(({ what }) => what)).toEqual(['started', 'submitted', 'reroute_offered', 'reroute_accepted']);
    await stage.accept(id);
  });
});

describe('the draw', () => {
  it('is committed first, takes its seed once and late, and replays from public rows', async () => {
    const callId = await stage.openCall();
    await stage.accept(await stage.submit(callId, stage.city.enterprises[0]));
    stage.at(TIMES.closed);
    await stage.get(CloseCall).run(stage.manager, callId);
    const source = { seedSource: '示例彩票第2026033期开奖号码' };
    await expect(stage.get(CommitDraw).run(stage.manager, callId, { ...source, seedAvailableAt: new Date(TIMES.closed) })).rejects.toMatchObject({ key: 'funding:error.seedTooSoon' });
    await stage.get(CommitDraw).run(stage.manager, callId, { ...source, seedAvailableAt: new Date(TIMES.seed) });
    await expect(stage.get(CommitDraw).run(stage.manager, callId, { ...source, seedAvailableAt: new Date(TIMES.seed) })).rejects.toMatchObject({ key: 'funding:error.alreadyCommitted' });
    await expect(stage.get(StartReview).run(stage.manager, callId)).rejects.toMatchObject({ key: 'funding:error.notDrawn' });
    await expect(stage.get(RevealDraw).run(stage.manager, callId, '1 2 3')).rejects.toMatchObject({ key: 'funding:error.seedNotYet' });
    await expect(stage.sql(`UPDATE expert_draw SET pool = '[{"no":1}]', needed = 1 WHERE city_id = $1 AND call_id = $2`, [stage.city.id, callId])).rejects.toThrow('signed');
    stage.at(TIMES.seed);
    await stage.get(RevealDraw).run(stage.manager, callId, '3 11 19 / 7');
    await expect(stage.get(RevealDraw).run(stage.manager, callId, '1 2 3')).rejects.toMatchObject({ key: 'funding:error.alreadyRevealed' });
    await expect(stage.sql(`UPDATE expert_draw SET seed = '1' WHERE city_id = $1 AND call_id = $2`, [stage.city.id, callId])).rejects.toThrow('signed');
    const [draw] = await stage.sql<never>(
      `SELECT algorithm, call_id AS "callId", pool, recusals, needed, commitment, seed_source AS "seedSource", seed_available_at AS "seedAvailableAt", seed, seed_key AS "seedKey", selection
       FROM expert_draw WHERE city_id = $1 AND call_id = $2`, [stage.city.id, callId]);
    expect(draw).toMatchObject({ recusals: [{ code: 'ZJ-0001', reason: 'employer' }] });
    expect(replays(draw!, draw!)).toBe(true);
    expect(replays({ ...(draw as unknown as object), needed: 4 } as never, draw!)).toBe(false);
  });

  it('goes on in its order for a conflict and for diverging scores, and for nothing else', async () => {
    const callId = await stage.openCall();
    const id = await stage.submit(callId, stage.city.enterprises[0]);
    await stage.accept(id);
    await stage.toReview(callId);
    const mine = await stage.sql<{ id: string; accountId: string; step: number }>(
      `SELECT id, account_id AS "accountId", step FROM review_assignment WHERE city_id = $1 AND call_id = $2 ORDER BY step`, [stage.city.id, callId]);
    expect(mine.map(({ step }) => step)).toEqual([1, 2, 3]);
    const actorOf = (accountId: string) => stage.experts.find(({ actor }) => actor.accountId === accountId)!.actor;
    await expect(stage.get(DrawNextExpert).run(stage.manager, id)).rejects.toMatchObject({ key: 'funding:error.noNextNeeded' });
    await expect(stage.get(SignReview).run(actorOf(mine[0]!.accountId), mine[0]!.id, { scores: { k1: 1, k2: 1 }, comment: '未声明先评分' })).rejects.toMatchObject({
      key: 'funding:error.declareFirst', details: { article: expect.stringContaining('第九条') },
    });
    await expect(stage.get(DeclareConflict).run(actorOf(mine[1]!.accountId), mine[0]!.id, { conflict: false })).rejects.toMatchObject({ problem: 'not_found' });
    await stage.get(DeclareConflict).run(actorOf(mine[0]!.accountId), mine[0]!.id, { conflict: true, reason: '近三年内曾任顾问' });
    expect(await stage.get(DrawNextExpert).run(stage.manager, id)).toEqual({ step: 4 });
    for (const [assignment, points] of [[mine[1]!, 40], [mine[2]!, 90]] as const) {
      await stage.get(DeclareConflict).run(actorOf(assignment.accountId), assignment.id, { conflict: false });
      await stage.get(SignReview).run(actorOf(assignment.accountId), assignment.id, { scores: { k1: points, k2: points }, comment: '意见如上。' });
    }
    await stage.score(callId, 80);
    await expect(stage.decide(callId, { [id]: 1000 })).rejects.toMatchObject({ key: 'funding:error.reviewNeeds.divergence' });
    expect(await stage.get(DrawNextExpert).run(stage.manager, id)).toEqual({ step: 5 });
    await stage.score(callId, 84);
    await stage.decide(callId, { [id]: 1000 });
    const [decision] = await stage.sql<{ score: string }>('SELECT score FROM fund_decision WHERE city_id = $1 AND call_id = $2', [stage.city.id, callId]);
    expect(decision!.score).toBe('82.00');
  });
});

describe('who sees what', () => {
  it('shows an expert the blinded copy and nothing of the enterprise', async () => {
    const callId = await stage.openCall();
    const [one] = stage.city.enterprises;
    const [{ name, code }] = await stage.sql<{ name: string; code: string }>('SELECT name, credit_code AS code FROM enterprise WHERE city_id = $1 AND id = $2', [stage.city.id, one.enterpriseId]) as [{ name: string; code: string }];
    await stage.accept(await stage.submit(callId, one, { ...DATA, title: `${name}产线`, summary: `${name}（${code}）申请建设示例产线，内容全部虚构。` }));
    await stage.toReview(callId);
    for (const { actor } of stage.experts) {
      const seen = [
        ...(await stage.sql('SELECT * FROM review_assignment WHERE city_id = $1', [stage.city.id], actor)),
        ...(await stage.sql('SELECT * FROM enterprise WHERE city_id = $1', [stage.city.id], actor)),
        ...(await stage.sql('SELECT * FROM fund_application WHERE city_id = $1', [stage.city.id], actor)),
        ...(await stage.sql('SELECT * FROM fund_application_history WHERE city_id = $1', [stage.city.id], actor)),
        ...(await stage.sql('SELECT * FROM completeness_check WHERE city_id = $1', [stage.city.id], actor)),
        ...(await stage.sql('SELECT * FROM expert_draw WHERE city_id = $1', [stage.city.id], actor)),
      ] as { account_id?: string; call_id?: string }[];
      expect(JSON.stringify(seen)).not.toContain(code);
      expect(JSON.stringify(seen)).not.toContain(name);
      expect(seen.every((row) => row.account_id === undefined || row.account_id === actor.accountId)).toBe(true);
    }
  });

  it('hides an application from other enterprises, a draft from the department, and states only the department gives from the applicant', async () => {
    const callId = await stage.openCall();
    const [one, two] = stage.city.enterprises;
    const { id } = await stage.get(SaveApplication).run(one, callId, DATA);
    const count = async (actor: Parameters<Stage['sql']>[2]) => (await stage.sql('SELECT 1 FROM fund_application WHERE city_id = $1 AND id = $2', [stage.city.id, id], actor)).length;
    expect([await count(one), await count(two), await count(stage.manager), await count(stage.city.resident)]).toEqual([1, 0, 0, 0]);
    await stage.get(SubmitApplication).run(one, id);
    expect([await count(two), await count(stage.manager), await count(stage.city.departments[1].people.fund_manager)]).toEqual([0, 1, 0]);
    await expect(stage.get(SubmitApplication).run(two, id)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(stage.sql(`UPDATE fund_application SET state = 'granted' WHERE city_id = $1 AND id = $2`, [stage.city.id, id], one)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(stage.get(CheckApplication).run(stage.city.departments[1].people.fund_manager, id, { outcome: 'rejected', findings: 'x' })).rejects.toMatchObject({ problem: 'not_found' });
  });
});

describe('deciding, notice, award', () => {
  const reviewed = async () => {
    const callId = await stage.openCall();
    const [a, b] = [await stage.submit(callId, stage.city.enterprises[0]), await stage.submit(callId, stage.city.enterprises[1])];
    for (const id of [a, b]) await stage.accept(id);
    await stage.toReview(callId);
    await stage.score(callId);
    return { callId, a, b };
  };

  it('keeps checking, deciding, answering and paying apart, and the notice in between', async () => {
    const { callId, a, b } = await reviewed();
    await expect(stage.get(DecideCall).run({ ...stage.manager, roles: ['fund_manager', 'department_head'] }, callId, [])).rejects.toMatchObject({ key: 'funding:error.checkerDecides' });
    await expect(stage.decide(callId, { [a]: 60_000_000, [b]: 1 })).rejects.toMatchObject({ key: 'funding:error.ruling.overAsked' });
    await expect(stage.decide(callId, { [a]: 1 })).rejects.toMatchObject({ key: 'funding:error.ruling.incomplete' });
    await stage.decide(callId, { [a]: 50_000_000, [b]: 40_000_000 });
    const [hidden] = await stage.sql<{ state: string }>('SELECT state FROM fund_application WHERE city_id = $1 AND id = $2', [stage.city.id, a], stage.city.enterprises[0]);
    expect(hidden!.state).toBe('accepted');
    expect(await stage.get(PostNotice).run(stage.manager, callId)).toEqual({ endsOn: '2026-04-03' });
    await expect(stage.get(GrantAwards).run(stage.head, callId)).rejects.toMatchObject({ key: 'funding:error.noticeRunning', details: { article: expect.stringContaining('公示') } });
    const decisions = await stage.sql<{ id: string; applicationId: string }>('SELECT id, application_id AS "applicationId" FROM fund_decision WHERE city_id = $1 AND call_id = $2', [stage.city.id, callId]);
    const { id } = await stage.get(PostObjection).run(stage.city.resident, callId, { decisionId: decisions.find(({ applicationId }) => applicationId === b)!.id, text: '该项目此前已获同类资金支持。' });
    stage.at(TIMES.noticeOver);
    await expect(stage.get(PostObjection).run(stage.city.resident, callId, { text: '公示期已过的异议一条。' })).rejects.toMatchObject({ key: 'funding:error.noNotice' });
    await expect(stage.get(GrantAwards).run(stage.head, callId)).rejects.toMatchObject({ key: 'funding:error.objectionsOpen' });
    await expect(stage.get(ResolveObjection).run(stage.head, id, { upheld: false, answer: '不成立' })).rejects.toMatchObject({ key: 'funding:error.deciderAnswers' });
    await stage.get(ResolveObjection).run(stage.manager, id, { upheld: true, answer: '经查属实，取消该项目。' });
    expect(await stage.get(GrantAwards).run(stage.head, callId)).toEqual({ awards: 1 });
    expect([(await application(a)).state, (await application(b)).state]).toEqual(['granted', 'refused']);
  });
});
