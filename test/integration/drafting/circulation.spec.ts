import {
  CloseCirculation, Coordinate, type CoordinationInput, HandleOpinion, InviteDepartment, listCirculations, NoteFacts, OpenCirculation, RevisePolicy, SaveDraft, SaveReply, SignReply, SubmitForReview, SubmitVersion,
} from '@domains/drafting';
import { type Actor, DomainError } from '@platform/kernel';
import type { Desk } from './desk';
import { ARTICLE, deedsOf, LETTER, MEETING, NO_COMMENT, openRound, refusal, type Round } from './circulation-matter';
import { NOTE, TEXT } from './matter';


let round: Round;
let desks: Record<'drafter' | 'asked' | 'head' | 'stranger', Desk>;
beforeAll(async () => {
  round = await openRound();
  desks = {
    drafter: await round.desk(round.drafter), asked: await round.desk(round.person(round.asked[0], 'drafter')), head: await round.desk(round.person(round.asked[0], 'department_head')),
    stranger: await round.desk(round.person(round.stranger, 'drafter')),
  };
});
afterAll(() => round.close());
beforeEach(() => round.test.clock.set('2026-03-02T09:00:00+08:00'));

const { use, head, ask, draft, reply, read, opinionsOf, replyIdOf } = deedsOf(() => round);
const gatesOf = async (id: string): Promise<string[]> => {
  const { details } = await refusal(use(SubmitForReview).run(round.drafter, id));
  for (const gate of details.gates ?? []) if (gate.gate.startsWith('drafting.circul')) expect(gate.article).toBe(ARTICLE);
  return (details.gates ?? []).map(({ key }) => key);
};
const clauseOf = async (id: string, label: string): Promise<string> =>
  (await round.sql<{ identity: string }>(`SELECT p.identity FROM provision p JOIN policy_version v ON v.city_id = p.city_id AND v.id = p.version_id WHERE p.city_id = $1 AND v.policy_id = $2 AND p.label = $3 LIMIT 1`, id, label))[0]?.identity ?? '';

/** The keys of the refusals and how many were done. */
async function outcomes(work: Promise<unknown>[]): Promise<{ done: number; refused: string[] }> {
  const settled = await Promise.allSettled(work);
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])).map((reason) => {
    if (!(reason instanceof DomainError)) throw reason;
    return reason.key;
  });
  return { done: settled.length - refused.length, refused };
}

