import { ApprovePolicy, CreatePolicy, DecidePlanItem, DraftingModule, InviteDepartment, ProposePlanItem, RevisePolicy, SaveDraft, SignDocket, StartDrafting, SubmitForDeliberation, SubmitForReview, SubmitVersion, WithdrawPolicy } from '@domains/drafting';
import { type Docket, PublishPolicy } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import { newPolicy, type People, peopleOf, SAID_NO, startedPolicy, submittedPolicy, TEXT } from './matter';
import { type Office, openOffice } from '../../support/office';
import { signatureOf } from '../../support/signatures';

let office: Office;
let people: People;
beforeAll(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
});
afterAll(() => office.close());

const stateOf = async (id: string): Promise<string | undefined> =>
  (await office.sql<{ state: string }>('SELECT state FROM policy WHERE city_id = $1 AND id = $2', [office.cityId, id]))[0]?.state;

const docket = async (policyId: string, kind: string): Promise<string> =>
  (await office.sql<{ id: string }>(`SELECT id FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = $3 ORDER BY opened_at DESC, id DESC LIMIT 1`, [office.cityId, policyId, kind]))[0]?.id ?? '';

const sign = async (actor: Actor, policyId: string, kind: Docket, outcome: 'passed' | 'returned' = 'passed'): Promise<void> =>
  office.get(SignDocket).run(actor, policyId, await docket(policyId, kind), signatureOf(kind, outcome));

/** The refusal itself, so that its key, gates and articles can be looked at. */
async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error(`not a refusal: ${String(error)}`);
  return error;
}

it('leads a policy from the plan to its publication, each step by its own person', async () => {
  const id = await submittedPolicy(office, people);
  await office.get(SubmitForReview).run(people.drafter, id);
  await sign(people.legal, id, 'legality');
  await sign(people.fair, id, 'fair_competition');
  await office.get(SubmitForDeliberation).run(people.drafter, id);
  await sign(people.secretary, id, 'collective_deliberation');
  await office.get(ApprovePolicy).run(people.head, id, '同意');
  const { documentNumber } = await office.get(PublishPolicy).run(people.registrar, id, { effectiveFrom: '2026-04-01', effectiveTo: null });
  expect(documentNumber).toBe('云产规〔2026〕1号');
  expect(await stateOf(id)).toBe('published');
  const events = await office.sql<{ name: string }>('SELECT name FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 ORDER BY seq', [office.cityId, id]);
  expect(events.map((event) => event.name)).toEqual([
    'planned', 'start_drafting', 'version_submitted', 'submit_for_review', 'docket_signed', 'docket_signed', 'submit_for_deliberation', 'docket_signed', 'approve', 'publish',
  ]);
  const [item] = await office.sql('SELECT state FROM plan_item WHERE city_id = $1 AND policy_id = $2', [office.cityId, id]);
  expect(item).toEqual({ state: 'started' });
});

it('lets nobody decide on his own proposal, and no policy come of an undecided or used item', async () => {
  const both = await office.person('起草的局长', ['drafter', 'department_head']);
  const { id } = await office.get(ProposePlanItem).run(both, { year: 2027, kind: 'make', title: '另一办法', reason: '' });
  expect((await refusal(office.get(DecidePlanItem).run(both, id, { decision: 'approve' }))).key).toBe('drafting:error.ownProposal');
  expect((await refusal(office.get(CreatePolicy).run(people.drafter, id, newPolicy(people)))).key).toBe('drafting:error.planNotApproved');
  await office.get(DecidePlanItem).run(people.head, id, { decision: 'approve' });
  const stranger = await office.person('外人', ['drafter'], office.other);
  expect((await refusal(office.get(CreatePolicy).run(stranger, id, newPolicy(people)))).problem).toBe('not_found');
  const wrong = newPolicy(people, { responsibleId: stranger.accountId ?? '' });
  expect((await refusal(office.get(CreatePolicy).run(people.drafter, id, wrong))).key).toBe('drafting:error.responsible');
  await office.get(CreatePolicy).run(people.drafter, id, newPolicy(people));
  expect((await refusal(office.get(CreatePolicy).run(people.drafter, id, newPolicy(people)))).key).toBe('drafting:error.planItemUsed');
});

it('stops drafting that no approved plan item stands behind, naming the article', async () => {
  const item = await office.get(ProposePlanItem).run(people.drafter, { year: 2026, kind: 'make', title: '无计划的办法', reason: '' });
  await office.get(DecidePlanItem).run(people.head, item.id, { decision: 'approve' });
  const { id } = await office.get(CreatePolicy).run(people.drafter, item.id, newPolicy(people, { kind: 'major_decision', facts: SAID_NO }));
  await office.sql('UPDATE plan_item SET policy_id = NULL WHERE city_id = $1 AND id = $2', [office.cityId, item.id]);
  const refused = await refusal(office.get(StartDrafting).run(people.drafter, id));
  expect(refused.details.gates).toEqual([{ gate: 'drafting.plan_approved', key: 'drafting:gate.planApproved', article: '《重大行政决策程序暂行条例》第十二条' }]);
  expect(await stateOf(id)).toBe('planned');
});

