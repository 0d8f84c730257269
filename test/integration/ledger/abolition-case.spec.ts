import { LifeCycle, policies } from '@core/policy';
import { RunCampaign, campaignDesk } from '@domains/evaluation';
import { abolitionChoices, abolitionNotices, DecideAbolition, OpenAbolition, PrepareAbolition, readAbolitionNotice, ReviewAbolition, SettleDependents } from '@domains/ledger';
import { type Actor, type DomainError, newId } from '@platform/kernel';
import { listNotifications } from '@platform/notify';
import { PublicReader } from '@platform/persistence';
import { type EvaluationRound, openEvaluationRound } from '../../support/evaluation-round';
import { insertPolicy, insertVersion } from '../../support/policies';
import { caseOf, preparation, readyAbolition } from '../../support/ready-abolition';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

let round: EvaluationRound;
let reviewer: Actor;
beforeAll(async () => {
  round = await openEvaluationRound();
  reviewer = await round.person('审核人', ['legal_reviewer']);
});
afterAll(() => round.close());

const get = <T>(type: new (...args: never[]) => T): T => round.get(type as never);
const decision = { decision: 'abolish' as const, reason: '目的已经实现', noticeText: '', effectOn: '2026-05-01' };
const decide = (caseId: string, by = round.head, input: Partial<typeof decision> = {}) => get(DecideAbolition).run(by, caseId, { ...decision, ...input });
const open = (policyId: string, by = round.drafter) => get(OpenAbolition).run(by, policyId, '目的已经实现');
const prepare = (caseId: string, changes: Parameters<typeof preparation>[0] = {}, rowVersion = 1, by = round.drafter) => get(PrepareAbolition).run(by, caseId, preparation(changes), rowVersion);
const settle = (caseId: string, items: string[], way: string, by = round.drafter, reason = '按过渡安排。') => get(SettleDependents).run(by, caseId, { items, way, reason });
const home = (tenantId = round.drafting) => ({ cityId: round.cityId, tenantId, keeperId: round.head.accountId as string });
const link = (policyId: string, targetId: string, kind: 'amends' | 'implements', tenantId = round.drafting) => round.sql(
  'INSERT INTO policy_link (city_id, id, tenant_id, policy_id, kind, target_id) VALUES ($1, $2, $3, $4, $5, $6)', [round.cityId, newId(), tenantId, policyId, kind, targetId]);
const released = (policyId: string, title: string) => round.sql(
  `INSERT INTO interpretation_material (city_id, id, tenant_id, policy_id, kind, title, body, clause_identities, state, author_id, written_at, approved_by, approved_at, text_hash, released_at)
   VALUES ($1, $2, $3, $4, 'text', $5, '正文', '{a1}', 'released', $6, $8, $7, $8, 'h', $8)`, [round.cityId, newId(), round.drafting, policyId, title, round.drafter.accountId, round.head.accountId, round.clock.now()]);
const stateOf = async (policyId: string) => (await round.sql<{ state: string }>('SELECT state FROM policy WHERE city_id = $1 AND id = $2', [round.cityId, policyId]))[0]?.state;

