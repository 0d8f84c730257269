import { DueRegistry, policies, readDeadlines } from '@core/policy';
import { DecidePlanItem } from '@domains/drafting';
import { PublishReport, readPublicCampaignReport, ReturnReport, SaveCampaignReport, staffCampaignReport } from '@domains/evaluation';
import { abolitionDesk, DecideAbolition } from '@domains/ledger';
import { type DomainError, sha256Hex } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { PublicReader } from '@platform/persistence';
import { readyAbolition } from '../../support/ready-abolition';
import { type EvaluationRound, openEvaluationRound, wholeReport } from '../../support/evaluation-round';

const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

let round: EvaluationRound;
beforeAll(async () => { round = await openEvaluationRound(); });
afterAll(() => round.close());

const read = (reportId: string) => round.unitOfWork.run(round.leader, (tx) => staffCampaignReport(tx, reportId));
const publish = (reportId: string, edition = 1, by = round.head) => round.get(PublishReport).run(by, reportId, edition);
const itemOf = async (reportId: string) => (await round.sql<{ id: string; year: number; state: string }>(`SELECT id, year, state FROM plan_item WHERE city_id = $1 AND source_key = $2`, [round.cityId, `evaluation/${reportId}`]));
const unacted = async (reportId: string) =>
  (await round.unitOfWork.run(round.overseer, (tx) => readDeadlines(tx, round.get(DueRegistry), { scope: 'city' }))).items.filter(({ key }) => key === `conclusion/${reportId}`);

describe('the report of a campaign', () => {
  it('is whole before it is handed in, and names clauses of the text', async () => {
    const reportId = await round.toReport(await round.publishedPolicy());
    const fields = async (content: object) => (await refused(round.write(reportId, content))).details.fields?.map(({ field }) => field);
    expect(await fields({ sections: { process: '', practice: ' ', problems: 'x', advice: 'x' }, conclusion: null, reason: '' })).toEqual(['process', 'practice', 'conclusion', 'reason']);
    expect(await fields({ clauses: [] })).toEqual(['clause0']);
    expect(await fields({ clauses: [{ clauseId: 'art_9', proposal: 'amend', reason: 'x' }, { clauseId: 'art_1', proposal: 'amend', reason: ' ' }] })).toEqual(['clause0', 'clauseReason1']);
    expect(await fields({ conclusion: 'keep', nextReviewOn: '2026-03-02' })).toEqual(['conclusion', 'nextReviewOn']);
    await round.write(reportId, { reason: '' }, { submit: false });
    expect(await read(reportId)).toMatchObject({ state: 'draft', edition: 0, rowVersion: 2 });
  });

  it('goes from edition to edition, each signed once over what was read', async () => {
    const reportId = await round.toReport(await round.publishedPolicy());
    const saved = await Promise.allSettled([round.write(reportId, {}, { rowVersion: 1 }), round.write(reportId, {}, { rowVersion: 1 })]);
    expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refused(publish(reportId, 1, round.leader))).problem).toBe('forbidden');
    expect((await refused(publish(reportId, 2))).key).toBe('common:error.changedMeanwhile');
    expect((await refused(round.get(PublishReport).run(round.head, reportId))).key).toBe('common:error.changedMeanwhile');
    await round.get(ReturnReport).run(round.head, reportId, '请说明样本。', 1);
    await round.write(reportId, { reason: '样本为 96 户。' });
    const both = await Promise.allSettled([publish(reportId, 2), publish(reportId, 2), round.get(ReturnReport).run(round.head, reportId, '再改', 2)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { editions, contentHash } = await read(reportId);
    expect(editions.map(({ no, decision }) => [no, decision !== null])).toEqual([[2, true], [1, true]]);
    const [edition] = await round.sql<{ content: string }>('SELECT content FROM evaluation_edition WHERE city_id = $1 AND report_id = $2 AND no = 2', [round.cityId, reportId]);
    expect(sha256Hex(edition?.content ?? '')).toBe(contentHash);
    expect(edition?.content).toContain('样本为 96 户。');
    for (const table of ['evaluation_edition', 'evaluation_signature']) {
      await expect(round.sql(`UPDATE ${table} SET content_hash = repeat('0', 64) WHERE city_id = $1`, [round.cityId])).rejects.toThrow(/permission denied|append/);
    }
  });

  it('is public with its scores and evidence once it is published, and then stands', async () => {
    const policyId = await round.publishedPolicy();
    const reportId = await round.toReport(policyId);
    await round.write(reportId, { conclusion: 'keep', nextReviewOn: '2027-03-01', clauses: [] });
    const reader = round.get(PublicReader);
    expect(await readPublicCampaignReport(reader, round.cityId, reportId)).toBeNull();
    await publish(reportId);
    const shown = await readPublicCampaignReport(reader, round.cityId, reportId);
    expect(shown).toMatchObject({ conclusion: 'keep', nextReviewOn: '2027-03-01', followUp: null, trend: [{ score: expect.closeTo(70, 5) }] });
    expect(shown?.scores.total).toBeCloseTo((90 * 20 + 80 * 20 + 60 * 30 + 50 * 15 + 70 * 15) / 100, 9);
    await expect(round.sql(`UPDATE evaluation_report SET scores = '{}' WHERE city_id = $1 AND id = $2`, [round.cityId, reportId])).rejects.toThrow('immutable');
    expect((await refused(round.get(SaveCampaignReport).run(round.leader, reportId, { ...wholeReport(), submit: true, rowVersion: 9 }))).problem).toBe('conflict');
    expect(await unacted(reportId)).toEqual([]);
  });
});

