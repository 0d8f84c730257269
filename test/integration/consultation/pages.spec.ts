import { CloseConsultation, ExtendConsultation, PostOpinion } from '@domains/consultation';
import { Sessions } from '@platform/identity';
import { type Actor, newId } from '@platform/kernel';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { proofHeaders, solvedFields } from '../../support/challenge';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { Visitor } from '../../support/visitor';

let web: TestApp;
let city: TestCity;
let policyId: string;
let id: string;

interface Person extends Actor {
  login: string;
}

/** A consultation that stands open until the end of 1 April 2026, put there without the other rooms and their gates. */
async function makeConsultation(drafter: Person): Promise<void> {
  [policyId, id] = [newId(), newId()];
  const versionId = newId();
  await web.unitOfWork.run(drafter, async (tx) => {
    const own = [tx.cityId, tx.actor.tenantId, tx.actor.accountId, tx.at];
    await tx.query(
      `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, public_since, created_at) VALUES ($1, $5, $2, 'normative_document', '技术改造扶持办法', 'consulting', $3, $4, $4)`,
      [...own, policyId]);
    await tx.query(`INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public) VALUES ($1, $5, $2, $6, 1, 'draft', $3, $4, true)`, [...own, versionId, policyId]);
    for (const [seq, text] of ['本办法适用于本市企业。', '对购置先进设备的企业，按投资额的百分之十给予补助。'].entries()) {
      await tx.query(
        `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public) VALUES ($1, $2, $3, $4, $5, $3, 'article', $6, $7, '', $8, true)`,
        [tx.cityId, versionId, `art_${seq + 1}`, tx.actor.tenantId, seq, seq + 1, `第${'一二'.charAt(seq)}条`, text]);
    }
    await tx.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $4, submitted_by = $3, text_hash = 'x' WHERE city_id = $1 AND id = $5 AND tenant_id = $2`, [...own, versionId]);
    const basis = { openedOn: '2026-03-02', rules: [{ id: 'nrd.consult.market', days: 30, unit: 'cd', due: '2026-04-01', shortenable: true, source: { zh: '《优化营商环境条例》第六十二条', en: 'art. 62' } }] };
    await tx.query(
      `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
       VALUES ($1, $5, $2, $6, $7, '技术改造扶持办法', '拟支持企业更新设备。', 'open', $4, '2026-04-02T00:00:00+08:00', $8, $3, 'salt')`, [...own, id, policyId, versionId, JSON.stringify(basis)]);
  });
}

/** As the newest one of the policy, a month before it, closed and not answered. */
const makeEarlierConsultation = (drafter: Person): Promise<unknown> => web.unitOfWork.run(drafter, (tx) => tx.query(
  `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt, closed_at, received_count)
   SELECT city_id, $3, tenant_id, policy_id, version_id, title, purpose, 'closed', opens_at - interval '40 days', closes_at - interval '40 days', basis, opened_by, receipt_salt, $4, 0
   FROM consultation WHERE city_id = $1 AND id = $2`, [tx.cityId, id, newId(), tx.at]));

beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  await makeConsultation(city.departments[0].people.drafter);
});
afterAll(() => web.close());

async function tokenOf(person: Person): Promise<string> {
  return (await web.app.get(Sessions).signIn(city.id, person.login, PASSWORD)).accessToken;
}

/** Asks for a page and checks what holds for each: no text is missing in either language, and no script or style stands in it. */
async function look(url: string, person?: Person): Promise<string> {
  const headers = person ? { authorization: `Bearer ${await tokenOf(person)}` } : {};
  const [zh, en] = await Promise.all(['zh', 'en'].map((lang) => web.app.inject({ method: 'GET', url, headers: { ...headers, cookie: `pl_lang=${lang}` } })));
  for (const answer of [zh!, en!]) {
    expect({ url, status: answer.statusCode }).toEqual({ url, status: 200 });
    expect(answer.body.match(/\b(consultation|common|policy|lifecycle):[a-zA-Z][\w.]+/g) ?? []).toEqual([]);
    expect(answer.body).not.toMatch(/\sstyle="|<script>/);
  }
  return zh!.body.replaceAll('&#x3D;', '=');
}

/** Sends a form as a browser does, with the token and the cookie of its page. */
async function send(pageUrl: string, action: string, fields: Record<string, string>, person?: Person, meanwhile?: () => void) {
  const headers = person ? { authorization: `Bearer ${await tokenOf(person)}` } : {};
  const got = await web.app.inject({ method: 'GET', url: pageUrl, headers });
  meanwhile?.();
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(got.body)?.[1] ?? '';
  const cookie = got.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const body = { _csrf: hidden('_csrf'), ...(hidden('_key') ? { _key: hidden('_key') } : {}), ...solvedFields(got.body), ...fields };
  return web.app.inject({ method: 'POST', url: action, headers: { ...headers, cookie, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(body).toString() });
}

test('a citizen comments on a clause without an account or a script, and finds the opinion again by its code', async () => {
  const base = `/${city.id}/consultations/${id}`;
  expect(await look(`/${city.id}/consultations`)).toContain(base);
  const shown = await look(`${base}?clause=art_2`);
  expect(shown).toContain('第六十二条');
  expect(shown).toMatch(/<option value="art_2" selected>/);
  expect(shown).toContain('?clause=art_1#opinion-form');

  const refused = await send(base, `${base}/opinions`, { stance: 'suggest', clauseId: 'art_2', quote: '百分之二十', text: '比例应提高' });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('这几个字不在所选的条文里');
  expect(refused.body).toContain('比例应提高');

  const sent = await send(base, `${base}/opinions`, { stance: 'suggest', clauseId: 'art_2', quote: '百分之十', text: '<b>比例</b>应提高', name: '李四' });
  expect(sent.statusCode).toBe(303);
  const receiptUrl = String(sent.headers.location);
  expect(receiptUrl).toMatch(new RegExp(`^/${city.id}/receipts/([0-9A-Z]{4}-){4}[0-9A-Z]{4}\\?posted=1$`));
  expect(await look(receiptUrl)).toContain('&lt;b&gt;比例&lt;/b&gt;应提高');
  const page = await look(base);
  expect(page).toContain('&lt;b&gt;比例&lt;/b&gt;应提高');
  expect(page).not.toContain('李四');
  expect(await look(`${base}?on=art_1`)).not.toContain('比例');

  const code = /receipts\/([^?]+)/.exec(receiptUrl)?.[1] ?? '';
  await look(`/${city.id}/receipts`);
  expect((await send(`/${city.id}/receipts`, `/${city.id}/receipts`, { code: code.toLowerCase() })).statusCode).toBe(303);
  expect((await web.app.inject(`/${city.id}/receipts/${'0'.repeat(20)}`)).statusCode).toBe(404);
  expect((await web.app.inject(`/999802/receipts/${code}`)).statusCode).toBe(404);
  expect((await web.app.inject(`/999802/consultations/${id}`)).statusCode).toBe(404);
});

test('the department answers, a second person approves, and the result with its figures goes out', async () => {
  const { drafter, department_head: head } = city.departments[0].people;
  const [desk, base] = [`/console/policies/${policyId}/consultation`, `/${city.id}/consultations/${id}`];
  expect((await web.app.inject({ method: 'POST', url: `/api/v1/cities/${city.id}/consultations/${id}/opinions`, headers: await proofHeaders(web, city.id, id, 'an api client 0001'), payload: { text: '支持', stance: 'support' } })).statusCode).toBe(201);
  const badKey = await web.app.inject({ method: 'POST', url: `/api/v1/cities/${city.id}/consultations/${id}/opinions`, payload: { text: '支持', stance: 'support' } });
  expect([badKey.statusCode, badKey.headers['content-type']]).toEqual([422, expect.stringContaining('application/problem+json')]);

  await look('/console/consultations', drafter);
  const list = await look(desk, drafter);
  expect(list).toContain('应提高');
  const opinions = [...new Set([...list.matchAll(/opinions\/([0-9a-f-]{36})/g)].map(([, opinion]) => opinion!))];
  expect(opinions).toHaveLength(2);
  await look(`${desk}/opinions/${opinions[0]}`, drafter);
  const answer = (opinion: string, fields: Record<string, string>) => send(`${desk}/opinions/${opinion}`, `${desk}/opinions/${opinion}/answer`, fields, drafter);
  const unnamed = await answer(opinions[0]!, { disposition: 'adopted', reason: '有道理' });
  expect([unnamed.statusCode, unnamed.body]).toEqual([422, expect.stringContaining('必须指明因此修改的条文')]);
  for (const opinion of opinions) expect((await answer(opinion, { disposition: 'adopted', reason: '有道理', adoptedIdentity: 'art_2' })).statusCode).toBe(303);

  expect((await send(desk, `${desk}/opinions/${opinions[1]}/moderate`, { moderation: 'hidden', moderationReason: '含个人信息' }, drafter)).statusCode).toBe(303);
  expect(await look(`${desk}?tab=hidden`, drafter)).toContain('含个人信息');
  expect(await look(base)).toContain('收到 2 条 = 公开 1 条 + 未公开 1 条');

  const boxes = [...(await look(`${desk}?tab=answered`, head)).matchAll(/name="answerIds" value="([^"]+)"/g)].map(([, answerId]) => answerId!);
  expect(boxes).toHaveLength(2);
  expect((await look(`${desk}?tab=answered`, drafter)).includes('name="answerIds"')).toBe(false);
  for (const answerId of boxes) expect((await send(desk, `${desk}/${id}/approve`, { answerIds: answerId }, head)).statusCode).toBe(303);
  await look(`${desk}?tab=approved`, drafter);

  const early = await send(desk, `${desk}/${id}/close`, {}, drafter);
  expect([early.statusCode, early.body]).toEqual([409, expect.stringContaining('不能提前截止')]);
  const late = await send(base, `${base}/opinions`, { stance: 'suggest', text: '写了很久的话' }, undefined, () => web.clock.set('2026-04-02T00:00:00+08:00'));
  // What was typed is not lost, though it came too late.
  expect([late.statusCode, late.body]).toEqual([409, expect.stringMatching(/意见没有收下[^]*写了很久的话/)]);
  expect(await look(base)).toContain('不再接收新的意见');
  await web.app.get(CloseConsultation).run(drafter, id);
  expect((await send(desk, `${desk}/${id}/result`, { text: '共收到两条意见。' }, drafter)).statusCode).toBe(303);
  await look(desk, drafter);
  const result = await look(`${base}/result`);
  expect(result).toContain('共收到两条意见');
  expect(result).toContain('有道理');
  for (const stage of ['closed', 'result']) await look(`/${city.id}/consultations?stage=${stage}`);
});

test('another department reads what everybody reads, and nothing else', async () => {
  const { drafter } = city.departments[1].people;
  const desk = `/console/policies/${policyId}/consultation`;
  const seen = await look(desk, drafter);
  expect(seen).not.toContain('有道理');
  const headers = { authorization: `Bearer ${await tokenOf(drafter)}` };
  const api = await web.app.inject({ url: `/api/v1/consultations/${id}/opinions?tab=approved`, headers });
  expect(api.statusCode).toBe(404);
  expect((await web.app.inject({ method: 'POST', url: `${desk}/${id}/result`, headers, payload: { text: 'x' } })).statusCode).toBe(404);
});

test('a page asks the database as often for twenty opinions as for two', async () => {
  const { drafter } = city.departments[0].people;
  web.clock.set('2026-03-02T09:00:00+08:00');
  await makeConsultation(drafter);
  await makeEarlierConsultation(drafter);
  const token = await tokenOf(drafter);
  const urls = [`/${city.id}/consultations`, `/${city.id}/consultations/${id}`, `/console/policies/${policyId}/consultation`, '/console/consultations'];
  const count = async (): Promise<number[]> => {
    const counts: number[] = [];
    for (const url of urls) {
      const query = jest.spyOn(Client.prototype, 'query');
      const answer = await web.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
      counts.push(query.mock.calls.length);
      query.mockRestore();
      expect([url, answer.statusCode]).toEqual([url, 200]);
    }
    return counts;
  };
  const post = (n: number) => Promise.all(Array.from({ length: n }, (_, k) =>
    web.app.get(PostOpinion).run(city.resident, id, { text: '意见', stance: 'suggest', clauseId: `art_${(k % 2) + 1}`, idempotencyKey: newId() })));
  // A session is believed for three seconds, and asked for again after them: time stands still, so that none runs out between two counts on a busy machine.
  const now = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
  await post(2);
  await count();
  const few = await count();
  await post(18);
  expect(await count()).toEqual(few);
  now.mockRestore();
  // The earlier one is reached from the newest, and is not mixed with it.
  const earlier = /\?of=([0-9a-f-]{36})/.exec(await look(`/console/policies/${policyId}/consultation`, drafter))?.[1] ?? '';
  expect(earlier).not.toBe(id);
  expect(await look(`/console/policies/${policyId}/consultation?of=${earlier}`, drafter)).toContain(`?of=${id}`);
  const other = await web.app.inject({ url: `/console/policies/${policyId}/consultation?of=${newId()}`, headers: { authorization: `Bearer ${token}` } });
  expect(other.statusCode).toBe(404);
});

test('everybody reads why a window is shorter than the law has it, and why it was made longer', async () => {
  const { drafter } = city.departments[0].people;
  web.clock.set('2026-03-02T09:00:00+08:00');
  await makeConsultation(drafter);
  await web.unitOfWork.run(drafter, (tx) => tx.query('UPDATE consultation SET shortened_reason = $3 WHERE city_id = $1 AND id = $2', [tx.cityId, id, '汛期将至，须在四月前施行']));
  await web.app.get(ExtendConsultation).run(drafter, id, { lastDay: '2026-04-08', notice: '应 <企业> 要求延长一周\n请各界继续提出意见' });
  const page = await look(`/${city.id}/consultations/${id}`);
  for (const words of ['汛期将至，须在四月前施行', '延长到 2026年4月8日', '应 &lt;企业&gt; 要求延长一周', '请各界继续提出意见', '公告于 2026年3月2日']) expect(page).toContain(words);
});

test('who is signed in finds what they said on the page, and takes it back there; nobody else does', async () => {
  const { resident, enterprises } = city;
  web.clock.set('2026-03-02T09:00:00+08:00');
  await makeConsultation(city.departments[0].people.drafter);
  const base = `/${city.id}/consultations/${id}`;
  expect(await look(base, resident)).not.toContain('我在这里提的意见');
  expect((await send(base, `${base}/opinions`, { stance: 'suggest', text: '居民的一句话' }, resident)).statusCode).toBe(303);
  const mine = await look(base, resident);
  const action = new RegExp(`${base}/opinions/[0-9a-f-]{36}/withdraw`).exec(mine)?.[0] ?? '';
  expect(mine).toContain('我在这里提的意见');
  for (const page of [await look(base), await look(base, enterprises[0])]) expect(page).not.toContain('/withdraw');
  expect((await send(`/${city.id}/receipts`, action, { confirm: 'on' }, enterprises[0])).statusCode).toBe(404);
  const visitor = await new Visitor(web.app).signIn(city.id, resident.login);
  await visitor.get(base);
  const unsure = await visitor.post(action, {});
  expect([unsure.statusCode, unsure.body]).toEqual([422, expect.stringContaining('请勾选')]);
  // The summary leads to the box that is meant, which says itself what is wrong.
  const box = `f-confirm-${/opinions\/([0-9a-f-]{36})\/withdraw/.exec(action)?.[1]}`;
  for (const part of [`href="#${box}"`, `id="${box}"`, `id="${box.replace('f-', 'e-')}"`]) expect(unsure.body).toContain(part);
  expect((await send(`/${city.id}/receipts`, action, { confirm: 'on' }, resident)).statusCode).toBe(303);
  expect(await look(base, resident)).toMatch(/您已于[^<]+撤回这条意见/);
  expect(await look(base)).not.toContain('居民的一句话');
  const desk = `/console/policies/${policyId}/consultation`;
  expect(await look(`${desk}?tab=withdrawn`, city.departments[0].people.drafter)).toContain('居民的一句话');
});
