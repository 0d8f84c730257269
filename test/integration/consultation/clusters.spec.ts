import {
  AnswerCluster, AnswerOpinion, ApproveAnswers, ApproveClusterAnswers, AskForClusters, type ClusterAnswerInput, clusterAnswers, ComputeClusters, currentClusters, lastClusterJob, listClusterMembers, listClusters, listOutside, ModerateOpinion, PublishResult,
  readCluster,
} from '@domains/consultation';
import { type Actor, newId, systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { Client } from 'pg';
import { labelledSet } from '../../support/campaigns/labelled-set';
import { CITY, openConsultation, openWorld, type World } from './world';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.stop('2026-09-01T12:00:00+08:00'));

const LETTER = '我们小区夜间没有地方停车，孩子上学也不安全。建议八点以后路边免费停放，并把机关大院的车位向周边居民开放。';
const CAMPAIGN = [LETTER, LETTER, `您好！${LETTER}`, `${LETTER}请尽快办理，谢谢。`, `我是老住户。${LETTER}`];
const OTHER = ['雨季道路积水严重，建议把排水管网改造列入今年的工程计划。', '雨季道路积水严重，建议把排水管网改造列入今年的工程计划！'];
const OWN = ['请在公园里多种一些树。', '办理时限可以再短一点。', '同意'];

/** Opinions of these texts, oldest first; answers their ids. */
async function opinions(consultationId: string, texts: readonly string[]): Promise<string[]> {
  const ids = texts.map(() => newId());
  await world.work.run(systemActor(CITY), (tx) => tx.query(
    `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
     SELECT c.city_id, o.id, c.tenant_id, c.id, c.version_id, 'website', 'anonymous', o.text, CASE WHEN o.n % 2 = 0 THEN 'oppose' ELSE 'suggest' END, o.id, o.id, o.id, $5::timestamptz + o.n * interval '1 second', 'shown'
     FROM consultation c, unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS o (id, text, n) WHERE c.city_id = $1 AND c.id = $2`, [CITY, consultationId, ids, texts, tx.at]));
  return ids;
}

const ask = (id: string, threshold?: number, actor: Actor = world.people.drafter) => world.get(AskForClusters).run(actor, id, threshold === undefined ? {} : { threshold });
const relay = () => new OutboxRelay(world.work, new LocalDispatcher(world.get(EventProcessor), 60_000), { cities: async () => [CITY], clock: world.clock, onError: () => undefined });
/** What the worker does until nothing is due. */
async function work(): Promise<void> {
  while (await relay().sweep() > 0);
}
const job = (id: string) => world.work.run(world.people.drafter, (tx) => lastClusterJob(tx, id));
/** Asks, lets the worker work, and answers what is there then. */
async function compute(id: string, threshold?: number, actor?: Actor) {
  await ask(id, threshold, actor);
  await work();
  return run(id);
}
const run = (id: string) => world.work.run(world.people.drafter, (tx) => currentClusters(tx, id));
const list = (id: string) => world.work.run(world.people.drafter, async (tx) => (await listClusters(tx, (await currentClusters(tx, id))?.id ?? '')).items);
const members = (cluster: string, part: 'all' | 'waiting' | 'answered' = 'all') => world.work.run(world.people.drafter, async (tx) => (await listClusterMembers(tx, cluster, { part, limit: 100 })).items);
const answers = (id: string) => world.work.run(world.people.drafter, (tx) => tx.query<{ opinion_id: string; disposition: string; reason: string; approved_by: string | null }>(
  'SELECT opinion_id, disposition, reason, approved_by FROM opinion_answer WHERE city_id = $1 AND consultation_id = $2 ORDER BY opinion_id', [CITY, id]));
const NOTED: Omit<ClusterAnswerInput, 'seen'> = { disposition: 'noted', reason: '已转交停车管理部门研究。' };
const answer = (cluster: string, seen: number, more: object = {}, actor: Actor = world.people.drafter) => world.get(AnswerCluster).run(actor, cluster, { ...NOTED, seen, ...more });

/** A consultation with a campaign of five, one of two and three opinions of their own; its largest cluster. */
async function clustered(): Promise<{ id: string; cluster: string; campaign: string[]; all: string[] }> {
  const { id } = await openConsultation(world);
  const all = await opinions(id, [...CAMPAIGN, ...OTHER, ...OWN]);
  await compute(id);
  const [first] = await list(id);
  return { id, cluster: first!.id, campaign: all.slice(0, CAMPAIGN.length), all };
}