describe('建议修改', () => {
  it('becomes an item of next year, once, and is on the city\'s desk until it is refused with a reason', async () => {
    const reportId = await round.toReport(await round.publishedPolicy());
    await round.write(reportId, {});
    await publish(reportId);
    expect(await unacted(reportId)).toMatchObject([{ kind: 'evaluation.amend', state: 'blocked', dueOn: '2027-12-31', blockedBy: [{ key: 'appraisal:unacted.waiting', params: { days: 0 } }] }]);
    await Promise.all([round.react(), round.react()]);
    const [event] = await round.sql<{ payload: Record<string, string> }>(`SELECT payload FROM outbox WHERE city_id = $1 AND type = 'evaluation.published.v1' AND payload ->> 'reportId' = $2`, [round.cityId, reportId]);
    await round.unitOfWork.run({ ...round.head, scope: 'system' }, (tx) => emit(tx, { type: 'evaluation.published.v1', tenantId: round.drafting, payload: event?.payload ?? {} }));
    await round.react();
    const items = await itemOf(reportId);
    expect(items).toMatchObject([{ year: 2027, state: 'proposed' }]);
    round.clock.set('2026-03-12T01:00:00Z');
    expect(await unacted(reportId)).toMatchObject([{ blockedBy: [{ key: 'appraisal:unacted.proposed', params: { days: 10 } }] }]);
    await round.get(DecidePlanItem).run(round.head, items[0]?.id ?? '', { decision: 'refuse', note: '与明年的综合修订合并考虑。' });
    await round.react();
    expect((await read(reportId)).followUp).toMatchObject({ state: 'refused', stage: 'refused', planYear: 2027, reason: '与明年的综合修订合并考虑。' });
    expect(await unacted(reportId)).toEqual([]);
  });

  it('ends with the policy, in whatever order the events come', async () => {
    const policyId = await round.publishedPolicy();
    const reportId = await round.toReport(policyId);
    await round.write(reportId, {});
    await publish(reportId);
    await round.unitOfWork.run({ ...round.head, scope: 'system' }, async (tx) => {
      await policies.update(tx, policyId, { state: 'superseded', endedOn: '2026-03-12' });
      await emit(tx, { type: 'policy.advanced.v1', tenantId: round.drafting, payload: { policyId, transition: 'supersede' } });
    });
    await round.react();
    expect((await read(reportId)).followUp).toMatchObject({ state: 'done', stage: 'ended' });
    expect(await unacted(reportId)).toEqual([]);
  });
});

describe('建议废止', () => {
  it('is followed through its case to the decision, whichever it is', async () => {
    for (const [decision, state] of [['keep', 'refused'], ['abolish', 'done']] as const) {
      const policyId = await round.publishedPolicy();
      const reportId = await round.toReport(policyId);
      await round.write(reportId, { conclusion: 'abolish', clauses: [] });
      await publish(reportId);
      await round.react();
      expect(await unacted(reportId)).toMatchObject([{ kind: 'evaluation.abolish', dueOn: null, blockedBy: [{ key: 'appraisal:unacted.caseOpen' }] }]);
      const [matter] = (await round.unitOfWork.run(round.head, (tx) => abolitionDesk(tx, policyId))).cases;
      if (decision === 'abolish') await readyAbolition((type) => round.get(type as never), { drafter: round.drafter, reviewer: await round.person('审核人', ['legal_reviewer']) }, policyId);
      await round.get(DecideAbolition).run(round.head, matter?.id ?? '', { decision, reason: '另有安排', noticeText: '自即日起废止。', effectOn: decision === 'abolish' ? '2026-03-20' : null });
      await round.react();
      expect((await read(reportId)).followUp).toMatchObject({ state, reason: decision === 'keep' ? '另有安排' : '' });
      expect(await unacted(reportId)).toEqual([]);
    }
  });
});
