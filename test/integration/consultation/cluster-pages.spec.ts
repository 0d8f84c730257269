import { AnswerOpinion } from '@domains/consultation';
import { Sessions } from '@platform/identity';
import { systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { startTestApp, type TestApp } from '../../support/app';
import { campaignConsultation } from '../../support/campaigns/consultation';
import { labelledSet } from '../../support/campaigns/labelled-set';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { Visitor } from '../../support/visitor';

jest.setTimeout(180_000);

const SIZE = 10_000;
/** Of a seed that the method was not fitted on. */
const SET = labelledSet({ seed: 407, size: SIZE, campaigns: 40, share: 0.4 });

let web: TestApp;
let city: TestCity;
let drafter: Visitor;
let head: Visitor;
let policyId: string;
let id: string;
let base: string;

const sql = <R>(text: string, parameters: unknown[]): Promise<R[]> => web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<R>(text, parameters));

beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  ({ policyId, id } = await campaignConsultation(web, city, SET.map(({ text }) => text)));
  const { people } = city.departments[0];
  drafter = await new Visitor(web.app).signIn(city.id, people.drafter.login);
  head = await new Visitor(web.app).signIn(city.id, people.department_head.login);
  base = `/console/consultations/${id}/clusters`;
});
afterAll(() => web.close());

/** Of a page asked for twenty times: the median and the 95th percentile in milliseconds, after two that warm up. */
async function timed(visitor: Visitor, url: string): Promise<string> {
  const times: number[] = [];
  for (let n = 0; n < 22; n += 1) {
    const start = performance.now();
    expect((await visitor.get(url)).statusCode).toBe(200);
    if (n > 1) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return `${times[10]?.toFixed(0)} / ${times[18]?.toFixed(0)} ms`;
}

/** What the worker does until nothing is due. */
async function work(): Promise<void> {
  const relay = new OutboxRelay(web.unitOfWork, new LocalDispatcher(web.app.get(EventProcessor), 120_000), { cities: async () => [city.id], clock: web.clock, onError: () => undefined });
  while (await relay.sweep() > 0);
}

const seconds = async (work: () => Promise<unknown>): Promise<string> => {
  const start = performance.now();
  await work();
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
};

test(`${SIZE} opinions, 40 % of them in campaigns: put together, read, answered as one and approved through the pages`, async () => {
  expect((await drafter.get(base)).body).toContain('还没有归并过');
  const figures: Record<string, string> = {};
  let longest = 0;
  let last = performance.now();
  const ticking = setInterval(() => { longest = Math.max(longest, performance.now() - last); last = performance.now(); }, 5);
  figures['asking for it'] = await seconds(async () => expect((await drafter.post(base, { threshold: '0.25' })).statusCode).toBe(303));
  const waiting = (await drafter.get(base)).body;
  expect(waiting).toContain('正在归并');
  expect(waiting).not.toContain('name="threshold"');
  expect((await drafter.post(base, { threshold: '0.3' })).statusCode).toBe(409);
  figures['the worker computes'] = await seconds(work);
  expect((await drafter.get(base)).body).toContain('归并已完成');
  clearInterval(ticking);
  figures['longest pause of the event loop meanwhile'] = `${longest.toFixed(0)} ms`;

  const [counts] = await sql<{ clusters: number; members: number }>('SELECT count(DISTINCT cluster_id)::integer AS clusters, count(*)::integer AS members FROM opinion_cluster_member WHERE city_id = $1', [city.id]);
  figures['clusters'] = `${counts?.clusters} of ${counts?.members} opinions`;
  const list = (await drafter.get(base)).body.replaceAll('&#x3D;', '=');
  expect(list).toContain('第 20 组');
  expect(list.includes(`${base}?after=20`)).toBe(true);
  const cluster = new RegExp(`${base}/([0-9a-f-]{36})`).exec(list)?.[1] ?? '';
  const [{ size } = { size: 0 }] = await sql<{ size: number }>('SELECT size FROM opinion_cluster WHERE city_id = $1 AND id = $2', [city.id, cluster]);
  expect(size).toBeGreaterThan(100);
  figures['list'] = await timed(drafter, base);
  figures[`cluster of ${size}`] = await timed(drafter, `${base}/${cluster}`);
  figures['in no cluster'] = await timed(drafter, `${base}/outside`);
  figures['preview'] = await timed(drafter, `${base}/${cluster}/answer`);

  const preview = (await drafter.get(`${base}/${cluster}/answer`)).body;
  expect(preview).toContain(`name="seen" value="${size}"`);
  const first = /name="leaveOut" value="([^"]+)"/.exec(preview)?.[1] ?? '';
  const [least] = await sql<{ opinion_id: string }>('SELECT opinion_id FROM opinion_cluster_member WHERE city_id = $1 AND cluster_id = $2 ORDER BY to_common, opinion_id LIMIT 1', [city.id, cluster]);
  expect(first).toBe(least?.opinion_id);
  // Refused: what was typed and ticked is there again.
  const refused = await drafter.post(`${base}/${cluster}/answer`, { seen: String(size), disposition: 'adopted', reason: '已在第一条写明', leaveOut: [first] });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('已在第一条写明');
  expect(refused.body).toMatch(new RegExp(`value="${first}" id="l-${first}" checked`));
  figures['one answer for the cluster'] = await seconds(async () => expect(
    (await drafter.post(`${base}/${cluster}/answer`, { seen: String(size), disposition: 'adopted', reason: '已在第一条写明', adoptedIdentity: 'art_1', leaveOut: [first] })).statusCode).toBe(303));
  const given = await sql<{ count: number }>(
    'SELECT count(*)::integer FROM opinion_answer a JOIN opinion_cluster_member m ON m.city_id = a.city_id AND m.opinion_id = a.opinion_id WHERE a.city_id = $1 AND m.cluster_id = $2', [city.id, cluster]);
  expect(given).toEqual([{ count: size - 1 }]);
  const again = await drafter.post(`${base}/${cluster}/answer`, { seen: String(size), disposition: 'noted', reason: '再来一次' });
  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('没有写入任何答复');

  const page = (await head.get(`${base}/${cluster}`)).body;
  const key = /name="key" value="([^"]+)"/.exec(page)?.[1] ?? '';
  figures['approval of all'] = await seconds(async () => expect((await head.post(`${base}/${cluster}/approve`, { key, seen: String(size - 1) })).statusCode).toBe(303));
  expect(await sql('SELECT count(*)::integer FROM opinion_answer WHERE city_id = $1 AND approved_by = $2', [city.id, city.departments[0].people.department_head.accountId])).toEqual([{ count: size - 1 }]);
  console.info(Object.entries(figures).map(([name, figure]) => `${name.padEnd(45)} ${figure}`).join('\n'));
});

