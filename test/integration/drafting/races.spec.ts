import { CreatePolicy, DecidePlanItem, DraftingModule, ProposePlanItem, RevisePolicy, SaveDraft, SignDocket, SubmitForReview, SubmitVersion } from '@domains/drafting';
import { DomainError, newId, systemActor } from '@platform/kernel';
import { emit, EventProcessor } from '@platform/messaging';
import { type Office, openOffice } from '../../support/office';
import { signatureOf } from '../../support/signatures';
import { newPolicy, type People, peopleOf, startedPolicy, submittedPolicy, TEXT } from './matter';

let office: Office;
let people: People;
beforeAll(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
});
afterAll(() => office.close());

/** How many succeeded, and the keys of the refusals of the others; anything that is no refusal fails the test. */
async function outcomes(work: Promise<unknown>[]): Promise<{ done: number; refused: string[] }> {
  const settled = await Promise.allSettled(work);
  const refused = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])).map((reason) => {
    if (!(reason instanceof DomainError)) throw reason;
    return `${reason.problem} ${reason.key}`;
  });
  return { done: settled.length - refused.length, refused };
}

it('saves one of two drafts that were written side by side, and tells the other', async () => {
  const id = await startedPolicy(office, people);
  const save = (text: string): Promise<unknown> => office.get(SaveDraft).run(people.drafter, id, { seen: 1, text, draftingNote: '说明' });
  const result = await outcomes([save(TEXT), save(`${TEXT}\n第五条　另一稿。`)]);
  expect(result).toEqual({ done: 1, refused: ['conflict common:error.changedMeanwhile'] });
  const rows = await office.sql<{ clause_id: string }>(
    `SELECT o.clause_id FROM provision o JOIN policy_version v ON v.city_id = o.city_id AND v.id = o.version_id WHERE o.city_id = $1 AND v.policy_id = $2`,
    [office.cityId, id]);
  expect(new Set(rows.map((row) => row.clause_id)).size).toBe(rows.length);
});

it('closes a version once, and with the text that was hashed', async () => {
  const id = await startedPolicy(office, people);
  await office.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT, draftingNote: '说明' });
  const submit = (): Promise<unknown> => office.get(SubmitVersion).run(people.drafter, id, 2);
  const save = office.get(SaveDraft).run(people.drafter, id, { seen: 2, text: '第一条　只有一条。', draftingNote: '说明' });
  const result = await outcomes([submit(), submit(), submit(), save]);
  // Whichever came first, the others saw it: a save first leaves no submission with the older row version.
  expect(result.done).toBe(1);
  const submitted = await office.sql<{ hash: string }>(`SELECT text_hash AS hash FROM policy_version WHERE city_id = $1 AND policy_id = $2 AND state = 'submitted'`, [office.cityId, id]);
  const records = await office.sql(`SELECT 1 FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 AND name = 'version_submitted'`, [office.cityId, id]);
  expect(records).toHaveLength(submitted.length);
});

it('opens one draft when two revise', async () => {
  const id = await submittedPolicy(office, people);
  const result = await outcomes([1, 2, 3].map(() => office.get(RevisePolicy).run(people.drafter, id, '修改')));
  expect(result).toEqual({ done: 1, refused: ['conflict drafting:error.draftOpen', 'conflict drafting:error.draftOpen'] });
});

it('takes one signature under a docket', async () => {
  const id = await submittedPolicy(office, people);
  await office.get(SubmitForReview).run(people.drafter, id);
  const second = await office.person('第二审核人', ['legal_reviewer']);
  const [docket] = await office.sql<{ id: string }>(`SELECT id FROM docket WHERE city_id = $1 AND policy_id = $2 AND kind = 'legality'`, [office.cityId, id]);
  const sign = (actor: typeof second, outcome: 'passed' | 'returned'): Promise<unknown> =>
    office.get(SignDocket).run(actor, id, docket?.id ?? '', signatureOf('legality', outcome));
  expect(await outcomes([sign(people.legal, 'passed'), sign(second, 'returned')])).toEqual({ done: 1, refused: ['conflict drafting:error.docketSigned'] });
});

it('makes one policy of one plan item', async () => {
  const item = await office.get(ProposePlanItem).run(people.drafter, { year: 2026, kind: 'make', title: '一个办法', reason: '' });
  await office.get(DecidePlanItem).run(people.head, item.id, { decision: 'approve' });
  const create = (): Promise<unknown> => office.get(CreatePolicy).run(people.drafter, item.id, newPolicy(people));
  expect(await outcomes([create(), create(), create()])).toEqual({ done: 1, refused: Array<string>(2).fill('conflict drafting:error.planItemUsed') });
});

it('puts a revision into next year’s plan once, however often the evaluation says so', async () => {
  const id = await submittedPolicy(office, people);
  const say = async (reportId: string, conclusion: string): Promise<void> => {
    const eventId = await office.unitOfWork.run(systemActor(office.cityId, office.drafting), async (tx) => {
      await emit(tx, { type: 'evaluation.published.v1', payload: { policyId: id, reportId, conclusion } });
      const [row] = await tx.query<{ id: string }>('SELECT id FROM outbox WHERE city_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1', [tx.cityId]);
      return row?.id ?? '';
    });
    await Promise.all([office.get(EventProcessor).process(office.cityId, eventId), office.get(EventProcessor).process(office.cityId, eventId)]);
  };
  const reportId = newId();
  await say(reportId, 'amend');
  // The same report announced by a second event.
  await say(reportId, 'amend');
  await say(newId(), 'keep');
  await say(newId(), 'abolish');
  const items = await office.sql('SELECT year, kind, source, state, proposed_by, tenant_id FROM plan_item WHERE city_id = $1 AND target_policy_id = $2', [office.cityId, id]);
  expect(items).toEqual([{ year: 2027, kind: 'revise', source: 'evaluation', state: 'proposed', proposed_by: null, tenant_id: office.drafting }]);
  const dead = await office.sql('SELECT type, last_error FROM outbox WHERE city_id = $1 AND last_error IS NOT NULL', [office.cityId]);
  expect(dead).toEqual([]);
});

it('tells the reviewers that a docket waits, and the drafter that it was signed, once each', async () => {
  const id = await submittedPolicy(office, people, { affectsMarket: false });
  await office.get(SubmitForReview).run(people.drafter, id);
  const [docket] = await office.sql<{ id: string }>('SELECT id FROM docket WHERE city_id = $1 AND policy_id = $2', [office.cityId, id]);
  await office.get(SignDocket).run(people.legal, id, docket?.id ?? '', signatureOf('legality'));
  const events = await office.sql<{ id: string }>(`SELECT id FROM outbox WHERE city_id = $1 AND payload ->> 'docketId' = $2`, [office.cityId, docket?.id]);
  for (const event of [...events, ...events]) await office.get(EventProcessor).process(office.cityId, event.id);
  const notices = await office.sql('SELECT account_id, message_key FROM notification WHERE city_id = $1 AND effect_key LIKE $2 ORDER BY message_key', [office.cityId, `%${docket?.id}`]);
  expect(notices).toContainEqual({ account_id: people.legal.accountId, message_key: 'drafting:notice.docketOpened.legality' });
  expect(notices).toContainEqual({ account_id: people.drafter.accountId, message_key: 'drafting:notice.docketSigned.passed' });
  expect(notices.filter((notice) => notice.account_id === people.legal.accountId)).toHaveLength(1);
});