it('goes the whole way: asked, replied, handled, coordinated, sent to review', async () => {
  const id = await round.submitted({ concernsOthers: true });
  expect(await gatesOf(id)).toEqual(['circulation:gate.none']);
  const [first, second] = round.asked;
  const circulation = await ask(id);
  expect((await read(round.drafter, id))[0]).toMatchObject({ replyOn: '2026-03-09', workingDays: 5, state: 'open', versionNo: 1 });
  expect(await gatesOf(id)).toEqual(['circulation:gate.open']);
  const third = await clauseOf(id, '第三条');
  await reply(first, circulation, { opinions: [{ identity: third, text: '条件应当增加纳税。' }, { identity: '', text: '建议缩短期限。' }] });
  await reply(second, circulation, { stance: 'disagree', statement: '与上位规定不一致', opinions: [{ identity: third, text: '不同意设置条件。' }] });
  await round.react();
  expect((await read(round.drafter, id))[0]).toMatchObject({ state: 'closed', closer: null });
  expect(await gatesOf(id)).toEqual(['circulation:gate.unhandled', 'circulation:gate.unsettled']);

  const [one, two, three] = await opinionsOf(id);
  const handle = (opinion: { id: string } | undefined, more: object): Promise<void> => use(HandleOpinion).run(round.drafter, id, opinion?.id ?? '', { disposition: 'not_adopted', reason: '已有规定。', ...more });
  await handle(one, { disposition: 'adopted', changedIdentity: third, reason: '增加纳税条件。' });
  await handle(two, {});
  await handle(three, {});
  expect(await gatesOf(id)).toEqual(['circulation:gate.unlinked', 'circulation:gate.unsettled']);

  await use(RevisePolicy).run(round.drafter, id, '按部门意见修改');
  const { rowVersion } = await use(SaveDraft).run(round.drafter, id, { seen: 1, text: TEXT.replace('（一）依法登记；', '（一）依法登记并纳税；'), draftingNote: NOTE });
  await use(SubmitVersion).run(round.drafter, id, rowVersion);
  expect(await gatesOf(id)).toEqual(['circulation:gate.unsettled']);

  const replyId = await replyIdOf(id, second);
  await use(Coordinate).record(round.drafter, id, replyId, MEETING);
  const agreed = await use(Coordinate).record(round.drafter, id, replyId, { ...MEETING, level: 'coordinator', outcome: 'agreed', minutes: '同意分步实施。' });
  expect(await gatesOf(id)).toEqual(['circulation:gate.unsettled']);
  expect((await refusal(use(Coordinate).answer(head(first), circulation, agreed.id, 'confirmed'))).problem).toBe('not_found');
  expect((await refusal(use(Coordinate).answer(head(round.drafting), circulation, agreed.id, 'confirmed'))).key).toBe('circulation:error.notYours');
  await use(Coordinate).answer(head(second), circulation, agreed.id, 'confirmed');
  await use(SubmitForReview).run(round.drafter, id);

  await round.react();
  const told = await round.sql<{ account_id: string; message_key: string }>(`SELECT account_id, message_key FROM notification WHERE city_id = $1 AND message_key LIKE 'circulation:%' AND params ->> 'title' = '会签办法'`);
  expect(told.filter(({ message_key: key }) => key === 'circulation:notice.opened').map(({ account_id: account }) => account).sort()).toEqual(
    round.asked.flatMap((department) => [round.person(department, 'drafter').accountId, head(department).accountId]).sort());
  expect(told.filter(({ account_id: account }) => account === round.drafter.accountId).map(({ message_key: key }) => key).sort()).toEqual(['circulation:notice.replied.comments', 'circulation:notice.replied.disagree']);
});

it('asks about a submitted version only, and one circulation at a time', async () => {
  const id = await round.submitted();
  await use(RevisePolicy).run(round.drafter, id, '修改');
  const open = { letter: LETTER, departmentIds: [round.asked[0]], workingDays: 5 };
  expect(await refusal(use(OpenCirculation).run(round.drafter, id, open))).toMatchObject({ key: 'circulation:error.onlySubmitted', details: { article: ARTICLE } });
  await use(SubmitVersion).run(round.drafter, id, 1);
  for (const [field, value] of [['letter', ' '], ['departmentIds', []], ['departmentIds', [round.drafting]], ['workingDays', 0]] as const) {
    expect((await refusal(use(OpenCirculation).run(round.drafter, id, { ...open, [field]: value }))).details.fields?.[0]?.field).toBe(field);
  }
  expect(await outcomes([1, 2].map(() => use(OpenCirculation).run(round.drafter, id, open)))).toEqual({ done: 1, refused: ['circulation:error.alreadyOpen'] });
  expect((await refusal(use(OpenCirculation).run(round.person(round.stranger, 'drafter'), id, open))).problem).toBe('not_found');
});

it('shows a reply to the drafting department, and to who oversees the city, only once it is signed', async () => {
  const id = await round.submitted();
  const circulation = await ask(id, [round.asked[0]]);
  const { rowVersion } = await draft(round.asked[0], circulation);
  for (const actor of [round.drafter, round.overseer]) {
    expect((await read(actor, id))[0]?.departments.map((one) => one.reply)).toEqual([null]);
    expect(await round.test.unitOfWork.run(actor, (tx) => tx.query('SELECT 1 FROM circulation_opinion WHERE city_id = $1 AND circulation_id = $2', [tx.cityId, circulation]))).toEqual([]);
  }
  expect((await desks.drafter.get(`/console/policies/${id}/circulation`)).body).not.toContain('资金来源应当会商');
  await use(SignReply).run(head(round.asked[0]), circulation, rowVersion);
  expect((await desks.drafter.get(`/console/policies/${id}/circulation`)).body).toContain('资金来源应当会商');
  expect((await desks.drafter.api('GET', `/policies/${id}/circulations`)).status).toBe(200);
});