describe('what hangs on a policy', () => {
  it('is told by every room, settled in the way that was chosen, and that is really done, once', async () => {
    const policyId = await round.publishedPolicy('技术改造扶持办法');
    await released(policyId, '一图读懂');
    // A draft that would amend it, under consultation; another that is to go on; two policies that rest on it, one of another department; a campaign.
    const [withdrawn, kept] = [await insertPolicy(round.unitOfWork, home(), { state: 'consulting', title: '修订稿甲' }), await insertPolicy(round.unitOfWork, home(), { state: 'drafting', title: '修订稿乙' })];
    await insertVersion(round.unitOfWork, home(), withdrawn, ['补助百分之八。'], round.drafter.accountId as string);
    const [version] = await round.sql<{ id: string }>('SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2', [round.cityId, withdrawn]);
    await round.sql(
      `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
       VALUES ($1, $2, $3, $4, $5, '修订稿征求意见', '修订', 'open', '2026-03-01T00:00:00Z', '2026-04-20T00:00:00Z', '{}', $6, $7)`,
      [round.cityId, newId(), round.drafting, withdrawn, version?.id, round.drafter.accountId, 'a'.repeat(64)]);
    const [resting, foreign, amending] = [await insertPolicy(round.unitOfWork, home(), { state: 'published', title: '实施细则' }), await insertPolicy(round.unitOfWork, home(round.other), { state: 'published', title: '配套办法' }),
      await insertPolicy(round.unitOfWork, home(), { state: 'published', title: '修改决定' })];
    for (const id of [withdrawn, kept, amending]) await link(id, policyId, 'amends');
    await link(resting, policyId, 'implements');
    await link(foreign, policyId, 'implements', round.other);
    await round.sql(
      `INSERT INTO plan_item (city_id, id, tenant_id, year, kind, title, source, target_policy_id, state, proposed_by, proposed_at) VALUES ($1, $2, $3, 2027, 'revise', '修订技改办法', 'department', $4, 'proposed', $5, $6)`,
      [round.cityId, newId(), round.drafting, policyId, round.drafter.accountId, round.clock.now()]);
    const second = await round.publishedPolicy('另一份政策');
    const campaignId = await round.open([policyId, second]);
    await round.start(campaignId);

    const caseId = await open(policyId);
    const { work } = await caseOf(get, round.drafter, policyId);
    expect(work?.items.map(({ kind, title, ways }) => `${kind} ${title} ${ways.join()}`).sort()).toEqual([
      'consultation.revision 修订稿征求意见 with_revision', 'drafting.plan_item 修订技改办法 go_on', 'drafting.revision 修订稿乙 withdraw,go_on', 'drafting.revision 修订稿甲 withdraw,go_on',
      'evaluation.campaign 2026年度政策评估 stop,finish', 'interpretation.material 一图读懂 end', 'ledger.policy 修改决定 abolish,keep', 'ledger.policy 实施细则 abolish,keep', 'ledger.policy 配套办法 tell,keep',
    ]);
    await prepare(caseId);
    await get(ReviewAbolition).run(reviewer, caseId, { outcome: 'passed', opinion: '合法' }, 2);
    const gates = (await refused(decide(caseId))).details.gates ?? [];
    expect(gates).toHaveLength(9);
    expect(gates.every(({ article }) => article !== '')).toBe(true);
    const item = (kind: string, title: string): string => `${kind}/${work?.items.find((one) => one.kind === kind && one.title === title)?.id}/0`;
    await settle(caseId, [item('drafting.revision', '修订稿甲')], 'withdraw');
    await settle(caseId, [item('drafting.revision', '修订稿乙'), item('drafting.plan_item', '修订技改办法')], 'go_on');
    await settle(caseId, [item('consultation.revision', '修订稿征求意见')], 'with_revision');
    await settle(caseId, [item('evaluation.campaign', '2026年度政策评估')], 'stop');
    await settle(caseId, [item('interpretation.material', '一图读懂')], 'end');
    await settle(caseId, [item('ledger.policy', '实施细则')], 'abolish', round.drafter, '上位文件已经废止。');
    await settle(caseId, [item('ledger.policy', '配套办法')], 'tell');
    expect((await refused(decide(caseId))).details.gates).toMatchObject([{ params: { title: '修改决定' } }]);
    await settle(caseId, [item('ledger.policy', '修改决定')], 'keep');
    // Nothing is done before the decision.
    expect([await stateOf(withdrawn), await stateOf(policyId)]).toEqual(['consulting', 'published']);
    await decide(caseId);
    await round.react();
    await round.sql(`UPDATE outbox SET done_at = NULL WHERE city_id = $1 AND type = 'policy.dependent_settled.v1'`, [round.cityId]);
    await round.react();

    expect([await stateOf(policyId), await stateOf(withdrawn), await stateOf(kept), await stateOf(amending)]).toEqual(['abolished', 'withdrawn', 'drafting', 'published']);
    expect(await round.sql('SELECT state FROM consultation WHERE city_id = $1 AND policy_id = $2', [round.cityId, withdrawn])).toEqual([{ state: 'closed' }]);
    const desk = await round.unitOfWork.run(round.leader, (tx) => campaignDesk(tx, campaignId));
    expect(desk.campaign.state).toBe('scoring');
    await round.score(campaignId, second, { department: 9, authority: 8, enterprises: 6, public: 5, expert: 7 });
    expect((await refused(round.score(campaignId, policyId, { department: 9 }))).problem).toBe('not_found');
    await get(RunCampaign).close(round.leader, campaignId);
    expect(await round.sql('SELECT policy_id AS id FROM evaluation_report WHERE city_id = $1 AND campaign_id = $2', [round.cityId, campaignId])).toEqual([{ id: second }]);
    expect((await caseOf(get, round.drafter, resting)).matter).toMatchObject({ source: 'dependent', reason: '上位文件已经废止。', decision: null });
    expect(await round.sql('SELECT 1 FROM abolition_case WHERE city_id = $1 AND policy_id = $2', [round.cityId, resting])).toHaveLength(1);
    const told = (await round.unitOfWork.run(round.head, (tx) => listNotifications(tx))).filter(({ messageKey }) => messageKey === 'abolition:told');
    expect(told).toMatchObject([{ href: `/console/policies/${foreign}`, params: { title: '技术改造扶持办法', own: '配套办法' } }]);
  });

  it('ends a campaign that judges nothing any more', async () => {
    const policyId = await round.publishedPolicy('单独评估的办法');
    const campaignId = await round.open([policyId]);
    const caseId = await open(policyId);
    await readyAbolition(get, { drafter: round.drafter, reviewer }, policyId);
    await decide(caseId);
    await round.react();
    expect((await round.unitOfWork.run(round.leader, (tx) => campaignDesk(tx, campaignId))).campaign.state).toBe('cancelled');
  });
});

