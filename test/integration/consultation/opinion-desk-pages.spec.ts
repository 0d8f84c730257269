import { ModerateOpinion, PostOpinion } from '@domains/consultation';
import { Sessions } from '@platform/identity';
import { anonymousActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { campaignConsultation } from '../../support/campaigns/consultation';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { Visitor } from '../../support/visitor';

let web: TestApp;
let city: TestCity;
let policyId: string;
let id: string;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  ({ policyId, id } = await campaignConsultation(web, city, ['夜间停车收费太高', '<script>alert(1)</script> 停车', '多种一些树']));
});
afterAll(() => web.close());

const post = (text: string, n: number) => web.app.get(PostOpinion).run(anonymousActor(city.id), id, { text, stance: 'oppose', idempotencyKey: `opinion-desk-pages-${n}` });
const plain = (body: string): string => body.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');

test('a hidden opinion is appealed against at its receipt and decided in the console', async () => {
  const { people } = city.departments[0];
  const { code, opinionId, receiptNo } = await post('请放宽条件。', 1);
  await web.app.get(ModerateOpinion).run(people.drafter, opinionId, { moderation: 'hidden', reason: '含有他人信息' });
  const author = new Visitor(web.app);
  const receipt = `/${city.id}/receipts/${code}`;
  const page = await author.get(receipt);
  expect(page.body).toContain('含有他人信息');
  expect(page.body).toContain('申请复核');
  const refused = await author.post(`${receipt}/appeal`, { reasons: ' ' });
  expect(refused.statusCode).toBe(422);
  expect((await author.post(`${receipt}/appeal`, { reasons: '没有<b>他人</b>的信息' })).statusCode).toBe(303);
  expect((await author.get(receipt)).body).toContain('等待决定，最迟 2026年3月9日');
  expect((await author.post(`${receipt}/appeal`, { reasons: '再来' })).statusCode).toBe(409);

  const head = await new Visitor(web.app).signIn(city.id, people.department_head.login);
  const queue = (await head.get('/console/moderation')).body;
  expect(queue).toContain(receiptNo);
  expect(queue).toContain('待您决定');
  const appeal = /\/console\/moderation\/[0-9a-f-]{36}/.exec(queue)?.[0] ?? '';
  const shown = (await head.get(appeal)).body;
  expect(shown).toContain('没有&lt;b&gt;他人&lt;/b&gt;的信息');
  const drafter = await new Visitor(web.app).signIn(city.id, people.drafter.login);
  expect((await drafter.get(appeal)).body).not.toContain('name="decision"');
  expect((await drafter.post(appeal, { decision: 'shown', reason: '理由' })).statusCode).toBe(403);
  await head.get(appeal);
  expect((await head.post(appeal, { decision: 'shown', reason: '' })).statusCode).toBe(422);
  expect((await head.post(appeal, { decision: 'shown', reason: '确无他人信息。' })).statusCode).toBe(303);
  expect((await author.get(receipt)).body).toContain('确无他人信息。');
});

test('the filter stays in the address, also when bulk work is refused', async () => {
  const { people } = city.departments[0];
  const drafter = await new Visitor(web.app).signIn(city.id, people.drafter.login);
  const list = `/console/consultations/${id}/opinions`;
  const query = `q=${encodeURIComponent('停车')}`;
  const page = plain((await drafter.get(`${list}?${query}&clause=&stance=&kind=`)).body);
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toContain('多种一些树');
  expect(page).toContain(`${list}/all/answer?${query}`);
  const preview = (await drafter.get(`${list}/all/answer?${query}`)).body;
  const key = /name="key" value="([0-9a-f]+)"/.exec(preview)?.[1] ?? '';
  const refused = await drafter.post(`${list}/all/answer?${query}`, { key, disposition: 'noted', reason: ' ' });
  expect(refused.statusCode).toBe(422);
  expect(plain(refused.body)).toContain(`action="${list}/all/answer?${query}"`);
  expect(refused.body).not.toContain('多种一些树');
  expect((await drafter.post(`${list}/all/answer?${query}`, { key, disposition: 'noted', reason: '已研究。' })).statusCode).toBe(303);
  expect((await drafter.post(`${list}/all/answer?${query}`, { key, disposition: 'noted', reason: '已研究。' })).statusCode).toBe(409);
  for (const bad of ['stance=x', 'officer=x', 'cluster=x', 'after=x', 'q=%00', 'state=hidden&state=shown']) expect({ bad, status: (await drafter.get(`${list}?${bad}`)).statusCode }).toEqual({ bad, status: 422 });
  expect((await drafter.post(`${list}/read`, { opinionIds: ['x'] })).statusCode).toBe(422);
});

test('the pages say everything in both languages, without inline script or style, and nothing to another department', async () => {
  const { people } = city.departments[0];
  const { opinionId, code } = await post('再提一条', 2);
  const opinion = `/console/policies/${policyId}/consultation/opinions/${opinionId}`;
  const list = `/console/consultations/${id}/opinions`;
  const { accessToken } = await web.app.get(Sessions).signIn(city.id, people.drafter.login, PASSWORD);
  const pages = [list, `${list}?state=unanswered&unread=me&officer=none`, `/console/consultations/${id}/topics`, `${list}/all/answer`, `${list}/all/hide`, `${list}/all/assign`, '/console/my-opinions', '/console/moderation', opinion];
  for (const lang of ['zh', 'en']) {
    for (const url of [...pages, `/${city.id}/consultations/${id}/opinions?q=a&stance=oppose`, `/${city.id}/consultations/${id}`, `/${city.id}/receipts/${code}`]) {
      const answer = await web.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${accessToken}`, cookie: `pl_lang=${lang}` } });
      expect({ url, status: answer.statusCode }).toEqual({ url, status: 200 });
      expect(answer.body.match(/\b(opinion-desk|clusters|consultation|common):[a-zA-Z][\w.]+/g) ?? []).toEqual([]);
      expect(answer.body).not.toMatch(/\sstyle="|<script>/);
    }
  }
  const outsider = await new Visitor(web.app).signIn(city.id, city.departments[1].people.drafter.login);
  for (const url of [list, `/console/consultations/${id}/topics`, `${list}/all/answer`]) expect((await outsider.get(url)).statusCode).toBe(404);
  const drafter = await new Visitor(web.app).signIn(city.id, people.drafter.login);
  expect((await drafter.get(opinion)).body).toContain('data-read');
  expect((await drafter.post(`${list}/read`, { opinionIds: opinionId, back: '//elsewhere.example' })).headers.location).toBe(list);
  expect((await drafter.get(opinion)).body).not.toContain('data-read');
  await drafter.post(`${opinion}/assign`, { accountId: people.department_head.accountId });
  expect((await drafter.get(opinion)).body).toContain(`由${people.department_head.name}办理`);
});
