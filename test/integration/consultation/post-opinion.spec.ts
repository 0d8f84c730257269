import { randomUUID } from 'node:crypto';
import { CloseConsultation, CloseDueConsultations, ModerateOpinion, PostOpinion, type PostOpinionInput } from '@domains/consultation';
import { type Actor, anonymousActor } from '@platform/kernel';
import { Client } from 'pg';
import { CITY, CLOSES_AT, openConsultation, openWorld, OTHER_CITY, type World } from './world';

let world: World;
let id: string;

beforeAll(async () => {
  world = await openWorld();
  ({ id } = await openConsultation(world));
});
afterAll(() => world.close());

const input = (more: Partial<PostOpinionInput> = {}): PostOpinionInput => ({ text: '建议提高补助比例。', stance: 'suggest', idempotencyKey: randomUUID(), ...more });
const post = (actor: Actor, more: Partial<PostOpinionInput> = {}, to = id) => world.get(PostOpinion).run(actor, to, input(more));
const stored = async (where = 'true'): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: world.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query(`SELECT * FROM opinion WHERE ${where} ORDER BY id`);
  await client.end();
  return rows;
};

describe('posting an opinion', () => {
  it('gives an enterprise, a resident and somebody unnamed a receipt, and the public no more than it should have', async () => {
    const receipts = await Promise.all([
      post(world.people.enterprise, { clauseId: 'art_2', quote: '百分之十' }), post(world.people.resident), post(anonymousActor(CITY), { name: '李四' }),
    ]);
    expect(new Set(receipts.map((receipt) => receipt.code)).size).toBe(3);
    expect(receipts[0]).toMatchObject({ receiptNo: expect.stringMatching(/^YJ20260901-[0-9A-Z]{8}$/), code: expect.stringMatching(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/) });
    const shown = await world.reader.query(
      `SELECT author_kind, public_name, clause_id FROM opinion WHERE city_id = $1 AND id = ANY($2::uuid[]) ORDER BY author_kind`, [CITY, receipts.map((one) => one.opinionId)]);
    expect(shown).toEqual([
      { author_kind: 'anonymous', public_name: null, clause_id: null },
      { author_kind: 'enterprise', public_name: '晨星机械有限公司', clause_id: 'art_2' },
      { author_kind: 'resident', public_name: '张**', clause_id: null },
    ]);
    for (const column of ['author_account_id', 'author_name', 'receipt_code_hash', 'idempotency_key', 'moderation_reason']) {
      await expect(world.reader.query(`SELECT ${column} FROM opinion WHERE city_id = $1`, [CITY])).rejects.toThrow(/permission denied/);
    }
    await expect(world.reader.query('SELECT receipt_salt FROM consultation WHERE city_id = $1', [CITY])).rejects.toThrow(/permission denied/);
    const codes = receipts.map((receipt) => receipt.code.replaceAll('-', ''));
    expect(codes.filter((code) => JSON.stringify([shown]).includes(code))).toEqual([]);
  });

  it('takes at most six round trips', async () => {
    await post(anonymousActor(CITY));
    const query = jest.spyOn(Client.prototype, 'query');
    await post(anonymousActor(CITY));
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(statements).toBeLessThanOrEqual(6);
    expect(statements).toBeGreaterThan(2);
  });

  it('makes one row of the same key posted ten times at once, and one receipt', async () => {
    const same = input({ text: '同一条意见' });
    const receipts = await Promise.all(Array.from({ length: 10 }, () => world.get(PostOpinion).run(anonymousActor(CITY), id, same)));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(await stored(`text = '同一条意见'`)).toHaveLength(1);
    for (const other of [{ text: '另一条' }, { stance: 'oppose' as const }]) {
      await expect(world.get(PostOpinion).run(anonymousActor(CITY), id, { ...same, ...other })).rejects.toMatchObject({ key: 'consultation:error.keyReused' });
    }
  });

  it.each([
    ['NUL', 'a\u0000b', 'consultation:error.notText'],
    ['half a surrogate pair', '好\ud83d', 'consultation:error.notText'],
    ['nothing but what is invisible', ' \u202e\u200b\n', 'consultation:error.empty'],
    ['5,001 characters', '字'.repeat(5001), 'consultation:error.tooLong'],
  ])('refuses %s with a clear error', async (_name, text, key) => {
    await expect(post(anonymousActor(CITY), { text })).rejects.toMatchObject({ problem: 'invalid', key, details: { fields: [expect.objectContaining({ field: 'text' })] } });
  });

  it('keeps 5,000 characters outside the basic plane, and script as plain words', async () => {
    const { opinionId } = await post(anonymousActor(CITY), { text: '𠮷'.repeat(5000) });
    expect((await stored(`id = '${opinionId}'`))[0]).toMatchObject({ text: '𠮷'.repeat(5000) });
    const hostile = await post(anonymousActor(CITY), { text: '<script>\u202Ealert(1)</script>=1+1' });
    expect((await stored(`id = '${hostile.opinionId}'`))[0]).toMatchObject({ text: '<script>alert(1)</script>=1+1' });
  });

  it('refuses a clause or words that the draft does not have, a weak key, and staff', async () => {
    await expect(post(anonymousActor(CITY), { clauseId: 'art_99' })).rejects.toMatchObject({ key: 'consultation:error.noClause' });
    await expect(post(anonymousActor(CITY), { clauseId: 'art_2', quote: '百分之二十' })).rejects.toMatchObject({ key: 'consultation:error.noQuote' });
    await expect(post(anonymousActor(CITY), { idempotencyKey: '1' })).rejects.toMatchObject({ key: 'consultation:error.key' });
    await expect(post(world.people.drafter)).rejects.toMatchObject({ problem: 'forbidden' });
  });

  it('is not found from another city, and no department but its own can hide it', async () => {
    await expect(post(anonymousActor(OTHER_CITY))).rejects.toMatchObject({ problem: 'not_found' });
    const { opinionId } = await post(anonymousActor(CITY));
    const hide = (actor: Actor) => world.get(ModerateOpinion).run(actor, opinionId, { moderation: 'hidden', reason: '含个人信息' });
    await expect(hide(world.people.outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(hide(world.people.foreigner)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(hide(world.people.enterprise)).rejects.toMatchObject({ problem: 'not_found' });
  });

  it('cannot be put in another\'s name, changed or shown again behind the application\'s back', async () => {
    const { opinionId } = await post(world.people.enterprise);
    await world.get(ModerateOpinion).run(world.people.drafter, opinionId, { moderation: 'hidden', reason: '含个人信息' });
    const forged = world.work.run(world.people.resident, (tx) => tx.query(
      `INSERT INTO opinion SELECT city_id, gen_random_uuid(), tenant_id, consultation_id, version_id, clause_id, quote, channel, author_account_id, author_kind, author_name, public_name,
         text, stance, 'forged', 'forged', 'forged', received_at, 'shown' FROM opinion WHERE city_id = $1 AND author_kind = 'enterprise' AND moderation = 'shown' LIMIT 1`, [CITY]));
    await expect(forged).rejects.toMatchObject({ problem: 'not_found' });
    const shownAgain = await world.work.run(world.people.enterprise, (tx) => tx.query(`UPDATE opinion SET moderation = 'shown' WHERE city_id = $1 AND id = $2 RETURNING id`, [CITY, opinionId]));
    expect(shownAgain).toEqual([]);
    const edited = world.work.run(world.people.drafter, (tx) => tx.query(`UPDATE opinion SET text = 'x' WHERE city_id = $1 AND id = $2`, [CITY, opinionId]));
    await expect(edited).rejects.toThrow(/not changed or deleted/);
  });
});

describe('the closing instant', () => {
  afterAll(() => world.clock.stop('2026-09-01T12:00:00+08:00'));

  it('takes what comes a millisecond before and refuses what comes at it, in the database too', async () => {
    const mine = await openConsultation(world);
    world.clock.stop(new Date(CLOSES_AT.getTime() - 1));
    const { opinionId } = await post(anonymousActor(CITY), {}, mine.id);
    await expect(world.get(CloseConsultation).run(world.people.drafter, mine.id)).rejects.toMatchObject({ key: 'consultation:error.notYetOver' });
    world.clock.stop(CLOSES_AT);
    await expect(post(anonymousActor(CITY), {}, mine.id)).rejects.toMatchObject({ problem: 'conflict', key: 'consultation:error.notOpen' });
    const late = (at: Date) => world.work.run(anonymousActor(CITY), (tx) => tx.query(
      `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
       SELECT city_id, gen_random_uuid(), tenant_id, id, version_id, 'website', 'anonymous', 'late', 'suggest', 'late', 'late', 'late', $3, 'shown' FROM consultation WHERE city_id = $1 AND id = $2`,
      [CITY, mine.id, at]));
    await expect(late(CLOSES_AT)).rejects.toThrow(/does not take opinions now/);
    expect(await world.get(CloseDueConsultations).run(CITY)).toBeGreaterThanOrEqual(1);
    expect(await world.get(CloseDueConsultations).run(CITY)).toBe(0);
    await expect(late(new Date(CLOSES_AT.getTime() - 1))).rejects.toThrow(/does not take opinions now/);
    expect((await stored(`consultation_id = '${mine.id}'`)).map((row) => row['id'])).toEqual([opinionId]);
  });
});
