import { randomUUID } from 'node:crypto';
import { CloseConsultation, CloseDueConsultations, ModerateOpinion, PostOpinion, type PostedOpinion, PublishedTrees, PublishMissingRoots, publicRoot, receiptFile, rootFile, verifyReceipt } from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { anonymousActor, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { CITY, CLOSES_AT, openConsultation, openWorld, OTHER_CITY, type World } from './world';

let world: World;
/** Somebody who can do anything with the database, triggers or not. */
let intruder: Client;

beforeAll(async () => {
  world = await openWorld();
  intruder = new Client({ connectionString: world.database.ownerUrl });
  await intruder.connect();
});
afterAll(async () => {
  await intruder.end();
  await world.close();
});
beforeEach(() => world.clock.stop('2026-09-01T12:00:00+08:00'));

const post = (id: string, text = '提高到百分之十五', more: object = {}): Promise<PostedOpinion> =>
  world.get(PostOpinion).run(anonymousActor(CITY), id, { text, stance: 'suggest', idempotencyKey: randomUUID(), ...more });
const receipt = (code: string) => world.work.run(systemActor(CITY), (tx) => receiptFile(tx, code));
const trees = (): PublishedTrees => new PublishedTrees(world.reader);
const close = (id: string) => {
  world.clock.stop(CLOSES_AT);
  return world.get(CloseConsultation).run(world.people.drafter, id);
};
const rootOf = async (id: string) => {
  const root = await publicRoot(world.reader, CITY, id);
  if (!root) throw new Error('no root');
  return rootFile(root);
};
async function proven(code: string) {
  const file = await receipt(code);
  const proof = await trees().proof(CITY, file.leaf.consultation, file.leafHash);
  return proof ? { ...file, proof } : file;
}
const judge = (file: unknown, root: unknown) => verifyReceipt(JSON.stringify(file), JSON.stringify(root));
/** Without triggers and row-level security, as a database administrator could. */
async function intrude(sql: string, values: unknown[] = []): Promise<void> {
  await intruder.query('SET session_replication_role = replica');
  await intruder.query(sql, values);
  await intruder.query('SET session_replication_role = origin');
}

test('at the close a root over every opinion is published, in the record of the policy too, and every receipt is under it', async () => {
  const { id, policyId } = await openConsultation(world);
  const posted = [await post(id), await post(id, '支持 🚀 "引号"\n第二行', { clauseId: 'art_2', quote: '百分之十', name: '李四' }), await post(id, '骂人的话')];
  const early = await Promise.all(posted.map(({ code }) => receipt(code)));
  expect(await publicRoot(world.reader, CITY, id)).toBeNull();
  await world.get(ModerateOpinion).run(world.people.drafter, posted[2]!.opinionId, { moderation: 'hidden', reason: '含侮辱性语言' });
  await close(id);

  const root = await rootOf(id);
  expect(root).toMatchObject({ size: 3, consultation: id, city: CITY, closedAt: CLOSES_AT.toISOString(), computedAt: CLOSES_AT.toISOString() });
  for (const [at, { code }] of posted.entries()) {
    const file = await proven(code);
    expect(judge(file, root)).toMatchObject({ included: true, reason: 'included', params: { size: 3 } });
    // The file downloaded before the close is the same but for its proof: with the proof, or with all leaves, it holds as well.
    expect({ ...early[at], proof: (file as { proof?: unknown }).proof }).toEqual(file);
    const leaves = await trees().tree(CITY, id);
    expect(judge(early[at], { ...root, leaves: [0, 1, 2].map((index) => leaves!.leaf(index).toString('hex')) }).included).toBe(true);
    expect(judge(early[at], root).reason).toBe('noProof');
  }
  const [record] = await world.work.run(world.people.drafter, (tx) => tx.query<{ payload: string }>(
    `SELECT payload FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 ORDER BY seq DESC LIMIT 1`, [CITY, policyId]));
  expect(JSON.parse(record!.payload)).toMatchObject({ name: 'consultation_closed', details: { received: 3, root: root.root, fingerprint: root.fingerprint } });
});

test('what is published tells nothing of an opinion: the same words twice have leaves and commitments of their own', async () => {
  const { id } = await openConsultation(world);
  const [one, other] = await Promise.all([post(id, '支持'), post(id, '支持')].map(async (posted) => receipt((await posted).code)));
  expect(one!.leaf.text).not.toBe(other!.leaf.text);
  expect(one!.leaf.author).not.toBe(other!.leaf.author);
  await expect(world.reader.query('SELECT commitment_salt FROM opinion WHERE city_id = $1', [CITY])).rejects.toThrow(/permission denied/);
});

test('hiding an opinion, or showing it again, after the close changes no root', async () => {
  const { id } = await openConsultation(world);
  const { opinionId, code } = await post(id);
  await post(id);
  await close(id);
  const before = await rootOf(id);
  await world.get(ModerateOpinion).run(world.people.drafter, opinionId, { moderation: 'hidden', reason: '含个人信息' });
  expect(await rootOf(id)).toEqual(before);
  expect(judge(await proven(code), before).included).toBe(true);
});

test('a consultation without opinions, and one that ends with a withdrawn policy, have their roots', async () => {
  const empty = await openConsultation(world);
  await close(empty.id);
  expect(await rootOf(empty.id)).toMatchObject({ size: 0, root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });
  world.clock.stop('2026-09-01T12:00:00+08:00');
  const withdrawn = await openConsultation(world);
  const { code } = await post(withdrawn.id);
  await world.work.run(world.people.drafter, (tx) => world.get(LifeCycle).advance(tx, withdrawn.policyId, 'withdraw'));
  expect(judge(await proven(code), await rootOf(withdrawn.id)).included).toBe(true);
});

describe('an administrator who goes round the application', () => {
  test('and changes an opinion before the close is found by its receipt', async () => {
    const { id } = await openConsultation(world);
    const { code, opinionId } = await post(id);
    await post(id);
    const kept = await receipt(code);
    await intrude(`UPDATE opinion SET text = '支持' WHERE city_id = $1 AND id = $2`, [CITY, opinionId]);
    await close(id);
    const root = await rootOf(id);
    expect(await trees().proof(CITY, id, kept.leafHash)).toBeNull();
    // The site's own receipt is under the root, with other words; the author's is not.
    const { proof } = await proven(code) as { proof?: object };
    expect(judge({ ...kept, proof }, root).reason).toBe('proofFails');
  });

  test('and drops one before the close is found, though the counts agree', async () => {
    const { id } = await openConsultation(world);
    const { code, opinionId } = await post(id);
    await post(id);
    const kept = await receipt(code);
    await intrude('DELETE FROM opinion WHERE city_id = $1 AND id = $2', [CITY, opinionId]);
    await close(id);
    const tree = await trees().tree(CITY, id);
    expect(judge(kept, { ...await rootOf(id), leaves: [tree!.leaf(0).toString('hex')] })).toMatchObject({ included: false, reason: 'notAmongLeaves' });
  });

  test('and adds one after the close makes another root than the one in the record', async () => {
    const { id } = await openConsultation(world);
    await post(id);
    await close(id);
    const published = await rootOf(id);
    await intrude(
      `INSERT INTO opinion SELECT (o).* FROM (SELECT jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'receipt_no', 'YJ-late', 'receipt_code_hash', 'late', 'idempotency_key', 'late')) AS o
         FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2) late`, [CITY, id]);
    await intrude('DELETE FROM consultation_root WHERE city_id = $1 AND consultation_id = $2', [CITY, id]);
    await intrude('UPDATE consultation SET received_count = 2 WHERE city_id = $1 AND id = $2', [CITY, id]);
    await world.get(PublishMissingRoots).run(CITY);
    const forged = await rootOf(id);
    expect(forged).toMatchObject({ size: 2 });
    expect(forged.fingerprint).not.toBe(published.fingerprint);
  });
});

test('the database refuses to change, delete or double a root, a root of an open consultation or of some opinions, and another salt, to everybody', async () => {
  const open = await openConsultation(world);
  await post(open.id);
  const root = (id: string, size: number, hashes = size) => intruder.query(
    `INSERT INTO consultation_root (city_id, consultation_id, tenant_id, version_id, size, root, leaves, closed_at, computed_at)
     SELECT city_id, id, tenant_id, version_id, $3, repeat('a', 64), decode(repeat('00', 32 * $4), 'hex'), coalesce(date_trunc('milliseconds', closed_at), opens_at), coalesce(closed_at, opens_at) FROM consultation WHERE city_id = $1 AND id = $2`,
    [CITY, id, size, hashes]);
  await expect(root(open.id, 1)).rejects.toThrow(/of a closed consultation/);
  await close(open.id);
  await expect(root(open.id, 1)).rejects.toThrow(/duplicate key/);
  await intrude('DELETE FROM consultation_root WHERE city_id = $1 AND consultation_id = $2', [CITY, open.id]);
  await expect(root(open.id, 2)).rejects.toThrow(/of all that it received/);
  await expect(root(open.id, 1, 2)).rejects.toThrow(/check constraint/);
  await world.get(PublishMissingRoots).run(CITY);
  for (const sql of [`UPDATE consultation_root SET root = repeat('b', 64)`, 'DELETE FROM consultation_root', `UPDATE opinion SET commitment_salt = repeat('0', 64)`]) {
    await expect(intruder.query(`${sql} WHERE city_id = $1`, [CITY])).rejects.toMatchObject({ code: '23001' });
    await expect(world.work.run(world.people.drafter, (tx) => tx.query(`${sql} WHERE city_id = $1`, [CITY]))).rejects.toThrow(/permission denied|not changed/);
  }
});

test('a consultation closed before roots were published gets its root later, which says so, once however many look', async () => {
  const { id } = await openConsultation(world);
  const { code } = await post(id);
  await close(id);
  await intrude('DELETE FROM consultation_root WHERE city_id = $1 AND consultation_id = $2', [CITY, id]);
  world.clock.stop('2026-11-01T00:00:00Z');
  expect(await world.get(PublishMissingRoots).run(OTHER_CITY)).toBe(0);
  const computed = await Promise.all([1, 2, 3].map(() => world.get(PublishMissingRoots).run(CITY)));
  expect(computed.reduce((sum, one) => sum + one, 0)).toBe(1);
  const root = await rootOf(id);
  expect([root.closedAt, root.computedAt]).toEqual([CLOSES_AT.toISOString(), '2026-11-01T00:00:00.000Z']);
  expect(judge(await proven(code), root).included).toBe(true);
});

test('more opinions than are read at a time, with equal instants among them, are all under the root, in one order', async () => {
  const { id } = await openConsultation(world);
  const { opinionId } = await post(id);
  await intruder.query(
    `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
     SELECT city_id, gen_random_uuid(), tenant_id, consultation_id, version_id, channel, author_kind, text || n, stance, 'N' || n, 'H' || n, 'K' || n, received_at + (n % 50) * interval '1 microsecond', moderation
     FROM opinion, generate_series(1, 12000) n WHERE city_id = $1 AND id = $2`, [CITY, opinionId]);
  await close(id);
  const tree = await trees().tree(CITY, id);
  expect(tree!.size).toBe(12_001);
  expect(new Set(Array.from({ length: 12_001 }, (_, at) => tree!.leaf(at).toString('hex'))).size).toBe(12_001);
});

test('posts that race the close: what was acknowledged is under the root, and nothing else is', async () => {
  for (let round = 0; round < 40; round += 1) {
    world.clock.stop('2026-09-01T12:00:00+08:00');
    const { id } = await openConsultation(world);
    world.clock.read = () => new Date(CLOSES_AT.getTime() + Math.floor(Math.random() * 4) - 2);
    const acknowledged: PostedOpinion[] = [];
    const posts = Array.from({ length: 4 }, () => post(id).then((one) => acknowledged.push(one), (error: { key?: string }) => expect(error.key).toBe('consultation:error.notOpen')));
    await Promise.all([...posts, world.get(CloseDueConsultations).run(CITY)]);
    world.clock.stop(CLOSES_AT);
    await world.get(CloseDueConsultations).run(CITY);
    const root = await rootOf(id);
    expect(root.size).toBe(acknowledged.length);
    for (const { code } of acknowledged) expect(judge(await proven(code), root).included).toBe(true);
  }
}, 120_000);
