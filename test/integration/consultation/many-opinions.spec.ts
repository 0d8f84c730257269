import os from 'node:os';
import { FileAppeal, PostOpinion } from '@domains/consultation';
import { anonymousActor, systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { campaignConsultation } from '../../support/campaigns/consultation';
import { labelledSet } from '../../support/campaigns/labelled-set';
import { makeCity, type TestCity } from '../../support/people';
import { recordStatements } from '../../support/statements';
import { Visitor } from '../../support/visitor';

jest.setTimeout(600_000);

/** `OPINIONS=10000` for the figures of docs/evidence.md. */
const SIZE = Number(process.env.OPINIONS ?? 2_000);
const SET = labelledSet({ seed: 408, size: SIZE, campaigns: 40, share: 0.4 });
/** A page may cost so many statements. */
const MOST_STATEMENTS = 25;
const REQUESTS = 20;

let web: TestApp;
let city: TestCity;
let policyId: string;
let id: string;
const figures: string[] = [];

beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  ({ policyId, id } = await campaignConsultation(web, city, SET.map(({ text }) => text)));
});
afterAll(() => web.close());

const sql = <R>(text: string, parameters: unknown[]): Promise<R[]> => web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<R>(text, parameters));

/** Asks twice to warm up and then twenty times; writes down the median, the 95th percentile and the statements of a request. */
async function measured(name: string, visitor: Visitor, url: string): Promise<string> {
  const times: number[] = [];
  let body = '';
  // The fewest: what is known of the session for some seconds is looked up by some of the requests.
  let statements = Infinity;
  for (let n = 0; n < REQUESTS + 2; n += 1) {
    const log = recordStatements();
    const start = performance.now();
    const answer = await visitor.get(url);
    const took = performance.now() - start;
    statements = Math.min(statements, log.count);
    log.stop();
    expect({ name, status: answer.statusCode }).toEqual({ name, status: 200 });
    body = answer.body;
    if (n > 1) times.push(took);
  }
  times.sort((a, b) => a - b);
  figures.push(`${name.padEnd(44)} ${times[REQUESTS / 2]?.toFixed(0).padStart(5)} / ${times[Math.ceil(REQUESTS * 0.95) - 1]?.toFixed(0).padStart(5)} ms ${String(statements).padStart(4)} statements`);
  expect({ name, few: statements <= MOST_STATEMENTS }).toEqual({ name, few: true });
  return body.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
}

async function once(name: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  figures.push(`${name.padEnd(44)} ${(performance.now() - start).toFixed(0).padStart(5)} ms, once`);
}

/** As autovacuum does within some minutes of so many new rows. */
async function vacuum(): Promise<void> {
  const owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  await owner.query('VACUUM (ANALYZE) opinion, opinion_answer, opinion_assignment, opinion_cluster, opinion_cluster_member');
  await owner.end();
}

/** What the worker does until nothing is due. */
async function work(): Promise<void> {
  const relay = new OutboxRelay(web.unitOfWork, new LocalDispatcher(web.app.get(EventProcessor), 120_000), { cities: async () => [city.id], clock: web.clock, onError: () => undefined });
  while (await relay.sweep() > 0);
}

const field = (body: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
const nextOf = (body: string): string => /rel="next" href="([^"]+)"/.exec(body)?.[1] ?? '';

