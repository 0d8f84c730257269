import { DueRegistry, EvaluationSources, readDeadlines } from '@core/policy';
import {
  AdaptIndicators, Assessors, campaignDesk, campaignProposals, listAssessments, OpenCampaign, OpenReport, readOwnSheet, RunCampaign, SaveReport, SaveSheet, staffCampaignReport,
} from '@domains/evaluation';
import { type Actor, type DomainError, newId } from '@platform/kernel';
import { listNotifications } from '@platform/notify';
import { type EvaluationRound, openEvaluationRound, sheetOf } from '../../support/evaluation-round';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);
const ARTICLE = '《重大行政决策程序暂行条例》第三十六条';

let round: EvaluationRound;
beforeAll(async () => { round = await openEvaluationRound(); });
afterAll(() => round.close());

const deskOf = (id: string, by: Actor = round.leader) => round.unitOfWork.run(by, (tx) => campaignDesk(tx, id));
const assign = (id: string, side: Parameters<Assessors['assign']>[2], person: Actor, by: Actor = round.leader) => round.get(Assessors).assign(by, id, side, person.accountId as string);

describe('opening a campaign', () => {
  it('takes published policies of the own department, each in one evaluation at a time', async () => {
    const policyId = await round.publishedPolicy();
    expect((await refused(round.open([policyId], round.drafter))).problem).toBe('forbidden');
    expect((await refused(round.open([policyId], await round.person('别处的评估人', ['evaluator'], round.other)))).problem).toBe('not_found');
    const wrong = { title: ' ', trigger: 'decision' as const, reason: '', periodFrom: '2026-02-30', periodTo: '2026-03-03', policyIds: [] };
    expect((await refused(round.get(OpenCampaign).run(round.leader, wrong))).details.fields?.map(({ field }) => field)).toEqual(['title', 'reason', 'periodFrom', 'policyIds']);
    const both = await Promise.allSettled([round.open([policyId]), round.open([policyId])]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refused(round.open([policyId]))).key).toBe('evaluation:error.alreadyOpen');
    expect((await refused(round.get(OpenReport).run(round.leader, policyId, { periodFrom: '2026-01-01', periodTo: '2026-02-01' }))).key).toBe('appraisal:error.alreadyScored');
    const rubbish = await Promise.all([[newId()], ['x'], [policyId, "'; DROP TABLE policy; --"]].map((ids) => refused(round.open(ids))));
    expect(rubbish.map(({ problem }) => problem)).toEqual(['not_found', 'not_found', 'not_found']);
  });

  it('is not led by whoever drafted the policy or assessed it before the decision', async () => {
    const policyId = await round.publishedPolicy();
    const both = await round.person('起草又评估', ['evaluator']);
    await round.sql('INSERT INTO policy_drafter (city_id, policy_id, account_id, tenant_id, since) VALUES ($1, $2, $3, $4, $5)', [round.cityId, policyId, both.accountId, round.drafting, new Date('2026-01-02')]);
    const error = await refused(round.open([policyId], both));
    expect([error.problem, error.key, error.details.article]).toEqual(['forbidden', 'appraisal:error.obstacle.drafted', ARTICLE]);
  });

  it('begins with a copy of the library, which is adapted until people are asked', async () => {
    const id = await round.open([await round.publishedPolicy()]);
    const { campaign } = await deskOf(id);
    expect([campaign.library, campaign.indicators.reduce((sum, { weight }) => sum + weight, 0)]).toEqual(['normative_document@1', 100]);
    const [first, ...rest] = campaign.indicators;
    const input = { rowVersion: 1, indicators: [{ ...first!, weight: 10 }, ...rest.slice(0, -1), { ...rest.at(-1)!, weight: 35 }], sideWeights: campaign.sideWeights };
    const adapt = (more: object, by = round.leader) => round.get(AdaptIndicators).run(by, id, { ...input, ...more });
    expect((await refused(adapt({ indicators: [first!] }))).key).toBe('appraisal:error.weightSum');
    expect((await refused(adapt({}, await round.person('另一评估人', ['evaluator'])))).key).toBe('appraisal:error.notLeader');
    const twice = await Promise.allSettled([adapt({}), adapt({})]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await round.start(id);
    expect((await refused(adapt({ rowVersion: 3 }))).key).toBe('appraisal:error.indicatorsStand');
  });
});