it('keeps a version from review while it is open, and from being closed without text or note', async () => {
  const id = await startedPolicy(office, people);
  const open = await refusal(office.get(SubmitForReview).run(people.drafter, id));
  expect(open.details.gates).toEqual([{ gate: 'drafting.version_submitted', key: 'drafting:gate.draftOpen', params: { no: 1 }, article: '国办发〔2018〕115号' }]);
  expect((await refusal(office.get(SubmitVersion).run(people.drafter, id, 1))).key).toBe('drafting:error.emptyText');
  await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT, draftingNote: ' ' });
  const noNote = await refusal(office.get(SubmitVersion).run(people.drafter, id, 2));
  expect([noNote.key, noNote.details.article]).toEqual(['drafting:error.noteMissing', '国办发〔2018〕115号']);
});

it('asks for every review of the text as it stands, and again when the text changes', async () => {
  const id = await submittedPolicy(office, people);
  await office.get(SubmitForReview).run(people.drafter, id);
  const none = await refusal(office.get(SubmitForDeliberation).run(people.drafter, id));
  expect(none.details.gates).toEqual([
    { gate: 'drafting.reviews_passed', key: 'drafting:gate.reviewsMissing.legality_and_fair_competition', article: '国办发〔2018〕115号；《公平竞争审查条例》第十二条至第十八条' },
  ]);
  await sign(people.legal, id, 'legality');
  await sign(people.fair, id, 'fair_competition', 'returned');
  const one = await refusal(office.get(SubmitForDeliberation).run(people.drafter, id));
  expect(one.details.gates?.[0]).toMatchObject({ key: 'drafting:gate.reviewsMissing.fair_competition', article: '《公平竞争审查条例》第十二条至第十八条' });

  await office.get(RevisePolicy).run(people.drafter, id, '按审查意见修改');
  const saved = await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT.replace('在本市登记的企业', '企业'), draftingNote: '说明' });
  await office.get(SubmitVersion).run(people.drafter, id, saved.rowVersion);
  await office.get(SubmitForReview).run(people.drafter, id);
  const again = await refusal(office.get(SubmitForDeliberation).run(people.drafter, id));
  expect(again.details.gates?.[0]?.key).toBe('drafting:gate.reviewsMissing.legality_and_fair_competition');
});

it('keeps the identity of clauses from version to version, through renumbering', async () => {
  const id = await submittedPolicy(office, people);
  await office.get(RevisePolicy).run(people.drafter, id, '补充一条');
  const renumbered = TEXT.replace('第四条', '第五条').replace('第三条', '第四条').replace('第二条　', '第二条　产业局负责实施本办法。\n第三条　');
  await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: renumbered, draftingNote: '说明' });
  const articles = await office.sql<{ no: number; clause: string; identity: string; text: string }>(
    `SELECT v.no, o.clause_id AS clause, o.identity, o.text FROM provision o JOIN policy_version v ON v.city_id = o.city_id AND v.id = o.version_id
     WHERE o.city_id = $1 AND v.policy_id = $2 AND o.kind = 'article' ORDER BY v.no, o.seq`, [office.cityId, id]);
  const identityOf = (no: number, clause: string): string | undefined => articles.find((row) => row.no === no && row.clause === clause)?.identity;
  expect(identityOf(2, 'art_3')).toBe(identityOf(1, 'art_2'));
  expect(identityOf(2, 'art_4')).toBe(identityOf(1, 'art_3'));
  expect(articles.filter((row) => row.no === 1).map((row) => row.identity)).not.toContain(identityOf(2, 'art_2'));
});

