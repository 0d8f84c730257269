import { Coordinate, SignReply } from '@domains/drafting';
import { DueRegistry } from '@core/policy';
import { deedsOf, LETTER, MEETING, openRound, type Person, type Round } from './circulation-matter';
import type { Desk } from './desk';

let round: Round;
let desks: Record<'drafter' | 'asked' | 'head', Desk>;
beforeAll(async () => {
  round = await openRound();
  desks = { drafter: await round.desk(round.drafter), asked: await round.desk(round.person(round.asked[0], 'drafter')), head: await round.desk(round.person(round.asked[0], 'department_head')) };
});
afterAll(() => round.close());

const { use, head, ask, draft, reply, read, opinionsOf, replyIdOf } = deedsOf(() => round);

it('lists what is owed: replies with their day, signatures, handling, and agreements to confirm', async () => {
  const id = await round.submitted();
  const [first] = round.asked;
  const circulation = await ask(id, [first]);
  const due = async (actor: Person) => (await round.test.unitOfWork.run(actor, (tx) => use(DueRegistry).list(tx, { departmentId: actor.tenantId }))).items.filter((item) => item.policyId === id)
    .map(({ kind, dueOn, role, href }) => [kind, dueOn, role, href]);
  const inbox = `/console/circulations/${circulation}`;
  expect(await due(head(first))).toEqual([['drafting.reply', '2026-03-09', 'drafter', inbox]]);
  await draft(first, circulation, { stance: 'disagree' });
  expect(await due(head(first))).toEqual([['drafting.reply_signature', '2026-03-09', 'department_head', inbox]]);
  await use(SignReply).run(head(first), circulation, 1);
  await round.react();
  const page = `/console/policies/${id}/circulation`;
  expect(await due(round.drafter)).toEqual([['drafting.coordination', null, 'drafter', page], ['drafting.handling', null, 'drafter', page]]);
  await use(Coordinate).record(round.drafter, id, await replyIdOf(id, first), { ...MEETING, outcome: 'agreed' });
  expect(await due(head(first))).toEqual([['drafting.agreement', null, 'department_head', inbox]]);
});

it('is worked on pages from end to end, and its table leaves no formula', async () => {
  const id = await round.submitted();
  const page = `/console/policies/${id}/circulation`;
  const [first] = round.asked;
  const opened = await desks.drafter.post(page, page, { letter: LETTER, departmentIds: first, workingDays: '5' });
  expect([opened.status, opened.location]).toEqual([303, page]);
  const [{ id: circulation } = { id: '' }] = await read(round.drafter, id);
  const inbox = `/console/circulations/${circulation}`;
  expect((await desks.asked.get('/console/circulations')).body).toContain(inbox);
  const shown = await desks.asked.get(inbox);
  for (const words of [LETTER, '第三条', '自己算一遍']) expect(shown.body).toContain(words);
  expect((await desks.asked.post(inbox, `${inbox}/reply`, { stance: 'disagree', opinionText: '', seen: '0' })).status).toBe(422);
  expect((await desks.asked.post(inbox, `${inbox}/reply`, { stance: 'disagree', opinionText: '不同意。', seen: '0' })).status).toBe(303);
  expect((await desks.asked.post(inbox, `${inbox}/signature`, { seen: '1' })).status).toBe(403);
  expect((await desks.head.post(inbox, `${inbox}/signature`, { seen: '1' })).status).toBe(303);
  const replyPage = `${page}/replies/${await replyIdOf(id, first)}`;
  expect((await desks.drafter.post(replyPage, replyPage, { ...MEETING, level: 'government' })).status).toBe(422);
  expect((await desks.drafter.post(replyPage, replyPage, { ...MEETING, outcome: 'decided' })).status).toBe(403);
  expect((await desks.drafter.post(replyPage, replyPage, { ...MEETING, outcome: 'agreed' })).status).toBe(303);
  const answer = /action="([^"]+\/coordination\/[^"]+)"/.exec((await desks.head.get(inbox)).body)?.[1] ?? '';
  expect((await desks.head.post(inbox, answer, { answer: 'confirmed' })).status).toBe(303);
  const [opinion] = await opinionsOf(id);
  const handling = `${page}/opinions/${opinion?.id}`;
  expect((await desks.drafter.post(handling, handling, { disposition: 'not_adopted', reason: '=SUM(A1)', changedIdentity: '' })).status).toBe(303);
  expect((await desks.drafter.get(`${page}/table`)).body).toContain('SUM(A1)');
  const file = await desks.drafter.get(`${page}/table.csv`);
  expect(file.body).toContain(`"'=SUM(A1)"`);
  expect(file.body.split('\r\n')).toHaveLength(3);
});

it('names a clause below an article with its article', async () => {
  const id = await round.submitted();
  const [first] = round.asked;
  const circulation = await ask(id, [first]);
  const [item] = await round.sql<{ identity: string }>(
    `SELECT p.identity FROM provision p JOIN policy_version v ON v.city_id = p.city_id AND v.id = p.version_id WHERE p.city_id = $1 AND v.policy_id = $2 AND p.kind = 'item' ORDER BY p.seq LIMIT 1`, id);
  await reply(first, circulation, { opinions: [{ identity: item?.identity ?? '', text: '应当增加纳税。' }] });
  expect(await opinionsOf(id)).toMatchObject([{ clauseLabel: '第三条（一）', quote: '依法登记；' }]);
});