describe('the sides', () => {
  it('are spoken for by people who are independent, and the refusal names the article', async () => {
    const policyId = await round.publishedPolicy();
    const id = await round.open([policyId]);
    const inside = await round.person('经办', ['fund_manager']);
    const expert = await round.outsider('expert', '论证专家');
    await round.sql(`INSERT INTO docket (city_id, id, tenant_id, policy_id, version_id, text_hash, kind, opened_at, opened_by, due_article)
      SELECT $1, $2, tenant_id, policy_id, id, text_hash, 'expert_argument', submitted_at, created_by, '第十九条' FROM policy_version WHERE city_id = $1 AND policy_id = $3`, [round.cityId, expert.accountId, policyId]);
    await round.sql(`INSERT INTO docket_expert (city_id, id, tenant_id, policy_id, docket_id, version_id, account_id, named_by, named_at, interest, declared_at, view, opinion, text_hash, signed_at)
      SELECT $1, $2, tenant_id, policy_id, id, version_id, $2, opened_by, opened_at, 'none', opened_at, 'feasible', '可行', text_hash, opened_at FROM docket WHERE city_id = $1 AND id = $2`, [round.cityId, expert.accountId]);
    const cases: [Parameters<Assessors['assign']>[2], Actor, string][] = [
      ['department', round.drafter, 'drafted'], ['authority', inside, 'insider'], ['expert', expert, 'assessedBefore'], ['department', round.leader, 'leads'],
      ['enterprises', round.sides.public, 'wrongKind'], ['department', round.sides.authority, 'outsider'], ['public', inside, 'insider'],
    ];
    for (const [side, person, obstacle] of cases) {
      const error = await refused(assign(id, side, person));
      expect([obstacle, error.key]).toEqual([obstacle, `appraisal:error.obstacle.${obstacle}`]);
      const legal = !['wrongKind', 'outsider'].includes(obstacle);
      expect([error.problem, error.details.article]).toEqual(legal ? ['forbidden', ARTICLE] : ['invalid', undefined]);
    }
    await assign(id, 'department', inside);
    expect((await refused(assign(id, 'department', inside))).key).toBe('appraisal:error.assignedAlready');
    expect((await refused(assign(id, 'expert', { ...expert, accountId: newId() }))).problem).toBe('not_found');
    const empty = await refused(round.get(RunCampaign).start(round.leader, id, '2026-03-31'));
    expect(empty.details.fields?.map(({ key }) => key.split('.').at(-1))).toEqual(['authority', 'enterprises', 'public', 'expert']);
  });

  it('learn that they are asked, once, and see what they owe', async () => {
    const policyId = await round.publishedPolicy();
    const id = await round.open([policyId]);
    expect(await round.unitOfWork.run(round.sides.expert, listAssessments)).not.toEqual(expect.arrayContaining([expect.objectContaining({ campaignId: id })]));
    await round.start(id);
    await round.react();
    await round.react();
    for (const person of Object.values(round.sides)) {
      const told = (await round.unitOfWork.run(person, (tx) => listNotifications(tx))).filter(({ messageKey }) => messageKey === 'appraisal:notice.asked');
      const asked = await round.sql('SELECT 1 FROM evaluation_assessor a JOIN evaluation_campaign c ON c.city_id = a.city_id AND c.id = a.campaign_id WHERE a.city_id = $1 AND a.account_id = $2 AND c.started_at IS NOT NULL', [round.cityId, person.accountId]);
      expect([told.length, told.length > 0]).toEqual([asked.length, true]);
    }
    expect(await round.unitOfWork.run(round.sides.expert, listAssessments)).toEqual(expect.arrayContaining([expect.objectContaining({ campaignId: id, policyId, side: 'expert', sheetState: null })]));
    const due = await round.unitOfWork.run(round.sides.department, (tx) => readDeadlines(tx, round.get(DueRegistry), { scope: 'me' }));
    expect(due.items).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'evaluation.score', dueOn: '2026-03-31' })]));
  });
});