describe('computing clusters', () => {
  it('puts together who wrote alike, tells why, and leaves out the rest', async () => {
    const { id, cluster, campaign, all } = await clustered();
    expect(await run(id)).toMatchObject({ threshold: 0.25, shingle: 3, opinions: 10, clusters: 2, inClusters: 7, computedByName: world.people.drafter.name });
    const [first, second] = await list(id);
    expect(first).toMatchObject({ no: 1, size: 5, wordings: 4, byStance: { support: 0, oppose: 2, suggest: 3 }, byClause: [{ label: null, count: 5 }], answered: 0, approved: 0, hidden: 0 });
    expect(second).toMatchObject({ no: 2, size: 2, wordings: 1 });
    expect(first!.representative).toContain(LETTER);
    expect(LETTER).toContain(first!.passages[0]);
    const found = await members(cluster);
    expect(found.map((one) => one.id).sort()).toEqual([...campaign].sort());
    expect(found.map((one) => one.toCommon)).toEqual(found.map((one) => one.toCommon).sort((a, b) => a - b));
    const outside = await world.work.run(world.people.drafter, async (tx) => listOutside(tx, id, (await currentClusters(tx, id))!.id));
    expect(outside.items.map((one) => one.text).sort()).toEqual([...OWN].sort());
    expect(outside.items.map((one) => one.id)).not.toContain(all[0]);
  });

  it('does not count the words of the draft', async () => {
    const { id } = await openConsultation(world);
    const clause = '对购置先进设备的企业，按投资额的百分之十给予补助。';
    await opinions(id, [`${clause}太少了，至少要两成`, `${clause}这样很好，我赞成`]);
    expect(await compute(id)).toMatchObject({ opinions: 2, clusters: 0 });
  });

  it('gives the same again, as a new run, and leaves the earlier one as it was', async () => {
    const { id, cluster } = await clustered();
    const before = await list(id);
    const read = (clusterId: string) => world.work.run(world.people.drafter, (tx) => readCluster(tx, clusterId));
    expect((await read(cluster)).current).toBe(true);
    await compute(id);
    const strip = (items: Awaited<ReturnType<typeof list>>) => items.map(({ id: _id, ...rest }) => rest);
    expect(strip(await list(id))).toEqual(strip(before));
    expect(await read(cluster)).toMatchObject({ current: false, size: 5 });
    expect((await members(cluster)).length).toBe(5);
    await expect(answer(cluster, 5)).rejects.toMatchObject({ problem: 'conflict', key: 'clusters:error.replaced' });
    expect(await compute(id, 0.8)).toMatchObject({ clusters: 2 });
    expect(await run(id)).toMatchObject({ threshold: 0.8 });
    for (const table of ['opinion_clustering', 'opinion_cluster', 'opinion_cluster_member']) {
      await expect(world.work.run(world.people.drafter, (tx) => tx.query(`UPDATE ${table} SET tenant_id = tenant_id WHERE city_id = $1 AND consultation_id = $2`, [CITY, id]))).rejects.toThrow();
    }
  });

  it('takes hidden opinions in, and shows nobody of the public any of it', async () => {
    const { id, campaign } = await clustered();
    await world.get(ModerateOpinion).run(world.people.drafter, campaign[0]!, { moderation: 'hidden', reason: '含有他人电话' });
    await compute(id);
    expect((await list(id))[0]).toMatchObject({ size: 5, hidden: 1 });
    for (const table of ['opinion_clustering', 'opinion_cluster', 'opinion_cluster_member', 'opinion_clustering_job']) {
      await expect(world.reader.query(`SELECT 1 FROM ${table} WHERE city_id = $1`, [CITY])).rejects.toThrow(/permission denied/);
    }
  });

  it('is for the department alone, and within bounds', async () => {
    const { id } = await openConsultation(world);
    await expect(compute(id, undefined, world.people.outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(compute(id, undefined, world.people.foreigner)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(compute(id, undefined, { ...world.people.head, roles: ['registrar'] })).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(compute(id, 0.1)).rejects.toMatchObject({ key: 'clusters:error.threshold' });
    expect(await compute(id)).toMatchObject({ opinions: 0, clusters: 0 });
  });

  it('is asked for once at a time, also by two at once, and again when nobody has done it for half an hour', async () => {
    const { id } = await openConsultation(world);
    await opinions(id, CAMPAIGN);
    const both = await Promise.allSettled([ask(id), ask(id, 0.4, world.people.second)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { key: 'clusters:error.running' } });
    const first = await job(id);
    expect(first).toMatchObject({ state: 'computing', clusteringId: null });
    world.clock.stop('2026-09-01T12:31:00+08:00');
    expect(await job(id)).toMatchObject({ state: 'failed', failure: 'clusters:error.lost' });
    await ask(id, 0.3);
    await work();
    expect(await job(id)).toMatchObject({ state: 'done', threshold: 0.3 });
    // The earlier event was delivered too, and did nothing.
    expect(await world.work.run(world.people.drafter, (tx) => tx.query('SELECT no FROM opinion_clustering WHERE city_id = $1 AND consultation_id = $2', [CITY, id]))).toEqual([{ no: 1 }]);
    expect(first?.id).not.toBe((await job(id))?.id);
  });

  it('has one effect however often the event is delivered, and begins again where a worker was killed between computing and storing', async () => {
    const { id } = await openConsultation(world);
    await opinions(id, labelledSet({ seed: 407, size: 500, campaigns: 8, share: 0.4 }).map(({ text }) => text));
    await ask(id);
    const [event] = await world.work.run(systemActor(CITY), (tx) => tx.query<{ id: string }>(`SELECT id FROM outbox WHERE city_id = $1 AND done_at IS NULL AND type = 'consultation.clusters_wanted.v1'`, [CITY]));
    const processor = world.get(EventProcessor);
    // A worker that computes, and then has no database to store it in, as a killed one has not either.
    const real = world.work.run.bind(world.work);
    let statements = 0;
    const dying = jest.spyOn(world.work, 'run').mockImplementation((actor, work) => (statements += 1) > 3 ? Promise.reject(new Error('no database')) : real(actor, work));
    await expect(processor.process(CITY, event!.id)).rejects.toThrow('no database');
    dying.mockRestore();
    expect(statements).toBeGreaterThan(3);
    expect(await run(id)).toBeNull();
    expect(await job(id)).toMatchObject({ state: 'computing' });
    await Promise.all([1, 2, 3].map(() => processor.process(CITY, event!.id)));
    expect(await run(id)).toMatchObject({ opinions: 500 });
    expect(await world.work.run(world.people.drafter, (tx) => tx.query('SELECT no FROM opinion_clustering WHERE city_id = $1 AND consultation_id = $2', [CITY, id]))).toEqual([{ no: 1 }]);
    const finished = await job(id);
    const told = await world.work.run(systemActor(CITY), (tx) => tx.query('SELECT account_id FROM notification WHERE city_id = $1 AND effect_key = $2', [CITY, `consultation.clusters/${finished?.id}`]));
    expect(told).toEqual([{ account_id: world.people.drafter.accountId }]);
  });

  it('tells why there are none where a text is beyond the thread', async () => {
    const { id } = await openConsultation(world);
    const { jobId } = await ask(id);
    await world.work.run(systemActor(CITY), (tx) => world.get(ComputeClusters).store(tx, { cityId: CITY, consultationId: id, jobId }, { failure: 'similarity:error.tooLarge' }));
    expect(await job(id)).toMatchObject({ state: 'failed', failure: 'similarity:error.tooLarge', clusteringId: null });
    await work();
    expect(await run(id)).toBeNull();
    expect(await compute(id)).toMatchObject({ opinions: 0 });
  });
});

describe('one answer for a cluster', () => {
  it('is a row for each opinion, leaves the answered ones and those left out alone, and waits for a second person', async () => {
    const { id, cluster, campaign } = await clustered();
    const { drafter, second } = world.people;
    await world.get(AnswerOpinion).run(second, campaign[1]!, { disposition: 'not_adopted', reason: '单独答复' });
    const waiting = await members(cluster, 'waiting');
    expect(waiting).toHaveLength(4);
    const out = waiting[0]!.id;
    expect(await answer(cluster, 4, { leaveOut: [out] })).toEqual({ answered: 3 });
    const given = await answers(id);
    expect(given.find((one) => one.opinion_id === campaign[1])).toMatchObject({ disposition: 'not_adopted', reason: '单独答复' });
    expect(given.filter((one) => one.reason === NOTED.reason).map((one) => one.opinion_id).sort()).toEqual(campaign.filter((one) => one !== campaign[1] && one !== out).sort());
    expect(await members(cluster, 'waiting')).toMatchObject([{ id: out }]);

    const [most, single] = await world.work.run(drafter, (tx) => clusterAnswers(tx, cluster));
    expect([most, single]).toMatchObject([{ pendingIds: { length: 3 }, approved: 0 }, { pendingIds: { length: 1 } }]);
    const approve = (actor: Actor, key: string, seen: number) => world.get(ApproveClusterAnswers).run(actor, cluster, { key, seen });
    await expect(approve(drafter, most!.key, 3)).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(approve(second, most!.key, 2)).rejects.toMatchObject({ problem: 'conflict' });
    await expect(approve(second, single!.key, 1)).rejects.toMatchObject({ key: 'consultation:error.secondPerson' });
    expect(await approve(second, most!.key, 3)).toEqual({ approved: 3 });
    await expect(approve(second, most!.key, 3)).rejects.toMatchObject({ problem: 'conflict' });
    // A rewritten answer is another wording, which nobody has read.
    await world.get(AnswerOpinion).run(second, campaign[1]!, { disposition: 'not_adopted', reason: '改写' });
    await expect(approve(world.people.head, single!.key, 1)).rejects.toMatchObject({ problem: 'conflict' });
    await world.get(ApproveAnswers).run(world.people.head, id, single!.pendingIds);
    expect((await list(id))[0]).toMatchObject({ answered: 4, approved: 4 });
  });

  it('follows the rules of a single answer, or nothing is written', async () => {
    const { id, cluster, all } = await clustered();
    await expect(answer(cluster, 5, { disposition: 'adopted' })).rejects.toMatchObject({ key: 'consultation:error.nameClause' });
    await expect(answer(cluster, 5, { disposition: 'adopted', adoptedIdentity: 'art_99' })).rejects.toMatchObject({ key: 'consultation:error.nameClause' });
    await expect(answer(cluster, 5, { reason: '  ' })).rejects.toMatchObject({ key: 'consultation:error.empty' });
    await expect(answer(cluster, 4)).rejects.toMatchObject({ key: 'clusters:error.answeredMeanwhile', details: { params: { count: 5 } } });
    await expect(answer(cluster, 5, { leaveOut: [all.at(-1)] })).rejects.toMatchObject({ problem: 'not_found' });
    await expect(answer(cluster, 5, { leaveOut: (await members(cluster)).map((one) => one.id) })).rejects.toMatchObject({ key: 'clusters:error.nobody' });
    await expect(answer(cluster, 5, {}, world.people.outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(answer(cluster, 5, {}, world.people.foreigner)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(answer(cluster, 5, {}, world.people.head)).rejects.toMatchObject({ problem: 'forbidden' });
    expect(await answers(id)).toEqual([]);
    expect(await answer(cluster, 5, { disposition: 'adopted', adoptedIdentity: 'art_2' })).toEqual({ answered: 5 });
    expect(await answers(id)).toHaveLength(5);
  });

  it('is all or nothing where one row cannot be written', async () => {
    const { id, cluster, campaign } = await clustered();
    const owner = new Client({ connectionString: world.database.ownerUrl });
    await owner.connect();
    await owner.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.opinion_id = '${campaign[4]}' THEN RAISE 'full disk'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON opinion_answer FOR EACH ROW EXECUTE FUNCTION full_disk()`);
    await expect(answer(cluster, 5)).rejects.toThrow('full disk');
    await owner.query('DROP TRIGGER full_disk ON opinion_answer; DROP FUNCTION full_disk()');
    await owner.end();
    expect(await answers(id)).toEqual([]);
    expect(await answer(cluster, 5)).toEqual({ answered: 5 });
  });

  it('is given once when two officers give it at the same time, ten times over', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, cluster, campaign } = await clustered();
      const both = await Promise.allSettled([answer(cluster, 5), answer(cluster, 5, { reason: '另一份' }, world.people.second), world.get(AnswerOpinion).run(world.people.second, campaign[2]!, { disposition: 'noted', reason: '单独' })]);
      const fans = both.slice(0, 2);
      const given = await answers(id);
      expect(new Set(given.map((one) => one.opinion_id)).size).toBe(given.length);
      // The single answer may come first: then neither fan-out fits what its officer saw, and nothing of them is written.
      const won = fans.filter(({ status }) => status === 'fulfilled').length;
      expect(won).toBeLessThanOrEqual(1);
      expect(given).toHaveLength(won === 1 ? 5 : 1);
      for (const one of fans) if (one.status === 'rejected') expect(one.reason).toMatchObject({ key: 'clusters:error.answeredMeanwhile' });
      expect(new Set(given.filter((one) => one.opinion_id !== campaign[2]).map((one) => one.reason)).size).toBe(won);
    }
  });

  it('is refused once the result is out', async () => {
    const { id, cluster, all } = await clustered();
    for (const opinion of all) await world.get(AnswerOpinion).run(world.people.second, opinion, { disposition: 'noted', reason: '已研究' });
    const given = await world.work.run(world.people.drafter, (tx) => tx.query<{ id: string }>('SELECT id FROM opinion_answer WHERE city_id = $1 AND consultation_id = $2', [CITY, id]));
    await world.get(ApproveAnswers).run(world.people.head, id, given.map((one) => one.id));
    await world.work.run(systemActor(CITY), (tx) => tx.query(`UPDATE consultation SET state = 'closed', closed_at = closes_at, received_count = 10 WHERE city_id = $1 AND id = $2`, [CITY, id]));
    await world.get(PublishResult).run(world.people.drafter, id, { text: '已公布。' });
    await expect(answer(cluster, 0)).rejects.toMatchObject({ key: 'consultation:error.resultIsOut' });
  });
});
