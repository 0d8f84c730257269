import { type DeskItem, DueRegistry, LifeCycle, policies, type PolicyTransition, readDeadlines } from '@core/policy';
import { ApprovePolicy, AssignReviewer, DraftingModule, ExpertPanel, RevisePolicy, SaveDraft, SignDocket, SubmitForDeliberation, SubmitForReview, SubmitVersion } from '@domains/drafting';
import { EvaluationModule, OpenReport, PublishReport, ReturnReport, SaveReport, SIDES } from '@domains/evaluation';
import { ApproveMaterial, InterpretationModule, SavePlan, WriteMaterial } from '@domains/interpretation';
import type { Docket } from '@core/policy';
import type { Actor } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';
import { insertPolicy, insertVersion } from '../../support/policies';
import { samplePng } from '../../support/sample-png';
import { signatureOf } from '../../support/signatures';
import { recordStatements } from '../../support/statements';
import { NOTE, type People, peopleOf, SAID_NO, submittedPolicy, TEXT } from '../drafting/matter';

let office: Office;
let people: People;
let interpreter: Actor;
let overseer: Actor;
beforeAll(async () => {
  office = await openOffice(DraftingModule, InterpretationModule, EvaluationModule);
  people = await peopleOf(office);
  interpreter = await office.person('解读人', ['interpreter']);
  overseer = { ...(await office.person('督查', ['overseer'], office.other)), scope: 'city' };
});
afterAll(() => office.close());

type Scope = 'me' | 'department' | 'city';
const see = (actor: Actor, scope: Scope) => office.unitOfWork.run(actor, (tx) => readDeadlines(tx, office.get(DueRegistry), { scope }));
const of = async (actor: Actor, policyId: string, scope: Scope = 'me'): Promise<DeskItem[]> => (await see(actor, scope)).items.filter((item) => item.policyId === policyId);
const short = (items: readonly DeskItem[]) => items.map(({ kind, state, blockedBy }) => [kind, state, ...blockedBy.map(({ key }) => key)]);

/** What the gates themselves say of a step. */
const gatesOf = (policyId: string, step: PolicyTransition): Promise<string[]> => office.unitOfWork.run(people.drafter, async (tx) =>
  [...new Set((await office.get(LifeCycle).unmetGates(tx, await policies.require(tx, policyId), step)).map(({ gate }) => gate))]);

async function inReview(more: Parameters<typeof submittedPolicy>[2] = {}): Promise<string> {
  const id = await submittedPolicy(office, people, more);
  await office.get(SavePlan).run(people.drafter, id, { audience: '企业', keyPoints: '补助', channels: ['website'] });
  await office.get(SubmitForReview).run(people.drafter, id);
  return id;
}

async function sign(id: string, kind: Docket, by: Actor, outcome: 'passed' | 'returned' = 'passed'): Promise<void> {
  const [docket] = await office.sql<{ id: string }>('SELECT id FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = $3 ORDER BY opened_at DESC LIMIT 1', [office.cityId, id, kind]);
  await office.get(SignDocket).run(by, id, docket?.id ?? '', signatureOf(kind, outcome));
}

it('tells the drafters what holds their matter, since when and who can open it, until the head can approve', async () => {
  const id = await inReview();
  const [item] = await of(people.drafter, id);
  expect(item).toMatchObject({ kind: 'drafting.deliberation', state: 'blocked', dueOn: null });
  expect(item?.blockedBy).toEqual([
    expect.objectContaining({ gate: 'drafting.reviews_passed', key: 'drafting:gate.reviewsMissing.legality', article: '国办发〔2018〕115号', since: '2026-03-02', role: 'legal_reviewer', departments: ['云浦市产业局'], people: [] }),
    expect.objectContaining({ key: 'drafting:gate.reviewsMissing.fair_competition', role: 'fair_competition_reviewer' }),
  ]);
  expect(await gatesOf(id, 'submit_for_deliberation')).toEqual(['drafting.reviews_passed']);

  // Named, the person is named; signed, it is gone.
  await office.get(AssignReviewer).run(people.legal, id, item!.blockedBy[0]!.href.split('/').at(-1)!, { reviewerId: people.legal.accountId! });
  expect((await of(people.drafter, id))[0]?.blockedBy[0]).toMatchObject({ people: ['法规科'], departments: [] });
  await sign(id, 'legality', people.legal);
  expect(short(await of(people.drafter, id))).toEqual([['drafting.deliberation', 'blocked', 'drafting:gate.reviewsMissing.fair_competition']]);
  await sign(id, 'fair_competition', people.fair);
  expect(short(await of(people.drafter, id))).toEqual([['drafting.deliberation', 'due']]);
  expect(await gatesOf(id, 'submit_for_deliberation')).toEqual([]);

  await office.get(SubmitForDeliberation).run(people.drafter, id);
  expect(short((await of(people.head, id)).filter(({ kind }) => kind.startsWith('drafting')))).toEqual([['drafting.approval', 'blocked', 'drafting:gate.deliberated']]);
  expect(await gatesOf(id, 'approve')).toEqual(['drafting.deliberated']);
  await sign(id, 'collective_deliberation', people.secretary);
  expect(short((await of(people.head, id)).filter(({ kind }) => kind.startsWith('drafting')))).toEqual([['drafting.approval', 'due']]);
  expect(await gatesOf(id, 'approve')).toEqual([]);
});