it('is signed by a head who had no hand in it, as he read it', async () => {
  const id = await round.submitted();
  const [first] = round.asked;
  const circulation = await ask(id, [first]);
  expect((await refusal(use(SignReply).run(head(first), circulation, 1))).key).toBe('circulation:error.nothingToSign');
  await draft(first, circulation);
  await use(SaveReply).run(head(first), circulation, { ...NO_COMMENT, seen: 1 });
  const again = await draft(first, circulation, { seen: 2 });
  expect(await refusal(use(SignReply).run(head(first), circulation, again.rowVersion))).toMatchObject({ problem: 'forbidden', key: 'circulation:error.ownReply', details: { article: ARTICLE } });
  expect((await refusal(use(SignReply).run(round.person(first, 'drafter'), circulation, 3))).problem).toBe('forbidden');
  const signs = `UPDATE circulation_reply SET signed_by = $3, signed_at = now() WHERE city_id = $1 AND circulation_id = $2`;
  await expect(round.sql(signs, circulation, head(first).accountId)).rejects.toThrow(/check/);
});

it('knows no reply of a department that was not asked', async () => {
  const id = await round.submitted();
  const circulation = await ask(id, [round.asked[0]]);
  const seen = { stance: 'no_comment', seen: 0 };
  expect((await refusal(reply(round.stranger, circulation))).problem).toBe('not_found');
  expect((await desks.stranger.get(`/console/circulations/${circulation}`)).status).toBe(404);
  expect((await desks.stranger.api('PUT', `/circulations/${circulation}/reply`, seen)).status).toBe(404);
  expect((await desks.stranger.post('/console/circulations', `/console/circulations/${circulation}/reply`, { stance: 'no_comment', seen: '0' })).status).toBe(404);
});

it('is fixed once it is signed, for the application’s own role too', async () => {
  const id = await round.submitted();
  const [first] = round.asked;
  const circulation = await ask(id, [first, round.asked[1]]);
  await reply(first, circulation);
  expect((await refusal(draft(first, circulation, { seen: 2 }))).key).toBe('circulation:error.signed');
  const asOwn = (text: string): Promise<unknown> => round.test.unitOfWork.run(round.person(first, 'drafter'), (tx) => tx.query(text, [tx.cityId, circulation]));
  for (const text of [
    `UPDATE circulation_reply SET stance = 'no_comment' WHERE city_id = $1 AND circulation_id = $2`,
    `UPDATE circulation_reply SET signed_at = NULL, signed_by = NULL WHERE city_id = $1 AND circulation_id = $2`,
    `DELETE FROM circulation_opinion WHERE city_id = $1 AND circulation_id = $2`,
    `INSERT INTO circulation_opinion (city_id, id, tenant_id, owner_tenant_id, circulation_id, reply_id, seq, text)
       SELECT city_id, gen_random_uuid(), tenant_id, owner_tenant_id, circulation_id, id, 9, '补' FROM circulation_reply WHERE city_id = $1 AND circulation_id = $2`,
    'DELETE FROM circulation_reply WHERE city_id = $1 AND circulation_id = $2',
    `UPDATE circulation SET reply_on = '2027-01-01' WHERE city_id = $1 AND id = $2`,
  ]) await expect(asOwn(text)).rejects.toThrow();
  expect(await opinionsOf(id)).toHaveLength(1);
});

