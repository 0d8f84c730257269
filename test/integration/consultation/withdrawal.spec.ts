import { randomUUID } from 'node:crypto';
import {
  AnswerOpinion, ApproveAnswers, CloseConsultation, CloseDueConsultations, listPublicOpinions, listStaffOpinions, ModerateOpinion, PostOpinion, type PostedOpinion, PublishedTrees, PublishResult, publicRoot,
  readPublicConsultation, receiptFile, receiptStatus, rootFile, staffConsultationsOf, verifyReceipt, WithdrawOpinion,
} from '@domains/consultation';
import { LifeCycle, policies } from '@core/policy';
import { type Actor, anonymousActor, DomainError, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { CITY, CLOSES_AT, openConsultation, openWorld, OTHER_CITY, type World } from './world';

let world: World;
let owner: Client;

beforeAll(async () => {
  world = await openWorld();
  owner = new Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});
beforeEach(() => world.clock.stop('2026-09-01T12:00:00+08:00'));

const post = (id: string, actor: Actor = anonymousActor(CITY), text = '写错了地方的话'): Promise<PostedOpinion> =>
  world.get(PostOpinion).run(actor, id, { text, stance: 'suggest', idempotencyKey: randomUUID() });
const withdraw = (code: string, cityId = CITY): Promise<void> => world.get(WithdrawOpinion).byReceipt(cityId, code);
const moderate = (opinionId: string, moderation: 'shown' | 'hidden') => world.get(ModerateOpinion).run(world.people.drafter, opinionId, { moderation, reason: '理由' });
const answer = (opinionId: string) => world.get(AnswerOpinion).run(world.people.drafter, opinionId, { disposition: 'noted', reason: '已研究' });
const shownOf = (id: string) => listPublicOpinions(world.reader, CITY, id, {});
const rowOf = async (opinionId: string): Promise<Record<string, unknown>> =>
  (await owner.query<Record<string, unknown>>('SELECT * FROM opinion WHERE city_id = $1 AND id = $2', [CITY, opinionId])).rows[0] ?? {};
const close = (id: string) => {
  world.clock.stop(CLOSES_AT);
  return world.get(CloseConsultation).run(world.people.drafter, id);
};

async function counts(id: string) {
  const { received, shown, hidden, withdrawn } = await readPublicConsultation(world.reader, CITY, id, world.clock.now());
  const { rows } = await owner.query<{ moderation: string; n: number }>('SELECT moderation, count(*)::int AS n FROM opinion WHERE city_id = $1 AND consultation_id = $2 GROUP BY 1', [CITY, id]);
  const stored = Object.fromEntries(rows.map(({ moderation, n }) => [moderation, n]));
  // What is published is what is stored, and adds up.
  expect({ shown, hidden, withdrawn }).toEqual({ shown: stored['shown'] ?? 0, hidden: stored['hidden'] ?? 0, withdrawn: stored['withdrawn'] ?? 0 });
  expect(received).toBe(shown + hidden + withdrawn);
  return { received, shown, hidden, withdrawn };
}

test('its author takes an opinion back, with the code or signed in; everybody else reads that it was withdrawn, and not one word', async () => {
  const { drafter, resident, enterprise, second } = world.people;
  const { id } = await openConsultation(world);
  const [byCode, byAccount, kept, hidden] = [await post(id), await post(id, resident, '我的另一句话'), await post(id, enterprise, '留下的话'), await post(id, anonymousActor(CITY), '骂人的话')];
  const before = await rowOf(byCode.opinionId);
  await moderate(hidden.opinionId, 'hidden');
  expect(await counts(id)).toEqual({ received: 4, shown: 3, hidden: 1, withdrawn: 0 });

  await expect(withdraw(byCode.code, OTHER_CITY)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(withdraw('%')).rejects.toMatchObject({ problem: 'not_found' });
  const own = (actor: Actor, consultation = id) => world.get(WithdrawOpinion).byAuthor(actor, consultation, byAccount.opinionId);
  for (const other of [enterprise, drafter, second, anonymousActor(CITY)]) await expect(own(other)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(own(resident, randomUUID())).rejects.toMatchObject({ problem: 'not_found' });
  await withdraw(byCode.code.toLowerCase());
  await own(resident);
  await withdraw(hidden.code);
  expect(await counts(id)).toEqual({ received: 4, shown: 1, hidden: 0, withdrawn: 3 });

  const { items } = await shownOf(id);
  expect(items.map(({ text }) => text)).toEqual([null, '留下的话', null, null]);
  expect(JSON.stringify(items.filter(({ withdrawnAt }) => withdrawnAt))).not.toMatch(/写错|我的|骂人|张|suggest|resident/);
  await expect(world.reader.query('SELECT proof FROM opinion_withdrawal WHERE city_id = $1', [CITY])).rejects.toThrow(/permission denied/);
  expect(await world.reader.query('SELECT text FROM opinion WHERE city_id = $1 AND consultation_id = $2', [CITY, id])).toEqual([{ text: '留下的话' }]);
  // To the author and the department the words are still there, and nothing in the register has changed but the state.
  expect(await world.work.run(systemActor(CITY), (tx) => receiptStatus(tx, byCode.code))).toMatchObject({ text: '写错了地方的话', withdrawnAt: world.clock.now(), hiddenReason: null });
  expect((await world.work.run(drafter, (tx) => listStaffOpinions(tx, id, 'withdrawn'))).items.map(({ text }) => text).sort()).toEqual(['写错了地方的话', '我的另一句话', '骂人的话'].sort());
  expect(await rowOf(byCode.opinionId)).toEqual({ ...before, moderation: 'withdrawn' });

  await expect(withdraw(byCode.code)).rejects.toMatchObject({ key: 'intake:error.withdrawnAlready' });
  await expect(moderate(byCode.opinionId, 'hidden')).rejects.toMatchObject({ key: 'intake:error.withdrawn' });
  await expect(answer(byCode.opinionId)).rejects.toMatchObject({ key: 'intake:error.withdrawn' });
  expect(kept.code).not.toBe(byCode.code);
});

test('not after the closing instant, whether or not anybody has closed, and not once an answer is begun', async () => {
  const { id } = await openConsultation(world);
  const [answered, late] = [await post(id), await post(id)];
  await answer(answered.opinionId);
  await expect(withdraw(answered.code)).rejects.toMatchObject({ problem: 'conflict', key: 'intake:error.answered' });
  world.clock.stop(CLOSES_AT);
  await expect(withdraw(late.code)).rejects.toMatchObject({ problem: 'conflict', key: 'intake:error.closed' });
  await close(id);
  await expect(withdraw(late.code)).rejects.toMatchObject({ problem: 'conflict', key: 'intake:error.closed' });
  expect(await counts(id)).toEqual({ received: 2, shown: 2, hidden: 0, withdrawn: 0 });
});

test('a withdrawn opinion is under the root, its early receipt holds, it wants no answer, and the report counts it', async () => {
  const { drafter, head } = world.people;
  const { id, policyId } = await openConsultation(world);
  const [taken, kept] = [await post(id), await post(id)];
  const early = await world.work.run(systemActor(CITY), (tx) => receiptFile(tx, taken.code));
  await withdraw(taken.code);
  await close(id);
  const root = await publicRoot(world.reader, CITY, id);
  const proof = await new PublishedTrees(world.reader).proof(CITY, id, early.leafHash);
  expect(verifyReceipt(JSON.stringify({ ...early, proof }), JSON.stringify(rootFile(root!)))).toMatchObject({ included: true, params: { size: 2 } });

  const gates = () => world.work.run(drafter, async (tx) => (await world.get(LifeCycle).unmetGates(tx, await policies.require(tx, policyId), 'submit_for_review')).map(({ key, params }) => [key, params?.['count']]));
  expect(await gates()).toEqual([['consultation:gate.waiting', 1]]);
  expect((await world.work.run(drafter, (tx) => staffConsultationsOf(tx, policyId)))[0]).toMatchObject({ received: 2, withdrawn: 1, unanswered: 1 });
  expect((await world.work.run(drafter, (tx) => listStaffOpinions(tx, id, 'unanswered'))).items).toHaveLength(1);
  const { id: answerId } = await answer(kept.opinionId);
  await world.get(ApproveAnswers).run(head, id, [answerId]);
  expect(await world.get(PublishResult).run(drafter, id, { text: '收到两条，一条撤回。' })).toMatchObject({ received: 2, shown: 1, hidden: 0, withdrawn: 1, byDisposition: { noted: 1 }, byStance: { suggest: 1 } });
  expect(await gates()).toEqual([]);
});

test('the database keeps it too: nobody withdraws for another, late or after an answer, and none comes back', async () => {
  const { drafter } = world.people;
  const { id } = await openConsultation(world);
  const [one, other] = [await post(id), await post(id)];
  await withdraw(one.code);
  await answer(other.opinionId);
  const insert = (actor: Actor, opinionId: string, at = world.clock.now()) => world.work.run(actor, (tx) => tx.query(
    `INSERT INTO opinion_withdrawal (city_id, opinion_id, consultation_id, proof, withdrawn_at) VALUES ($1, $2, $3, 'account', $4)`, [CITY, opinionId, id, at]));
  const third = await post(id);
  await expect(insert(drafter, third.opinionId)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(insert(systemActor(CITY), other.opinionId)).rejects.toThrow(/not withdrawn now/);
  await expect(insert(systemActor(CITY), third.opinionId, CLOSES_AT)).rejects.toThrow(/not withdrawn now/);
  for (const sql of [`UPDATE opinion SET moderation = 'shown' WHERE city_id = $1 AND id = '${one.opinionId}'`, `UPDATE opinion SET moderation = 'withdrawn' WHERE city_id = $1 AND id = '${third.opinionId}'`]) {
    await expect(world.work.run(systemActor(CITY), (tx) => tx.query(sql, [CITY]))).rejects.toThrow(/by its author alone/);
  }
  await expect(owner.query('DELETE FROM opinion_withdrawal WHERE city_id = $1', [CITY])).rejects.toThrow();
  await expect(world.work.run(drafter, (tx) => tx.query(
    `INSERT INTO opinion_answer (city_id, id, tenant_id, consultation_id, opinion_id, disposition, reason, answered_by, answered_at) VALUES ($1, $2, $3, $4, $5, 'noted', 'x', $6, $7)`,
    [CITY, randomUUID(), drafter.tenantId, id, one.opinionId, drafter.accountId, tx.at]))).rejects.toThrow(/not answered/);
});

const ROUNDS = 60;
it(`races ${ROUNDS} times withdrawals against answer, moderation and close: each opinion ends in one state, and the counts with it`, async () => {
  const ended = { withdrawn: 0, answered: 0, late: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    world.clock.stop('2026-09-01T12:00:00+08:00');
    const { id } = await openConsultation(world);
    const posted = [await post(id), await post(id), await post(id)];
    // Each look at the clock stands within two milliseconds of the closing instant, before or after.
    world.clock.read = () => new Date(CLOSES_AT.getTime() + Math.floor(Math.random() * 4) - 2);
    const refusals = new Map<string, string>();
    const quiet = (what: string, work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.problem !== 'conflict') throw error;
      refusals.set(what, error.key);
    });
    await Promise.all([
      ...posted.flatMap(({ code, opinionId }, at) => [
        quiet(`withdraw ${at}`, withdraw(code)), quiet(`again ${at}`, withdraw(code)), quiet(`answer ${at}`, answer(opinionId)), quiet(`hide ${at}`, moderate(opinionId, 'hidden')),
      ]),
      world.get(CloseDueConsultations).run(CITY), world.get(CloseDueConsultations).run(CITY),
    ]);
    world.clock.stop(CLOSES_AT);
    await world.get(CloseDueConsultations).run(CITY);
    for (const [at, { opinionId }] of posted.entries()) {
      const { moderation } = await rowOf(opinionId);
      const [record] = (await owner.query<{ withdrawals: number; answers: number }>(
        `SELECT (SELECT count(*)::int FROM opinion_withdrawal WHERE city_id = $1 AND opinion_id = $2) AS withdrawals, (SELECT count(*)::int FROM opinion_answer WHERE city_id = $1 AND opinion_id = $2) AS answers`,
        [CITY, opinionId])).rows;
      const taken = !refusals.has(`withdraw ${at}`) || !refusals.has(`again ${at}`);
      expect({ moderation: moderation === 'withdrawn', ...record }).toEqual({ moderation: taken, withdrawals: taken ? 1 : 0, answers: refusals.has(`answer ${at}`) ? 0 : 1 });
      expect(taken && record?.answers === 1).toBe(false);
      ended[taken ? 'withdrawn' : [...refusals.values()].includes('intake:error.closed') && record?.answers === 0 ? 'late' : 'answered'] += 1;
    }
    expect((await counts(id)).received).toBe(3);
    expect((await publicRoot(world.reader, CITY, id))?.size).toBe(3);
  }
  // Each side won now and then.
  expect(ended.withdrawn).toBeGreaterThan(ROUNDS / 20);
  expect(ended.answered).toBeGreaterThan(ROUNDS / 20);
}, 300_000);
