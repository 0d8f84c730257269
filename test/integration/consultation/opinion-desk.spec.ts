import {
  appealOfReceipt, AssignOpinions, DecideAppeal, FileAppeal, MarkRead, ModerateOpinion, myOpinions, officersOf, type OpinionFilter, opinionFacets, opinionTopics, opinionWork, PostOpinion, readAppeal,
  resolveFilter, searchPublicOpinions, selectAll, selectOpinions, waitingAppeals, WithdrawOpinion, WorkOnSelection, AnswerOpinion, readPublicConsultation,
} from '@domains/consultation';
import { type Actor, anonymousActor, systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { CITY, openConsultation, openWorld, type World } from './world';

let world: World;
let overseer: Actor;
beforeAll(async () => {
  world = await openWorld();
  const { rows: [found] } = { rows: await world.work.run(systemActor(CITY), (tx) => tx.query<{ id: string; tenant_id: string }>(
    `SELECT m.account_id AS id, m.tenant_id FROM membership m WHERE m.city_id = $1 AND m.role = 'overseer' AND m.tenant_id <> $2 LIMIT 1`, [CITY, world.people.drafter.tenantId])) };
  overseer = { cityId: CITY, tenantId: found!.tenant_id, accountId: found!.id, name: '监督员', roles: ['overseer'], scope: 'city' };
});
afterAll(() => world.close());
beforeEach(() => world.clock.stop('2026-09-01T12:00:00+08:00'));

let posted = 0;
const post = (id: string, text: string, more: { actor?: Actor; clauseId?: string; stance?: 'support' | 'oppose' | 'suggest' } = {}) => world.get(PostOpinion).run(more.actor ?? anonymousActor(CITY), id, {
  text, stance: more.stance ?? 'suggest', ...(more.clauseId ? { clauseId: more.clauseId } : {}), personalData: 'send', idempotencyKey: `opinion-desk-${String(posted += 1).padStart(8, '0')}` });
const hide = (opinionId: string, actor: Actor = world.people.drafter) => world.get(ModerateOpinion).run(actor, opinionId, { moderation: 'hidden', reason: '含有他人信息' });
const as = <T>(actor: Actor, work: Parameters<World['work']['run']>[1]) => world.work.run(actor, work) as Promise<T>;
const found = async (id: string, filter: OpinionFilter, actor: Actor = world.people.drafter) => (await world.work.run(actor, async (tx) => selectOpinions(tx, await resolveFilter(tx, id, filter)))).items.map(({ text }) => text);
const key = async (id: string, filter: OpinionFilter, actor: Actor = world.people.drafter) => (await world.work.run(actor, async (tx) => selectAll(tx, await resolveFilter(tx, id, filter)))).key;
async function work(): Promise<void> {
  const relay = new OutboxRelay(world.work, new LocalDispatcher(world.get(EventProcessor), 60_000), { cities: async () => [CITY], clock: world.clock, onError: () => undefined });
  while (await relay.sweep() > 0);
}
const notices = (accountId: string | null) => world.work.run(systemActor(CITY), (tx) => tx.query<{ message_key: string; params: object }>('SELECT message_key, params FROM notification WHERE city_id = $1 AND account_id = $2 ORDER BY created_at', [CITY, accountId]));
const counts = async (id: string) => {
  const { received, shown, hidden, withdrawn } = await readPublicConsultation(world.reader, CITY, id, world.clock.now());
  expect(received).toBe(shown + hidden + withdrawn);
  return { received, shown, hidden, withdrawn };
};

describe('an appeal against hiding', () => {
  it('is filed once with the receipt, decided by a superior and not by who hid it, and shows the opinion again', async () => {
    const { id } = await openConsultation(world);
    const mine = await post(id, '请放宽条件。');
    const appeal = (reasons = '里面没有他人的信息') => world.get(FileAppeal).byReceipt(CITY, mine.code, reasons);
    await expect(appeal()).rejects.toMatchObject({ key: 'opinion-desk:error.notHidden' });
    await hide(mine.opinionId);
    await expect(appeal(' ')).rejects.toMatchObject({ key: 'consultation:error.empty' });
    await expect(world.get(FileAppeal).byReceipt(CITY, 'AAAA-BBBB-CCCC-DDDD', '理由')).rejects.toMatchObject({ problem: 'not_found' });
    const many = await Promise.allSettled([appeal(), appeal(), appeal()]);
    expect(many.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const { appealId } = (many.find(({ status }) => status === 'fulfilled') as PromiseFulfilledResult<{ appealId: string }>).value;
    expect(await counts(id)).toEqual({ received: 1, shown: 0, hidden: 1, withdrawn: 0 });
    await work();
    expect((await notices(world.people.head.accountId)).map((one) => one.message_key)).toContain('opinion-desk:notice.appeal');

    const decide = (actor: Actor, decision: 'shown' | 'upheld' = 'shown') => world.get(DecideAppeal).run(actor, appealId, { decision, reason: '确无他人信息。' });
    await expect(decide({ ...world.people.drafter, roles: ['drafter', 'department_head'] })).rejects.toMatchObject({ key: 'opinion-desk:error.hidItself' });
    await expect(decide({ ...world.people.second, roles: ['drafter'] })).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(decide(overseer)).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(decide(world.people.outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(decide(world.people.foreigner)).rejects.toMatchObject({ problem: 'not_found' });
    expect((await world.work.run(world.people.head, waitingAppeals)).find((one) => one.id === appealId)).toMatchObject({ mayDecide: true, dueOn: '2026-09-08', decider: 'department_head' });
    expect((await world.work.run(world.people.outsider, waitingAppeals)).map((one) => one.id)).not.toContain(appealId);
    world.clock.stop('2026-09-02T12:00:00+08:00');
    const both = await Promise.allSettled([decide(world.people.head), decide(world.people.head, 'upheld')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { key: 'opinion-desk:error.appealOver' } });
    const { decision } = await world.work.run(world.people.head, (tx) => readAppeal(tx, appealId));
    expect(await counts(id)).toEqual({ received: 1, shown: decision === 'shown' ? 1 : 0, hidden: decision === 'shown' ? 0 : 1, withdrawn: 0 });
    await work();
    expect((await notices(world.people.drafter.accountId)).map((one) => one.message_key)).toContain(`opinion-desk:notice.${decision}`);
    const author = await world.work.run(systemActor(CITY), (tx) => appealOfReceipt(tx, mine.code, decision === 'upheld'));
    expect(author).toMatchObject({ mayAppeal: false, last: { decision, decisionReason: '确无他人信息。' } });
    await expect(world.work.run(systemActor(CITY), (tx) => tx.query('UPDATE opinion_appeal SET reasons = $3 WHERE city_id = $1 AND id = $2', [CITY, appealId, 'x']))).rejects.toThrow(/decided once/);
  });

  it('against a head is for the city\'s overseer, who reads it masked, and the author who was signed in is told', async () => {
    const { id } = await openConsultation(world);
    const mine = await post(id, '请致电 13812345678。', { actor: world.people.enterprise });
    await hide(mine.opinionId, world.people.head);
    await expect(world.get(FileAppeal).byAuthor(world.people.resident, id, mine.opinionId, '理由')).rejects.toMatchObject({ problem: 'not_found' });
    const { appealId } = await world.get(FileAppeal).byAuthor(world.people.enterprise, id, mine.opinionId, '号码是本公司的');
    const decide = (actor: Actor) => world.get(DecideAppeal).run(actor, appealId, { decision: 'shown', reason: '公开时已遮盖。' });
    await expect(decide(world.people.second)).rejects.toMatchObject({ problem: 'forbidden' });
    expect(await world.work.run(overseer, (tx) => readAppeal(tx, appealId))).toMatchObject({ mayDecide: true, text: '请致电 138****5678。', decider: 'overseer' });
    await expect(decide({ ...overseer, scope: 'own' })).rejects.toMatchObject({ problem: 'not_found' });
    await decide(overseer);
    expect(await counts(id)).toMatchObject({ shown: 1, hidden: 0 });
    await work();
    expect((await notices(world.people.enterprise.accountId)).map((one) => one.message_key)).toContain('opinion-desk:notice.shown');
    // Hidden anew, it may be appealed against anew; shown by the department itself, there is nothing left to decide.
    world.clock.stop('2026-09-03T12:00:00+08:00');
    await hide(mine.opinionId);
    const { appealId: second } = await world.get(FileAppeal).byReceipt(CITY, mine.code, '又来了');
    await world.get(ModerateOpinion).run(world.people.drafter, mine.opinionId, { moderation: 'shown', reason: '误操作' });
    await expect(world.get(DecideAppeal).run(world.people.head, second, { decision: 'upheld', reason: '理由' })).rejects.toMatchObject({ key: 'opinion-desk:error.appealOver' });
    expect(await world.work.run(world.people.head, (tx) => readAppeal(tx, second))).toMatchObject({ state: 'over', mayDecide: false });
  });
});

describe('finding opinions', () => {
  it('by words, clause, stance, state, officer and reading, with counts for each filter', async () => {
    const { id } = await openConsultation(world);
    const night = await post(id, '夜间停车 Wi-Fi 很慢', { clauseId: 'art_1', stance: 'oppose' });
    const day = await post(id, '白天停车收费 100%', { clauseId: 'art_1' });
    const tree = await post(id, '多种树', { stance: 'support' });
    expect(await found(id, { q: '停车' })).toEqual(['白天停车收费 100%', '夜间停车 Wi-Fi 很慢']);
    expect(await found(id, { q: 'wi-FI 停车' })).toEqual(['夜间停车 Wi-Fi 很慢']);
    expect(await found(id, { q: '0%' })).toEqual(['白天停车收费 100%']);
    expect(await found(id, { q: '_' })).toEqual([]);
    expect(await found(id, { q: tree.receiptNo })).toEqual(['多种树']);
    expect(await found(id, { clause: 'none' })).toEqual(['多种树']);
    expect(await found(id, { clause: 'art_1', stance: 'oppose' })).toEqual(['夜间停车 Wi-Fi 很慢']);
    expect(await found(id, { q: '停车' }, world.people.outsider)).toEqual([]);
    await hide(day.opinionId);
    await world.get(WithdrawOpinion).byReceipt(CITY, tree.code);
    await world.get(AnswerOpinion).run(world.people.drafter, night.opinionId, { disposition: 'noted', reason: '知悉' });
    expect(await found(id, { state: 'hidden' })).toEqual(['白天停车收费 100%']);
    expect(await found(id, { state: 'unanswered' })).toEqual(['白天停车收费 100%']);
    expect(await found(id, { state: 'withdrawn' })).toEqual(['多种树']);
    await world.get(FileAppeal).byReceipt(CITY, day.code, '理由');
    expect(await found(id, { state: 'appealed' })).toEqual(['白天停车收费 100%']);
    // Who answered or hid has read.
    expect(await found(id, { unread: 'me' })).toEqual(['多种树']);
    const facets = await world.work.run(world.people.drafter, async (tx) => opinionFacets(tx, await resolveFilter(tx, id, { clause: 'art_1' })));
    expect(facets.total).toBe(2);
    expect([Object.fromEntries(facets.clause), Object.fromEntries(facets.state)]).toEqual([{ art_1: 2, none: 1 }, { answered: 1, hidden: 1, appealed: 1, unanswered: 1 }]);
    expect(await world.work.run(world.people.drafter, (tx) => opinionTopics(tx, id))).toEqual([
      { clause: 'art_1', count: 2, byStance: { support: 0, oppose: 1, suggest: 1 }, rows: expect.arrayContaining([{ stance: 'oppose', kind: 'anonymous', count: 1 }, { stance: 'suggest', kind: 'anonymous', count: 1 }]) },
    ]);
    for (const bad of [{ q: 'a\u0000' }, { officer: 'x' }, { cluster: 'x' }]) await expect(found(id, bad)).rejects.toMatchObject({ name: 'DomainError' });
    expect(await found(id, { clause: `'; DROP TABLE opinion; --` })).toEqual([]);
  });

  it('is no way to guess what is masked, for the public and for who oversees the city', async () => {
    const { id } = await openConsultation(world);
    await post(id, '请致电 13812345678 联系我。');
    const publicly = async (q: string) => (await searchPublicOpinions(world.reader, CITY, id, { q })).items.length;
    expect([await publicly('请致电'), await publicly('13812345678'), await publicly('8123'), await publicly('138****5678')]).toEqual([1, 0, 0, 0]);
    expect([(await found(id, { q: '8123' })).length, (await found(id, { q: '8123' }, overseer)).length, (await found(id, { q: '请致电' }, overseer)).length]).toEqual([1, 0, 1]);
    // What is found has all that the page shows of an opinion, as the list without words has it.
    expect((await searchPublicOpinions(world.reader, CITY, id, { q: '请致电' })).items).toEqual((await searchPublicOpinions(world.reader, CITY, id, {})).items);
    expect(await searchPublicOpinions(world.reader, CITY, id, { stance: 'oppose' })).toEqual({ items: [], next: null });
    await expect(searchPublicOpinions(world.reader, CITY, id, { q: 'a\u0000' })).rejects.toMatchObject({ name: 'DomainError' });
  });

  it('pages through the public list without a gap or a repeat, also where most candidates are dropped', async () => {
    const { id } = await openConsultation(world);
    for (let n = 0; n < 65; n += 1) await post(id, n % 13 === 0 ? `第${n}条 8123 号楼` : `第${n}条请致电 13812345678`);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const { items, next } = await searchPublicOpinions(world.reader, CITY, id, { q: '8123' }, after);
      seen.push(...items.map(({ text }) => text ?? ''));
      if (!next) break;
      after = next;
    }
    expect(seen.sort()).toEqual([0, 13, 26, 39, 52].map((n) => `第${n}条 8123 号楼`).sort());
  });
});

describe('sharing out and reading', () => {
  it('gives opinions to officers, told once for a batch, and counts what each has', async () => {
    const { id } = await openConsultation(world);
    const first = await post(id, '甲');
    for (const text of ['乙', '丙']) await post(id, text, { stance: 'oppose' });
    const { drafter, head, outsider, foreigner } = world.people;
    const assign = world.get(AssignOpinions);
    await assign.one(drafter, first.opinionId, drafter.accountId ?? '');
    for (const nobody of [outsider.accountId, foreigner.accountId, 'x', world.people.enterprise.accountId]) {
      await expect(assign.one(drafter, first.opinionId, nobody ?? '')).rejects.toMatchObject({ key: 'opinion-desk:error.officer' });
    }
    await expect(assign.one(outsider, first.opinionId, outsider.accountId ?? '')).rejects.toMatchObject({ problem: 'not_found' });
    const filter = { stance: 'oppose' as const };
    const preview = await key(id, filter);
    await post(id, '丁', { stance: 'oppose' });
    await expect(assign.selected(drafter, id, filter, { key: preview, accountId: head.accountId ?? '' })).rejects.toMatchObject({ key: 'opinion-desk:error.changed', details: { params: { count: 3 } } });
    expect(await assign.selected(drafter, id, filter, { key: await key(id, filter), accountId: head.accountId ?? '' })).toEqual({ assigned: 3 });
    await work();
    expect((await notices(head.accountId)).filter((one) => one.message_key === 'opinion-desk:notice.assigned')).toMatchObject([{ params: { count: 3 } }]);
    await world.get(AnswerOpinion).run(drafter, first.opinionId, { disposition: 'noted', reason: '知悉' });
    const { load } = await world.work.run(drafter, async (tx) => opinionFacets(tx, await resolveFilter(tx, id, {})));
    expect(Object.fromEntries(load)).toEqual({ [head.accountId ?? '']: { assigned: 3, waiting: 3 }, [drafter.accountId ?? '']: { assigned: 1, waiting: 0 } });
    expect((await world.work.run(drafter, (tx) => officersOf(tx, id))).map(({ accountId }) => accountId).sort()).toEqual([drafter.accountId, head.accountId].sort());
    expect(await found(id, { officer: 'none' })).toEqual([]);
    expect(await found(id, { officer: drafter.accountId ?? '' })).toEqual(['甲']);
    await assign.one(head, first.opinionId, head.accountId ?? '');
    expect((await world.work.run(head, myOpinions)).find((one) => one.consultationId === id)).toMatchObject({ assigned: 4, waiting: 3, unread: 4 });
  });

  it('writes down the first reading of each person, however often and at once', async () => {
    const { id } = await openConsultation(world);
    const { opinionId } = await post(id, '甲');
    const other = await openConsultation(world);
    const read = (actor: Actor, ids = [opinionId]) => world.get(MarkRead).run(actor, id, ids);
    const many = await Promise.all([1, 2, 3, 4].map(() => read(world.people.drafter)));
    expect(many.reduce((sum, one) => sum + one.read, 0)).toBe(1);
    world.clock.stop('2026-09-02T12:00:00+08:00');
    await read(world.people.head);
    expect((await world.work.run(world.people.drafter, (tx) => opinionWork(tx, opinionId))).readers.map(({ readAt }) => readAt.toISOString())).toEqual(['2026-09-01T04:00:00.000Z', '2026-09-02T04:00:00.000Z']);
    await expect(read(world.people.outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(read(world.people.foreigner)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(read(world.people.drafter, [(await post(other.id, '乙')).opinionId])).rejects.toMatchObject({ problem: 'not_found' });
    await expect(read(world.people.drafter, ['rubbish'])).rejects.toMatchObject({ problem: 'not_found' });
    await expect(as(world.people.drafter, (tx) => tx.query('DELETE FROM opinion_reading WHERE city_id = $1', [CITY]))).rejects.toThrow();
  });
});

describe('work on all that fit', () => {
  it('answers those that have none and approves them by a second person, or nothing', async () => {
    const { id } = await openConsultation(world);
    const first = await post(id, '甲');
    for (const text of ['乙', '丙']) await post(id, text);
    await world.get(AnswerOpinion).run(world.people.second, first.opinionId, { disposition: 'noted', reason: '单独' });
    const { drafter, second, outsider } = world.people;
    const bulk = world.get(WorkOnSelection);
    const answer = async (actor: Actor, more: object = {}, previewed?: string) => bulk.answer(actor, id, {}, { key: previewed ?? await key(id, {}), disposition: 'noted', reason: '一并答复', ...more });
    await expect(answer(outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(answer(drafter, { disposition: 'adopted' })).rejects.toMatchObject({ key: 'consultation:error.nameClause' });
    await expect(answer(drafter, {}, '0'.repeat(64))).rejects.toMatchObject({ key: 'opinion-desk:error.changed' });
    const preview = await key(id, {});
    const both = await Promise.allSettled([answer(drafter, {}, preview), answer(second, { reason: '另一份' }, preview)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(answer(drafter)).rejects.toMatchObject({ key: 'opinion-desk:error.allAnswered' });
    const approver = both[0].status === 'fulfilled' ? second : drafter;
    const approve = async (actor: Actor) => bulk.approve({ ...actor, roles: ['department_head'] }, id, { state: 'answered' }, { key: await key(id, { state: 'answered' }) });
    // One's own answers stay: of the three, who answers by filter wrote two.
    expect(await approve(approver)).toEqual({ approved: approver === second ? 2 : 3 });
    expect(await found(id, { state: 'approved' })).toHaveLength(approver === second ? 2 : 3);
  });

  it('hides those that are shown, with one reason, and keeps the counts', async () => {
    const { id } = await openConsultation(world);
    for (const text of ['广告一', '广告二', '正文']) await post(id, text);
    const bulk = world.get(WorkOnSelection);
    const filter = { q: '广告' };
    const hideAll = async (reason: string) => bulk.hide(world.people.drafter, id, filter, { key: await key(id, filter), reason });
    await expect(hideAll('  ')).rejects.toMatchObject({ key: 'consultation:error.empty' });
    expect(await counts(id)).toMatchObject({ hidden: 0 });
    const stale = await key(id, filter);
    expect(await hideAll('广告')).toEqual({ hidden: 2 });
    await expect(bulk.hide(world.people.drafter, id, filter, { key: stale, reason: '广告' })).rejects.toMatchObject({ key: 'opinion-desk:error.changed' });
    await expect(hideAll('广告')).rejects.toMatchObject({ key: 'opinion-desk:error.noneShown' });
    expect(await counts(id)).toEqual({ received: 3, shown: 1, hidden: 2, withdrawn: 0 });
    await expect(bulk.hide(world.people.drafter, id, { q: '没有' }, { key: stale, reason: '广告' })).rejects.toMatchObject({ key: 'opinion-desk:error.nothing' });
  });
});