test('the pages say everything in both languages, and only who may act sees the forms', async () => {
  const [small] = await sql<{ id: string }>('SELECT id FROM opinion_cluster WHERE city_id = $1 ORDER BY no DESC LIMIT 1', [city.id]);
  const person = city.departments[0].people.drafter;
  const { accessToken } = await web.app.get(Sessions).signIn(city.id, person.login, PASSWORD);
  for (const lang of ['zh', 'en']) {
    for (const url of [base, `${base}/outside`, `${base}/${small?.id}`, `${base}/${small?.id}?part=answered`, `${base}/${small?.id}/answer`, `/console/policies/${policyId}/consultation`]) {
      const answer = await web.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${accessToken}`, cookie: `pl_lang=${lang}` } });
      expect({ url, status: answer.statusCode }).toEqual({ url, status: 200 });
      expect(answer.body.match(/\b(clusters|consultation|common|opinion-desk):[a-zA-Z][\w.]+/g) ?? []).toEqual([]);
      expect(answer.body).not.toMatch(/\sstyle="|<script>/);
    }
  }
  const [member] = await sql<{ opinion_id: string }>('SELECT opinion_id FROM opinion_cluster_member WHERE city_id = $1 AND cluster_id = $2 LIMIT 1', [city.id, small?.id]);
  await web.app.get(AnswerOpinion).run(person, member?.opinion_id ?? '', { disposition: 'noted', reason: '<b>单独</b>' });
  expect((await head.get(`${base}/${small?.id}`)).body).toContain('&lt;b&gt;单独&lt;/b&gt;');
  const reader = await new Visitor(web.app).signIn(city.id, city.departments[0].people.registrar.login);
  expect((await reader.get(base)).body).not.toContain('name="threshold"');
  expect((await reader.get(`${base}/${small?.id}`)).body).not.toContain('/approve"');
  expect((await reader.get(`${base}/${small?.id}/answer`)).statusCode).toBe(403);
  const outsider = await new Visitor(web.app).signIn(city.id, city.departments[1].people.drafter.login);
  expect((await outsider.get(base)).statusCode).toBe(404);
});