describe('a case', () => {
  it('is prepared, reviewed and decided by three hands, each over what stands', async () => {
    const policyId = await round.publishedPolicy();
    const caseId = await open(policyId);
    const review = (by: Actor, seen: number, outcome: 'passed' | 'returned' = 'passed') => get(ReviewAbolition).run(by, caseId, { outcome, opinion: '合法' }, seen);
    expect((await refused(review(reviewer, 1))).key).toBe('abolition:error.notPrepared');
    const both: Actor = { ...round.drafter, roles: ['drafter', 'legal_reviewer', 'department_head'] };
    await prepare(caseId, {}, 1, both);
    expect((await refused(review(both, 2))).key).toBe('abolition:error.ownPreparation');
    expect((await refused(review(round.drafter, 2))).problem).toBe('forbidden');
    expect((await refused(decide(caseId, both))).key).toBe('ledger:error.ownCase');
    await review(reviewer, 2, 'returned');
    expect((await refused(decide(caseId))).details.gates).toMatchObject([{ key: 'abolition:gate.reviewReturned', article: '国办发〔2018〕115号' }]);
    expect((await refused(review(reviewer, 3))).key).toBe('abolition:error.alreadyReviewed');
    await prepare(caseId, { transition: '' }, 3);
    // The review was of another case than this.
    expect((await refused(review(reviewer, 3))).key).toBe('common:error.changedMeanwhile');
    const signed = await Promise.allSettled([review(reviewer, 4), review(await round.person('另一审核人', ['legal_reviewer']), 4)]);
    expect(signed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refused(prepare(caseId, {}, 4))).key).toBe('common:error.changedMeanwhile');
    const heads = [round.head, await round.person('另一负责人', ['department_head'])];
    const decided = await Promise.allSettled([...heads, ...heads].map((by) => decide(caseId, by)));
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect((await refused(prepare(caseId, {}, 6))).key).toBe('ledger:error.alreadyDecided');
    expect((await refused(settle(caseId, [`ledger.policy/${newId()}/0`], 'keep'))).key).toBe('ledger:error.alreadyDecided');
  });

  it('settles a thing once for two who see the same, and again only for who has seen the first', async () => {
    const policyId = await round.publishedPolicy();
    await released(policyId, '文字解读');
    const campaignId = await round.open([policyId]);
    const caseId = await open(policyId);
    const one = `evaluation.campaign/${campaignId}`;
    const twice = await Promise.allSettled([settle(caseId, [`${one}/0`], 'stop'), settle(caseId, [`${one}/0`], 'finish'), settle(caseId, [`${one}/0`], 'stop')]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await refused(settle(caseId, [`${one}/0`], 'stop'))).key).toBe('common:error.changedMeanwhile');
    await settle(caseId, [`${one}/1`], 'finish', round.leader, '总结经验。');
    const { work } = await caseOf(get, round.leader, policyId);
    expect(work?.items.find(({ kind }) => kind === 'evaluation.campaign')).toMatchObject({ seen: 2, settlement: { way: 'finish', reason: '总结经验。', settledBy: '评估人' }, maySettle: true });
    // All or none, and each only whose matter it is.
    const material = work?.items.find(({ kind }) => kind === 'interpretation.material');
    expect(material).toMatchObject({ maySettle: false, settlement: null });
    expect((await refused(settle(caseId, [`${one}/2`, `interpretation.material/${material?.id}/0`], 'end', round.leader))).problem).toBe('invalid');
    expect((await refused(settle(caseId, [`interpretation.material/${material?.id}/0`], 'end', round.leader))).key).toBe('abolition:error.notYours');
    await expect(round.sql(`UPDATE abolition_settlement SET way = 'stop' WHERE city_id = $1`, [round.cityId])).rejects.toThrow(/permission denied|append/);
  });

  it('knows neither another department, nor another city, nor rubbish', async () => {
    const policyId = await round.publishedPolicy();
    await released(policyId, '文字解读');
    const caseId = await open(policyId);
    const stranger = await round.person('外单位', ['drafter', 'legal_reviewer', 'department_head', 'evaluator'], round.other);
    const abroad: Actor = { ...round.drafter, cityId: '990200', roles: ['drafter', 'legal_reviewer', 'department_head'] };
    const [material] = (await caseOf(get, round.drafter, policyId)).work?.items ?? [];
    for (const by of [stranger, abroad]) {
      const attempts = [prepare(caseId, {}, 1, by), settle(caseId, [`interpretation.material/${material?.id}/0`], 'end', by), get(ReviewAbolition).run(by, caseId, { outcome: 'passed', opinion: 'x' }, 1), decide(caseId, by)];
      expect(await Promise.all(attempts.map(async (work) => (await refused(work)).problem))).toEqual(['not_found', 'not_found', 'not_found', 'not_found']);
    }
    const foreign = await insertPolicy(round.unitOfWork, home(round.other), { state: 'published' });
    const draft = await insertPolicy(round.unitOfWork, home(), { state: 'drafting' });
    for (const replacedBy of [policyId, draft, newId(), '1; DROP', 'x']) expect([replacedBy, (await refused(prepare(caseId, { replacedBy }))).key]).toEqual([replacedBy, 'abolition:error.badReplacement']);
    for (const consultationId of [newId(), 'x']) expect((await refused(prepare(caseId, { opinions: 'asked', consultationId }))).details.fields).toEqual([{ field: 'consultationId', key: 'abolition:error.badConsultation' }]);
    await prepare(caseId, { replacedBy: foreign, opinionsGround: 'replaced' });
    for (const items of [[], ['x'], ['a/b/c'], [`interpretation.material/${material?.id}/-1`], [`interpretation.material/${material?.id}/1e9`]]) expect((await refused(settle(caseId, items, 'end'))).problem).toBe('invalid');
    expect((await refused(settle(caseId, [`interpretation.material/${newId()}/0`], 'end'))).key).toBe('abolition:error.itemGone');
    expect((await refused(settle(caseId, [`interpretation.material/${material?.id}/0`], '__proto__'))).key).toBe('abolition:error.wayNeeded');
    expect((await refused(settle(caseId, [`interpretation.material/${material?.id}/0`], 'end', round.drafter, ' '))).details.fields).toEqual([{ field: 'settleReason', key: 'ledger:error.reasonNeeded' }]);
    // A replacement that ends before the day is no replacement on it.
    await round.sql(`UPDATE policy SET effective_to = '2026-04-15' WHERE city_id = $1 AND id = $2`, [round.cityId, foreign]);
    await settle(caseId, [`interpretation.material/${material?.id}/0`], 'end');
    await get(ReviewAbolition).run(reviewer, caseId, { outcome: 'passed', opinion: '合法' }, 2);
    expect((await refused(decide(caseId))).details.fields).toEqual([{ field: 'effectOn', key: 'abolition:error.badReplacement' }]);
    await decide(caseId, round.head, { effectOn: '2026-04-01' });
    expect(await stateOf(policyId)).toBe('abolished');
  });

  it('may name a consultation of the department whose result is published, and no other', async () => {
    const consulted = async (tenantId: string, published: boolean): Promise<string> => {
      const draft = await insertPolicy(round.unitOfWork, home(tenantId), { state: 'drafting', title: '新办法草案' });
      await insertVersion(round.unitOfWork, home(tenantId), draft, ['正文'], round.drafter.accountId as string);
      const [version] = await round.sql<{ id: string }>('SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2', [round.cityId, draft]);
      const id = newId();
      await round.sql(
        `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt) VALUES ($1, $2, $3, $4, $5, '意见', '新办法', 'open', $6, '2026-04-20T00:00:00Z', '{}', $7, $8)`,
        [round.cityId, id, tenantId, draft, version?.id, round.clock.now(), round.drafter.accountId, 'b'.repeat(64)]);
      if (published) {
        await round.unitOfWork.run({ ...round.head, tenantId, scope: 'system' }, async (tx) => round.get(LifeCycle).record(tx, await policies.require(tx, draft), 'consultation_result_published', { details: { consultationId: id } }));
      }
      return id;
    };
    const [own, running, foreign] = [await consulted(round.drafting, true), await consulted(round.drafting, false), await consulted(round.other, true)];
    const policyId = await round.publishedPolicy();
    const caseId = await open(policyId);
    const choices = await round.unitOfWork.run(round.drafter, (tx) => abolitionChoices(tx, { id: policyId, tenantId: round.drafting }));
    expect(choices.consultations).toEqual([{ id: own, title: '新办法草案', on: round.clock.now() }]);
    expect(choices.replacements.map(({ id }) => id)).not.toContain(policyId);
    for (const consultationId of [running, foreign]) expect((await refused(prepare(caseId, { opinions: 'asked', consultationId }))).key).toBe('abolition:error.badConsultation');
    await prepare(caseId, { opinions: 'asked', consultationId: own, opinionsNote: '' });
    expect((await caseOf(get, round.drafter, policyId)).matter).toMatchObject({ opinions: 'asked', opinionsGround: null, consultationId: own });
  });

  it('gives numbered notices without a gap, drawn up from the case, for everybody from the decision on', async () => {
    const reader = round.get(PublicReader);
    const before = (await abolitionNotices(reader, round.cityId)).items.length;
    const replacement = await round.publishedPolicy('新办法');
    const ids: string[] = [];
    for (const written of ['', '另有公告全文。']) {
      const policyId = await round.publishedPolicy(`旧办法${ids.length}`);
      const caseId = await open(policyId);
      await readyAbolition(get, { drafter: round.drafter, reviewer }, policyId, { replacedBy: replacement, effectOn: '2026-04-20' });
      await expect(readAbolitionNotice(reader, round.cityId, caseId)).rejects.toMatchObject({ problem: 'not_found' });
      // A decision that another gate undoes takes no number.
      if (ids.length === 0) {
        round.get(LifeCycle).registerGate({ key: 'test.once', on: ['abolish'], check: async (tx, { id }) => (id === policyId && (await policies.require(tx, id)).endedOn === '2026-06-01' ? { gate: 'test.once', key: 'x:y', article: '《示例》第一条' } : null) });
        expect((await refused(decide(caseId, round.head, { effectOn: '2026-06-01' }))).details.gates).toMatchObject([{ gate: 'test.once' }]);
      }
      await decide(caseId, round.head, { noticeText: written });
      ids.push(caseId);
    }
    const [first, second] = [await readAbolitionNotice(reader, round.cityId, ids[0]!), await readAbolitionNotice(reader, round.cityId, ids[1]!)];
    expect([first.number, second.number]).toEqual([`云产公告〔2026〕${before + 1}号`, `云产公告〔2026〕${before + 2}号`]);
    expect(first).toMatchObject({ title: '关于废止《旧办法0》的公告', effectOn: '2026-05-01', replacedBy: { id: replacement, title: '新办法' }, transition: '废止前已经受理的申请按原政策办结。' });
    expect(first.noticeText).toBe('目的已经实现，现决定：《旧办法0》（滨工信规〔2026〕1号）自2026年5月1日起废止。\n自同日起，有关事项按照《新办法》（滨工信规〔2026〕1号）执行。\n废止前已经受理的申请按原政策办结。\n特此公告。');
    expect(second.noticeText).toBe('另有公告全文。');
    expect((await abolitionNotices(reader, '990200')).items).toEqual([]);
    await expect(readAbolitionNotice(reader, '990200', ids[0]!)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(reader.query('SELECT decision_reason FROM abolition_case WHERE city_id = $1', [round.cityId])).rejects.toThrow('permission denied');
    await expect(reader.query('SELECT 1 FROM abolition_settlement WHERE city_id = $1', [round.cityId])).rejects.toThrow('permission denied');
  });
});