describe('marks', () => {
  it('are given once by whoever was asked, on the scale, with reasons', async () => {
    const policyId = await round.publishedPolicy();
    const id = await round.open([policyId]);
    await round.start(id);
    const save = (input: Parameters<SaveSheet['run']>[3], by: Actor = round.sides.enterprises, policy = policyId) => round.get(SaveSheet).run(by, id, policy, input);
    const known = { reasonable: { score: 6, note: '公平' }, workable: { score: 4, note: '材料多' }, known: { score: null, note: '没有看到宣传' }, effective: { score: 7, note: '有用' } };
    for (const score of [11, -1, 6.5, Number.NaN]) expect((await refused(save(sheetOf({ ...known, reasonable: { score, note: '公平' } })))).key).toBe('appraisal:error.markRange');
    expect((await refused(save(sheetOf({ ...known, lawful: { score: 5, note: '没有问' } })))).key).toBe('appraisal:error.notAsked');
    expect((await refused(save(sheetOf({ ...known, known: { score: null, note: '' } })))).key).toBe('appraisal:error.unknownReason');
    expect((await refused(save(sheetOf(known, { basis: 'survey', surveyTitle: '问卷', surveyAsked: 10, surveyAnswered: 11 })))).details.fields?.[0]?.field).toBe('surveyAnswered');
    expect((await refused(save(sheetOf(known), round.leader))).problem).toBe('not_found');
    expect((await refused(save(sheetOf(known), round.sides.enterprises, await round.publishedPolicy()))).problem).toBe('not_found');
    expect((await refused(save(sheetOf(known), await round.outsider('enterprise', '乙公司')))).problem).toBe('not_found');

    const first = await Promise.allSettled([save(sheetOf(known, { submit: false })), save(sheetOf(known, { submit: false }))]);
    expect(first.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await save(sheetOf(known, { rowVersion: 1, basis: 'survey', surveyTitle: '企业问卷', surveyAsked: 120, surveyAnswered: 96 }));
    expect(await round.unitOfWork.run(round.sides.enterprises, (tx) => readOwnSheet(tx, id, policyId))).toMatchObject({ sheetState: 'submitted', basis: 'survey', surveyAnswered: 96 });
    expect((await refused(save(sheetOf(known, { rowVersion: 2 })))).key).toBe('appraisal:error.marksStand');
    await expect(round.sql(`UPDATE evaluation_sheet SET remark = 'x' WHERE city_id = $1 AND campaign_id = $2`, [round.cityId, id])).rejects.toThrow('stand');
    const [{ id: assessorId } = { id: '' }] = (await deskOf(id)).assessors.filter(({ side }) => side === 'enterprises');
    expect((await refused(round.get(Assessors).remove(round.leader, id, assessorId))).key).toBe('appraisal:error.hasScored');
    // An outsider sees his own sheet and nobody else's.
    expect(await round.unitOfWork.run(round.sides.public, (tx) => tx.query('SELECT 1 FROM evaluation_sheet WHERE city_id = $1 AND campaign_id = $2', [round.cityId, id]))).toEqual([]);
  });

  it('are in before the close or refused after it, and what is missing stays missing', async () => {
    const policyId = await round.publishedPolicy();
    const id = await round.open([policyId]);
    await round.start(id);
    expect((await refused(round.get(RunCampaign).close(round.leader, id))).key).toBe('appraisal:error.nothingHandedIn');
    await round.score(id, policyId, { department: 9, authority: 8 });
    const race = await Promise.allSettled([round.score(id, policyId, { expert: 5 }), round.get(RunCampaign).close(round.leader, id), round.get(RunCampaign).close(round.leader, id)]);
    expect(race.slice(1).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const inTime = race[0]?.status === 'fulfilled';
    const { policies, state } = await deskOf(id);
    expect(state).toBe('reporting');
    const report = await round.unitOfWork.run(round.leader, (tx) => staffCampaignReport(tx, policies[0]?.reportId ?? ''));
    const side = (name: string) => report.scores.sides.find((one) => one.side === name);
    expect([side('department')?.score, side('authority')?.score, side('enterprises')?.score, side('public')?.score]).toEqual([90, 80, null, null]);
    expect(side('expert')?.score ?? null).toBe(inTime ? 50 : null);
    expect(report.scores.covered).toBe(inTime ? 55 : 40);
    expect(report.scores.total).toBeCloseTo(inTime ? (90 * 20 + 80 * 20 + 50 * 15) / 55 : 85, 9);
    expect((await refused(round.score(id, policyId, { public: 5 }))).key).toBe('appraisal:error.notScoring');
    expect(report.evidence.sources.map(({ source }) => source)).toEqual(['consultation', 'course', 'funding', 'interpretation']);
    // Nobody was asked and no call was open: unknown, not nought.
    const figure = (source: string, key: string) => report.evidence.sources.find((one) => one.source === source)?.figures.find((one) => one.key === key)?.value;
    expect([figure('consultation', 'received'), figure('funding', 'paidFen'), figure('funding', 'calls'), figure('interpretation', 'explained')]).toEqual([null, null, 0, 0]);
    expect((await refused(round.get(SaveReport).run(round.leader, report.id, { summary: '', conclusion: null, reason: '', nextReviewOn: null, ratings: [], rowVersion: 1, submit: false }))).key).toBe('appraisal:error.writtenElsewhere');
  });
});

describe('proposals', () => {
  it('come from the last day, the cycle and many voices, and cease while an evaluation is under way', async () => {
    const proposalsOf = async (policyId: string) => (await round.unitOfWork.run(round.leader, (tx) => campaignProposals(tx, round.get(EvaluationSources)))).filter((one) => one.policyId === policyId);
    const [ending, old, calm] = [await round.publishedPolicy('将到期'), await round.publishedPolicy('满两年'), await round.publishedPolicy('无事')];
    await round.sql(`UPDATE policy SET effective_to = '2026-08-31' WHERE city_id = $1 AND id = $2`, [round.cityId, ending]);
    await round.sql(`UPDATE policy SET published_at = '2024-05-20T02:00:00Z' WHERE city_id = $1 AND id = $2`, [round.cityId, old]);
    expect((await proposalsOf(ending)).map(({ trigger, dueOn }) => [trigger, dueOn])).toEqual([['expiry', '2026-08-31']]);
    expect((await proposalsOf(old)).map(({ trigger, dueOn }) => [trigger, dueOn])).toEqual([['cycle', '2026-05-20']]);
    expect(await proposalsOf(calm)).toEqual([]);
    const id = await round.open([ending]);
    expect(await proposalsOf(ending)).toEqual([]);
    await round.get(RunCampaign).cancel(round.leader, id, '改为与另一文件一并评估');
    expect(await proposalsOf(ending)).toHaveLength(1);
    expect((await refused(round.get(RunCampaign).cancel(round.leader, id, 'x'))).problem).toBe('conflict');
    expect((await deskOf(id, round.overseer)).state).toBe('cancelled');
    expect((await refused(deskOf(id, await round.person('别处', ['evaluator'], round.other)))).problem).toBe('not_found');
  });
});