it('holds the convener by his experts and the legality review by the argument and the assessment before it', async () => {
  const id = await inReview({ kind: 'major_decision', facts: { ...SAID_NO, technical: true, publicRisk: true } });
  const [argument] = await office.sql<{ id: string }>(`SELECT id FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = 'expert_argument'`, [office.cityId, id]);
  const expert = await office.person('周教授', ['expert']);
  await office.sql(`UPDATE account SET kind = 'expert' WHERE city_id = $1 AND id = $2`, [office.cityId, expert.accountId]);
  await office.get(ExpertPanel).name(people.convener, id, argument?.id ?? '', expert.accountId ?? '');
  const [waiting] = await of(people.convener, id);
  expect(waiting).toMatchObject({ kind: 'drafting.expert_argument', state: 'blocked' });
  expect(waiting?.blockedBy).toEqual([expect.objectContaining({ key: 'procedure:error.expertWaiting', people: ['周教授'], since: '2026-03-02' })]);
  const [legality] = await of(people.legal, id);
  expect(legality?.blockedBy.map(({ key }) => key)).toEqual(['procedure:gate.missing.expert_argument', 'procedure:gate.missing.risk_assessment']);
  // The law gives this review a least time and no last day: it is late only where one was set.
  office.clock.set('2026-05-25T01:00:00Z');
  expect((await of(people.legal, id))[0]).toMatchObject({ state: 'blocked', dueOn: null });
  await office.get(AssignReviewer).run(people.legal, id, legality?.href.split('/').at(-1) ?? '', { reviewerId: people.legal.accountId!, dueOn: '2026-05-29' });
  expect((await of(people.legal, id))[0]).toMatchObject({ state: 'blocked', dueOn: '2026-05-29' });
  // Past its last day it is overdue, whatever holds it.
  office.clock.set('2026-06-01T01:00:00Z');
  expect((await of(people.legal, id))[0]?.state).toBe('overdue');
  office.clock.set('2026-03-02T01:00:00Z');
});

it('gives a returned text back to its drafters, and no longer when it is handed in again', async () => {
  const id = await inReview({ affectsMarket: false });
  await sign(id, 'legality', people.legal, 'returned');
  expect(short(await of(people.drafter, id))).toEqual([['drafting.returned', 'due']]);
  await office.get(RevisePolicy).run(people.drafter, id, '按审核意见修改');
  expect(await of(people.drafter, id)).toEqual([]);
  const { rowVersion } = await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT.replace('一年内', '两年内'), draftingNote: NOTE });
  await office.get(SubmitVersion).run(people.drafter, id, rowVersion);
  await office.get(SubmitForReview).run(people.drafter, id);
  expect(short(await of(people.drafter, id))).toEqual([['drafting.deliberation', 'blocked', 'drafting:gate.reviewsMissing.legality']]);
});