it('asks reasons of every handling, and a clause of what is adopted', async () => {
  const id = await round.submitted();
  const circulation = await ask(id, [round.asked[0]]);
  await reply(round.asked[0], circulation);
  const [opinion] = await opinionsOf(id);
  const page = `/console/policies/${id}/circulation/opinions/${opinion?.id}`;
  for (const [fields, field] of [[{ disposition: 'not_adopted', reason: ' ' }, 'reason'], [{ disposition: 'adopted', reason: '同意' }, 'changedIdentity'], [{ disposition: 'partly', reason: '同意', changedIdentity: 'nowhere' }, 'changedIdentity']] as const) {
    expect((await refusal(use(HandleOpinion).run(round.drafter, id, opinion?.id ?? '', fields))).details.fields?.[0]?.field).toBe(field);
    const onPage = await desks.drafter.post(page, page, fields);
    expect([onPage.status, (await desks.drafter.api('PUT', `/policies/${id}/circulations/opinions/${opinion?.id}`, fields)).status]).toEqual([422, 422]);
    expect(onPage.body).toContain(`id="f-${field}`);
  }
  const [foreign] = [await round.submitted()];
  expect((await refusal(use(HandleOpinion).run(round.drafter, foreign, opinion?.id ?? '', { disposition: 'not_adopted', reason: '否' }))).problem).toBe('not_found');
});

it('is not closed early; after the day silence is shown as silence, and a late reply is taken and must be handled', async () => {
  const id = await round.submitted();
  const [first, second] = round.asked;
  const circulation = await ask(id);
  await reply(first, circulation, NO_COMMENT);
  expect(await refusal(use(CloseCirculation).run(round.drafter, id))).toMatchObject({ key: 'circulation:error.tooEarly', details: { article: ARTICLE, params: { day: '2026-03-09' } } });
  expect((await desks.drafter.api('POST', `/policies/${id}/circulations/closure`)).status).toBe(409);
  round.test.clock.set('2026-03-10T09:00:00+08:00');
  await use(CloseCirculation).run(round.drafter, id);
  const { body } = await (await round.desk(round.drafter)).get(`/console/policies/${id}/circulation`);
  expect(body).toContain('逾期未复');
  expect(body).toContain('不视为同意');
  await round.test.unitOfWork.run(round.drafter, async (tx) => expect((await listCirculations(tx, id))[0]?.departments.find(({ departmentId }) => departmentId === second)?.reply).toBeNull());
  expect(await reply(second, circulation)).toEqual({ late: true });
  expect(await gatesOf(id)).toEqual(['circulation:gate.unhandled']);
});

it('refuses review on page and API alike, with the article', async () => {
  const refusedWith = async (id: string, words: string): Promise<void> => {
    const onPage = await desks.drafter.post(`/console/policies/${id}`, `/console/policies/${id}/review`, {});
    const atApi = await desks.drafter.api('POST', `/policies/${id}/review`);
    expect([onPage.status, atApi.status]).toEqual([409, 409]);
    for (const text of [onPage.body, JSON.stringify(atApi.json)]) {
      expect(text).toContain(ARTICLE);
      expect(text).toContain(words);
    }
  };
  const id = await round.submitted();
  await use(InviteDepartment).run(round.drafter, id, { departmentId: round.asked[1], capacity: 'countersign' });
  await refusedWith(id, '还没有征求会签部门的意见：丙局');
  const circulation = await ask(id);
  await refusedWith(id, '还在等待回复');
  await reply(round.asked[0], circulation);
  await reply(round.asked[1], circulation, { stance: 'disagree', opinions: [{ identity: '', text: '不同意。' }] });
  await refusedWith(id, '没有处理');
  await refusedWith(id, '部门不同意见还没有解决：丙局');
});

