import { signatureOf } from '../../support/signatures';
import { DueRegistry, readDeadlines, SendReminders } from '@core/policy';
import { DraftingModule, SignDocket, SubmitForReview } from '@domains/drafting';
import { recordStatements } from '../../support/statements';
import { type Office, openOffice } from '../../support/office';
import { type People, peopleOf, submittedPolicy } from '../drafting/matter';

let office: Office;
let people: People;
beforeAll(async () => {
  office = await openOffice(DraftingModule);
  people = await peopleOf(office);
});
afterAll(() => office.close());

const remind = (): Promise<number> => office.get(SendReminders).run(office.cityId);
const reminders = (): Promise<{ account_id: string; rung: string }[]> => office.sql(
  `SELECT account_id, split_part(message_key, '.', 2) AS rung FROM notification WHERE city_id = $1 AND effect_key LIKE 'due/%' ORDER BY created_at`, [office.cityId]);

it('reminds who must act on each rung once, however often and in how many workers it runs, and not of what is done', async () => {
  const id = await submittedPolicy(office, people, { affectsMarket: false });
  await office.get(SubmitForReview).run(people.drafter, id);
  const [docket] = await office.sql<{ id: string; due: string }>('SELECT id, due_on::text AS due FROM docket WHERE city_id = $1 AND policy_id = $2', [office.cityId, id]);
  // Fifteen working days after Monday, 2 March 2026.
  expect(docket?.due).toBe('2026-03-23');
  const legal = { account_id: people.legal.accountId };
  await remind();
  expect(await reminders()).toEqual([]);

  // Five working days before.
  office.clock.set('2026-03-16T01:00:00Z');
  await Promise.all([remind(), remind(), remind()]);
  await remind();
  expect(await reminders()).toEqual([{ ...legal, rung: 'week' }]);
  // Days between two rungs bring nothing new.
  office.clock.set('2026-03-18T01:00:00Z');
  await remind();
  expect(await reminders()).toHaveLength(1);
  // Friday is one working day before Monday.
  office.clock.set('2026-03-20T01:00:00Z');
  await remind();
  office.clock.set('2026-03-21T01:00:00Z');
  await remind();
  expect(await reminders()).toEqual([{ ...legal, rung: 'week' }, { ...legal, rung: 'day' }]);

  const second = await submittedPolicy(office, people, { affectsMarket: false });
  await office.get(SubmitForReview).run(people.drafter, second);
  await office.get(SignDocket).run(people.legal, id, docket?.id ?? '', signatureOf('legality'));
  office.clock.set('2026-03-25T01:00:00Z');
  await remind();
  // Signed meanwhile: nothing is overdue; the second is far off.
  expect(await reminders()).toHaveLength(2);

  office.clock.set('2026-05-25T01:00:00Z');
  await Promise.all([remind(), remind()]);
  expect((await reminders()).slice(2)).toEqual([{ ...legal, rung: 'overdue' }]);
});

it('shows it to the person, the department and the city, with the way to its day, in few statements', async () => {
  const see = (actor: Parameters<typeof office.unitOfWork.run>[0], scope: 'me' | 'department' | 'city') =>
    office.unitOfWork.run(actor, (tx) => readDeadlines(tx, office.get(DueRegistry), { scope }));
  const log = recordStatements();
  const mine = await see(people.legal, 'me');
  log.stop();
  // One a source, and the transaction's own.
  expect(log.count).toBeLessThanOrEqual(8);
  expect(mine.items).toEqual([expect.objectContaining({
    kind: 'drafting.legality', state: 'overdue', role: 'legal_reviewer', basis: { paramId: 'nrd.legal_review', article: '国办发〔2018〕115号', from: '2026-03-21', days: 15, unit: 'wd' },
  })]);
  // The drafters wait for the review that is open, and may go on with the one that is signed.
  expect((await see(people.drafter, 'me')).items.map(({ kind, state }) => [kind, state])).toEqual([['drafting.deliberation', 'blocked'], ['drafting.deliberation', 'due']]);
  expect((await see(people.drafter, 'department')).counts).toEqual({ overdue: 1, blocked: 1, due: 1 });
  await expect(see(people.drafter, 'city')).rejects.toMatchObject({ problem: 'forbidden' });
  const stranger = await office.person('外局法规科', ['legal_reviewer'], office.other);
  expect((await see(stranger, 'department')).items).toEqual([]);
  const overseer = { ...(await office.person('督查', ['overseer'], office.other)), scope: 'city' as const };
  expect((await see(overseer, 'city')).departments).toEqual([{ id: office.drafting, name: '云浦市产业局', counts: { overdue: 1, blocked: 1, due: 1 } }]);
});