test(`the whole round on ${SIZE} opinions, 40 % of them in campaigns, through the pages`, async () => {
  const { people } = city.departments[0];
  const drafter = await new Visitor(web.app).signIn(city.id, people.drafter.login);
  const head = await new Visitor(web.app).signIn(city.id, people.department_head.login);
  const visitor = new Visitor(web.app);
  const desk = `/console/policies/${policyId}/consultation`;
  const list = `/console/consultations/${id}/opinions`;
  const clusters = `/console/consultations/${id}/clusters`;
  const portal = `/${city.id}/consultations/${id}`;
  const posted = await web.app.get(PostOpinion).run(anonymousActor(city.id), id, { text: '最后一条意见：建议增设无障碍车位。', stance: 'suggest', idempotencyKey: '0123456789abcdef' });
  await once('the worker tells of the last opinion', work);

  await measured('consultations of the department', drafter, '/console/consultations');
  await measured('desk of the consultation', drafter, desk);
  const first = await measured('list: first page', drafter, list);
  expect(first).toContain(`共 ${(SIZE + 1).toLocaleString('en')} 条`);
  const [middle] = await sql<{ at: Date; id: string }>('SELECT received_at AS at, id FROM opinion WHERE city_id = $1 AND consultation_id = $2 ORDER BY received_at OFFSET $3 LIMIT 1', [city.id, id, SIZE / 2]);
  await measured('list: in the middle', drafter, `${list}?after=${middle?.at.toISOString()}_${middle?.id}`);
  await measured('list: filtered by clause and stance', drafter, `${list}?clause=art_1&stance=support`);
  await measured('list: without an answer, unread, unassigned', drafter, `${list}?state=unanswered&unread=me&officer=none`);
  await measured('list: searched, frequent', drafter, `${list}?q=${encodeURIComponent('停车')}`);
  const rare = await measured('list: searched, rare', drafter, `${list}?q=${encodeURIComponent('无障碍车位 最后一条')}`);
  expect(rare).toContain(posted.receiptNo);
  await measured('list: searched, none', drafter, `${list}?q=${encodeURIComponent('没有人这样写')}`);
  await measured('topics', drafter, `/console/consultations/${id}/topics`);
  await measured('one opinion', drafter, `${desk}/opinions/${posted.opinionId}`);

  await once('asking for clusters', async () => expect((await drafter.post(clusters, { threshold: '0.25' })).statusCode).toBe(303));
  await once('the worker computes clusters', work);
  const groups = await measured('clusters', drafter, clusters);
  const cluster = new RegExp(`${clusters}/([0-9a-f-]{36})`).exec(groups)?.[1] ?? '';
  await measured('one cluster', drafter, `${clusters}/${cluster}`);
  const answerPage = await measured('preview of an answer to a cluster', drafter, `${clusters}/${cluster}/answer`);
  await once('answering the cluster', async () => expect((await drafter.post(`${clusters}/${cluster}/answer`, { seen: field(answerPage, 'seen'), disposition: 'noted', reason: '已转交研究。' })).statusCode).toBe(303));

  await measured('preview of an assignment of a cluster', drafter, `${list}/all/assign?cluster=${cluster}`);
  const assignAll = await measured('preview of an assignment of all', drafter, `${list}/all/assign`);
  await once('assigning all', async () => expect((await drafter.post(`${list}/all/assign`, { key: field(assignAll, 'key'), accountId: people.drafter.accountId })).statusCode).toBe(303));
  await measured('my opinions', drafter, '/console/my-opinions');
  await vacuum();

  const hideSome = await measured('preview of hiding', drafter, `${list}/all/hide?q=${encodeURIComponent('I agree')}`);
  await once('hiding what was searched', async () => expect((await drafter.post(`${list}/all/hide?q=${encodeURIComponent('I agree')}`, { key: field(hideSome, 'key'), reason: '与草案无关' })).statusCode).toBe(303));
  const [{ hidden } = { hidden: 0 }] = await sql<{ hidden: number }>(`SELECT hidden_count AS hidden FROM consultation WHERE city_id = $1 AND id = $2`, [city.id, id]);
  expect(hidden).toBe(SET.filter(({ text }) => /i agree/i.test(text)).length);
  await web.app.get(FileAppeal).byReceipt(city.id, posted.code, '与草案有关').catch((error: unknown) => expect(error).toMatchObject({ key: 'opinion-desk:error.notHidden' }));
  const queue = await measured('moderation queue', head, '/console/moderation');
  expect(queue).toContain('与草案无关');

  const answerAll = await measured('preview of an answer to all', drafter, `${list}/all/answer?state=unanswered`);
  await once('answering all that have none', async () => expect((await drafter.post(`${list}/all/answer?state=unanswered`, { key: field(answerAll, 'key'), disposition: 'adopted', reason: '已在第一条写明。', adoptedIdentity: 'art_1' })).statusCode).toBe(303));
  await vacuum();
  const approveAll = await measured('preview of the approval of all', head, `${list}/all/approve?state=answered`);
  await once('approving all', async () => expect((await head.post(`${list}/all/approve?state=answered`, { key: field(approveAll, 'key') })).statusCode).toBe(303));
  expect(await sql('SELECT count(*)::integer AS n FROM opinion_answer WHERE city_id = $1 AND approved_at IS NOT NULL', [city.id])).toEqual([{ n: SIZE + 1 }]);
  await measured('list: approved, at once after the approval', drafter, `${list}?state=approved`);
  await vacuum();
  await measured('list: approved', drafter, `${list}?state=approved`);

  await measured('public: the consultation', visitor, portal);
  const opinions = await measured('public: opinions', visitor, `${portal}/opinions`);
  expect(nextOf(opinions)).toContain('after=');
  await measured('public: opinions, deep', visitor, `${portal}/opinions?after=${middle?.at.toISOString()}_${middle?.id}`);
  await measured('public: opinions, searched, frequent', visitor, `${portal}/opinions?q=${encodeURIComponent('停车')}`);
  const found = await measured('public: opinions, searched, rare', visitor, `${portal}/opinions?q=${encodeURIComponent('无障碍车位')}`);
  expect(found).toContain(posted.receiptNo);
  await measured('public: opinions, by clause', visitor, `${portal}/opinions?clause=art_2`);
  await measured('public: opinions of one page, by clause', visitor, `${portal}?on=art_2`);

  web.clock.set('2026-04-02T09:00:00+08:00');
  const drafterLater = await new Visitor(web.app).signIn(city.id, people.drafter.login);
  await drafterLater.get(desk);
  await once('closing, with the root over all', async () => expect((await drafterLater.post(`${desk}/${id}/close`, {})).statusCode).toBe(303));
  await once('publishing the result', async () => expect((await drafterLater.post(`${desk}/${id}/result`, { text: '共收到一万余条意见。' })).statusCode).toBe(303));
  await once('the worker tells the authors', work);
  await measured('public: list of consultations', visitor, `/${city.id}/consultations?stage=result`);
  await measured('public: the result', visitor, `${portal}/result`);
  await measured('public: opinions with answers', visitor, `${portal}/opinions`);
  const receipt = await measured('receipt of an author', visitor, `/${city.id}/receipts/${posted.code}`);
  expect(receipt).toContain('已在第一条写明');
  await measured('desk after the result', drafterLater, desk);
  await once('open data, JSON, whole', async () => expect((await visitor.get(`${portal}/opinions.json`)).statusCode).toBe(200));
  await once('open data, CSV, whole', async () => expect((await visitor.get(`${portal}/opinions.csv`)).statusCode).toBe(200));
  await once('export, XLSX, whole', async () => expect((await drafterLater.get(`${desk}/${id}/opinions.xlsx`)).statusCode).toBe(200));

  const [counts] = await sql<{ received: number; shown: number; hidden: number }>(
    `SELECT c.received_count AS received, c.hidden_count AS hidden, (SELECT count(*)::integer FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = c.id AND o.moderation = 'shown') AS shown FROM consultation c WHERE c.city_id = $1 AND c.id = $2`, [city.id, id]);
  expect(counts?.received).toBe((counts?.shown ?? 0) + (counts?.hidden ?? 0));
  console.info(`${REQUESTS} requests each, median / 95th percentile; load ${os.loadavg().map((load) => load.toFixed(1)).join(' ')} on ${os.cpus().length} processors\n${figures.join('\n')}`);
});