it('owes the interpretation from the review on, and holds the publication until it is approved', async () => {
  const id = await inReview({ affectsMarket: false });
  expect(short(await of(interpreter, id))).toEqual([['interpretation.write', 'due']]);
  await sign(id, 'legality', people.legal);
  await office.get(SubmitForDeliberation).run(people.drafter, id);
  await sign(id, 'collective_deliberation', people.secretary);
  await office.get(ApprovePolicy).run(people.head, id, '同意');
  expect(short(await of(people.registrar, id))).toEqual([['interpretation.release', 'blocked', 'interpretation:gate.noText', 'interpretation:gate.noPicture']]);
  expect(await gatesOf(id, 'publish')).toEqual(['interpretation.ready']);
  const [clause] = await office.sql<{ identity: string }>(
    `SELECT o.identity FROM provision o JOIN policy_version v ON v.city_id = o.city_id AND v.id = o.version_id WHERE o.city_id = $1 AND v.policy_id = $2 AND o.kind = 'article' LIMIT 1`, [office.cityId, id]);
  const about = { clauseIdentities: [clause?.identity ?? ''] };
  const ids = [
    await office.get(WriteMaterial).run(interpreter, id, 'text', { title: '问答', body: '企业可获补助。', ...about }),
    await office.get(WriteMaterial).run(interpreter, id, 'picture', { title: '一图读懂', picture: samplePng(40, 30), altText: '申报分三步。', ...about }),
  ];
  expect(short(await of(people.head, id))).toEqual([['interpretation.approve', 'due']]);
  expect((await of(people.registrar, id))[0]?.blockedBy).toEqual([expect.objectContaining({ key: 'interpretation:gate.unapproved', params: { count: 2, titles: '问答、一图读懂' }, role: 'department_head' })]);
  for (const one of ids) await office.get(ApproveMaterial).run(people.head, id, one);
  expect(short(await of(people.registrar, id))).toEqual([['interpretation.release', 'due']]);
  expect(await gatesOf(id, 'publish')).toEqual([]);
});

it('lists the evaluation reports that are written, returned or wait for the head, and the next evaluation when its day is near', async () => {
  const home = { cityId: office.cityId, tenantId: office.drafting, keeperId: people.head.accountId ?? '' };
  const id = await insertPolicy(office.unitOfWork, home, { title: '云浦市旧补助办法', state: 'published', effectiveFrom: '2025-01-01' });
  await insertVersion(office.unitOfWork, home, id, ['第一条内容'], people.drafter.accountId ?? '');
  const evaluator = await office.person('评估人', ['evaluator']);
  const report = await office.get(OpenReport).run(evaluator, id, { periodFrom: '2025-01-01', periodTo: '2026-02-28' });
  const save = (rowVersion: number): Promise<void> => office.get(SaveReport).run(evaluator, report, {
    summary: '有效', conclusion: 'keep', reason: '评分一致', nextReviewOn: '2027-03-01', submit: true, rowVersion, ratings: SIDES.map((side) => ({ side, rating: 80, evidence: '问卷' })),
  });
  expect(short(await of(evaluator, id))).toEqual([['evaluation.write', 'due']]);
  await save(1);
  expect(short(await of(people.head, id))).toEqual([['evaluation.decide', 'due']]);
  expect(await of(evaluator, id)).toEqual([]);
  await office.get(ReturnReport).run(people.head, report, '补充样本');
  expect(short(await of(evaluator, id))).toEqual([['evaluation.returned', 'due']]);
  const [row] = await office.sql<{ version: number }>('SELECT row_version AS version FROM evaluation_report WHERE city_id = $1 AND id = $2', [office.cityId, report]);
  await save(row?.version ?? 0);
  await office.get(PublishReport).run(people.head, report);
  expect(await of(evaluator, id)).toEqual([]);
  office.clock.set('2026-12-15T01:00:00Z');
  expect((await of(evaluator, id)).map(({ kind, dueOn, state }) => [kind, dueOn, state])).toEqual([['evaluation.cycle', '2027-03-01', 'due']]);
  office.clock.set('2026-03-02T01:00:00Z');
});

it('answers for the city in as many statements with three hundred matters as with a few', async () => {
  const count = async (): Promise<number> => {
    const log = recordStatements();
    await see(overseer, 'city');
    log.stop();
    return log.count;
  };
  const few = await count();
  for (let at = 0; at < 300; at += 1) {
    await insertPolicy(office.unitOfWork, { cityId: office.cityId, tenantId: office.drafting, keeperId: people.head.accountId ?? '' }, { title: `办法${at}`, state: at % 2 ? 'reviewing' : 'approved' });
  }
  expect(await count()).toBe(few);
  const page = await see(overseer, 'city');
  expect(page.items).toHaveLength(30);
  expect(page.departments[0]?.counts.blocked).toBeGreaterThanOrEqual(150);
});

it('shows what is blocked to the department and the city, and nothing of it to another department', async () => {
  const id = await inReview({ affectsMarket: false });
  expect((await see(overseer, 'city')).counts.blocked).toBeGreaterThan(0);
  const stranger = await office.person('外局起草人', ['drafter'], office.other);
  expect(await of(stranger, id, 'department')).toEqual([]);
});