it('lets nobody review or approve what he wrote, opened or submitted', async () => {
  const jack = await office.person('多面手', ['drafter', 'legal_reviewer', 'department_head', 'deliberation_secretary']);
  const id = await startedPolicy(office, people);
  // He saved once; somebody else opened and submitted.
  await office.get(SaveDraft).run(jack, id, { seen: 1, text: TEXT, draftingNote: '说明' });
  await office.get(SubmitVersion).run(people.drafter, id, 2);
  await office.get(SubmitForReview).run(people.drafter, id);
  const review = await refusal(sign(jack, id, 'legality'));
  expect([review.problem, review.key, review.details.article]).toEqual(['forbidden', 'drafting:error.ownDraft', '国办发〔2018〕115号']);
  await sign(people.legal, id, 'legality');
  await sign(people.fair, id, 'fair_competition');
  await office.get(SubmitForDeliberation).run(people.drafter, id);
  expect((await refusal(sign(jack, id, 'collective_deliberation'))).key).toBe('drafting:error.ownDraft');
  const early = await refusal(office.get(ApprovePolicy).run(people.head, id, '同意'));
  expect(early.details.gates).toEqual([{ gate: 'drafting.deliberated', key: 'drafting:gate.deliberated', article: '国办发〔2018〕37号' }]);
  await sign(people.secretary, id, 'collective_deliberation');
  expect((await refusal(office.get(ApprovePolicy).run(jack, id, '同意'))).key).toBe('drafting:error.ownDraft');
  await office.get(ApprovePolicy).run(people.head, id, '同意');
});

it('does not carry an approval over to a later text, and gives no number away', async () => {
  const id = await submittedPolicy(office, people, { affectsMarket: false });
  await office.get(SubmitForReview).run(people.drafter, id);
  expect(await docket(id, 'fair_competition')).toBe('');
  await sign(people.legal, id, 'legality');
  await office.get(SubmitForDeliberation).run(people.drafter, id);
  await sign(people.secretary, id, 'collective_deliberation');
  await office.get(ApprovePolicy).run(people.head, id, '同意');
  await office.get(RevisePolicy).run(people.drafter, id, '再改');
  const saved = await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: `${TEXT}\n第五条　新增。`, draftingNote: '说明' });
  await office.get(SubmitVersion).run(people.drafter, id, saved.rowVersion);
  // Somebody puts the state forward by hand: the approval of the older text does not carry over.
  await office.sql(`UPDATE policy SET state = 'approved' WHERE city_id = $1 AND id = $2`, [office.cityId, id]);
  const refused = await refusal(office.get(PublishPolicy).run(people.registrar, id, { effectiveFrom: '2026-04-01', effectiveTo: null }));
  expect(refused.details.gates).toEqual([{ gate: 'drafting.approved_text', key: 'drafting:gate.approvedText', article: '国办发〔2018〕37号' }]);
  const numbers = await office.sql('SELECT 1 FROM document_register WHERE city_id = $1 AND policy_id = $2', [office.cityId, id]);
  expect(numbers).toEqual([]);
});

it('wants minutes, votes and dissent on the record of a meeting', async () => {
  const id = await submittedPolicy(office, people, { kind: 'major_decision', affectsMarket: false, facts: SAID_NO });
  await office.get(SubmitForReview).run(people.drafter, id);
  await sign(people.legal, id, 'legality');
  await office.get(SubmitForDeliberation).run(people.drafter, id);
  const meeting = await docket(id, 'collective_deliberation');
  const refused = await refusal(office.get(SignDocket).run(people.secretary, id, meeting, signatureOf('collective_deliberation', 'passed', { votesFor: 6, votesAgainst: 1 })));
  expect(refused.details).toEqual({ fields: [{ field: 'dissent', key: 'procedure:error.dissent' }], article: '《重大行政决策程序暂行条例》第三十条' });
});

it('opens the matter to an invited department, for what it was invited to', async () => {
  const id = await submittedPolicy(office, people);
  await office.get(SubmitForReview).run(people.drafter, id);
  const guest = await office.person('外局法规处', ['legal_reviewer', 'fair_competition_reviewer'], office.other);
  expect((await refusal(sign(guest, id, 'legality'))).problem).toBe('not_found');
  await office.get(InviteDepartment).run(people.drafter, id, { departmentId: office.other, capacity: 'legal_review' });
  expect((await refusal(sign(guest, id, 'fair_competition'))).problem).toBe('forbidden');
  await sign(guest, id, 'legality');
  expect((await refusal(sign(people.legal, id, 'legality'))).key).toBe('drafting:error.docketSigned');
  const [signed] = await office.sql('SELECT reviewer_tenant_id AS by, due_on::text AS due FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = $3', [office.cityId, id, 'legality']);
  // Fifteen working days after Monday, 2 March 2026.
  expect(signed).toEqual({ by: office.other, due: '2026-03-23' });
});

it('withdraws with a reason, by the head alone', async () => {
  const id = await submittedPolicy(office, people);
  expect((await refusal(office.get(WithdrawPolicy).run(people.drafter, id, '不做了'))).problem).toBe('forbidden');
  expect((await refusal(office.get(WithdrawPolicy).run(people.head, id, ' '))).key).toBe('drafting:error.reasonMissing');
  await office.get(WithdrawPolicy).run(people.head, id, '上级已有规定');
  expect(await stateOf(id)).toBe('withdrawn');
});