it('asks nothing of a policy that concerns nobody else, and cites the regulation for a major decision', async () => {
  const id = await round.submitted();
  await use(SubmitForReview).run(round.drafter, id);
  expect((await refusal(ask(id))).key).toBe('circulation:error.policyPast');
  const decision = await round.submitted();
  await round.sql(`UPDATE policy SET kind = 'major_decision' WHERE city_id = $1 AND id = $2`, decision);
  await use(NoteFacts).run(round.drafter, decision, { technical: true, technicalReason: '', publicRisk: true, publicRiskReason: '', issuer: 'department', emergency: false, emergencyReason: '', concernsOthers: true });
  const { details } = await refusal(use(SubmitForReview).run(round.drafter, decision));
  expect(details.gates?.find(({ key }) => key === 'circulation:gate.none')?.article).toBe('《重大行政决策程序暂行条例》第十四条');
});

it('goes up level by level, and lets no party decide', async () => {
  const id = await round.submitted();
  const [first] = round.asked;
  const circulation = await ask(id, [first]);
  await reply(first, circulation, { stance: 'disagree', opinions: [{ identity: '', text: '不同意。' }] });
  const replyId = await replyIdOf(id, first);
  const record = (actor: Actor, more: Partial<CoordinationInput>): Promise<{ id: string }> => use(Coordinate).record(actor, id, replyId, { ...MEETING, ...more });
  expect((await refusal(record(round.drafter, { level: 'government' }))).key).toBe('circulation:error.levelOrder');
  expect((await refusal(record(round.drafter, { heldOn: '2026-03-03' }))).details.fields?.[0]?.field).toBe('heldOn');
  expect((await refusal(record(round.drafter, { minutes: '' }))).details.fields?.[0]?.field).toBe('minutes');
  expect((await refusal(record(round.person(round.stranger, 'drafter'), {}))).problem).toBe('not_found');
  const agreed = await record(round.drafter, { outcome: 'agreed' });
  await use(Coordinate).answer(head(first), circulation, agreed.id, 'denied');
  expect((await refusal(use(Coordinate).answer(head(first), circulation, agreed.id, 'confirmed'))).key).toBe('circulation:error.nothingToConfirm');
  expect((await refusal(record(round.overseer, { outcome: 'decided' }))).key).toBe('circulation:error.equalsDecide');
  await record(round.drafter, { level: 'coordinator' });
  expect(await refusal(record(round.drafter, { level: 'government', outcome: 'decided' }))).toMatchObject({ problem: 'forbidden', key: 'circulation:error.partyDecides' });
  await record(round.overseer, { level: 'government', outcome: 'decided', minutes: '按原方案执行。' });
  expect((await refusal(record(round.drafter, {}))).key).toBe('circulation:error.settled');
  expect(await gatesOf(id)).toEqual(['circulation:gate.unhandled']);
});

it('has one truth when two sign at once, two begin at once, and a reply races with the close', async () => {
  const id = await round.submitted();
  const [first, second] = round.asked;
  const circulation = await ask(id);
  expect((await outcomes([draft(first, circulation), draft(first, circulation)])).refused).toEqual(['common:error.changedMeanwhile']);
  expect(await outcomes([1, 2].map(() => use(SignReply).run(head(first), circulation, 1)))).toEqual({ done: 1, refused: ['circulation:error.signed'] });
  await draft(second, circulation, NO_COMMENT);
  round.test.clock.set('2026-03-09T23:59:00+08:00');
  await use(SignReply).run(head(second), circulation, 1);
  await Promise.allSettled([round.react(), use(CloseCirculation).run(round.drafter, id)]);
  await round.react();
  const records = await round.sql(`SELECT 1 FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 AND name = 'circulation_closed'`, id);
  expect(records).toHaveLength(1);

  const later = await round.submitted();
  round.test.clock.set('2026-03-10T09:00:00+08:00');
  const open = await ask(later, [first]);
  await draft(first, open);
  round.test.clock.set('2026-03-18T09:00:00+08:00');
  const race = await outcomes([use(CloseCirculation).run(round.drafter, later), use(SignReply).run(head(first), open, 1)]);
  expect(race).toEqual({ done: 2, refused: [] });
  const [entry] = await read(round.drafter, later);
  expect([entry?.state, entry?.departments[0]?.reply?.late]).toEqual(['closed', true]);
});
