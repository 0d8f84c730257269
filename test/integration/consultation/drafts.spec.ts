import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ForgetIntake, ownDrafts, PostOpinion, SaveDraft } from '@domains/consultation';
import { Accounts } from '@platform/identity';
import { type Actor, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { PASSWORD } from '../../support/people';
import { Visitor } from '../../support/visitor';

/** As in test/support/open-consultation.sql. */
const [CITY, ID] = ['999900', '00000000-0000-7000-8000-0000000000d1'];
const BASE = `/${CITY}/consultations/${ID}`;

let web: TestApp;
let owner: Client;
const people: Record<string, Actor> = {};

beforeAll(async () => {
  web = await startTestApp();
  owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  await owner.query(readFileSync(path.resolve(__dirname, '../../support/open-consultation.sql'), 'utf8'));
  web.clock.set(new Date());
  await web.unitOfWork.run(systemActor(CITY), async (tx) => {
    for (const login of ['writer', 'reader', 'racer']) {
      const accountId = await web.app.get(Accounts).create(tx, { login, kind: 'resident', displayName: login, password: PASSWORD });
      people[login] = { cityId: CITY, tenantId: null, accountId, name: login, roles: ['resident'], scope: 'own' };
    }
  });
}, 60_000);
afterAll(async () => {
  await owner.end();
  await web.close();
});

const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const rows = async (): Promise<{ text: string; aside: boolean }[]> => (await owner.query<{ text: string; aside: boolean }>('SELECT text, aside_at IS NOT NULL AS aside FROM opinion_draft ORDER BY 2, id DESC')).rows;
const auto = (visitor: Visitor, fields: Record<string, string>) => visitor.post(`${BASE}/draft/auto`, fields);
const seated = (login: string): Promise<Visitor> => new Visitor(web.app).signIn(CITY, login);

test('a draft is saved unfinished, comes back with a notice to its author alone, and is gone when the opinion is in', async () => {
  const writer = await seated('writer');
  const page = (await writer.get(BASE)).body;
  expect(page).not.toContain('已恢复您');
  const key = hidden(page, '_key');
  // The whole form is sent, with fields that a draft knows nothing of.
  const saved = await writer.post(`${BASE}/draft`, { _key: key, _draft: '', stance: 'oppose', text: '写到一半，请回电 13812345678', clauseId: 'art_3', quote: '', personalData: '', later: 'x' });
  expect([saved.statusCode, saved.headers.location]).toEqual([303, `${BASE}#opinion-form`]);
  const back = (await writer.get(BASE)).body.replaceAll('&#x3D;', '=');
  for (const part of ['草稿已保存', '已恢复您', '写到一半，请回电 13812345678</textarea>', '<option value="art_3" selected>', 'value="oppose" checked']) expect(back).toContain(part);
  for (const other of [await seated('reader'), new Visitor(web.app)]) expect((await other.get(BASE)).body).not.toContain('写到一半');
  const done = await writer.post(`${BASE}/opinions`, { _key: hidden(back, '_key'), _draft: hidden(back, '_draft'), stance: 'oppose', text: '写完了', clauseId: '', quote: '' });
  expect(done.statusCode).toBe(303);
  expect(await rows()).toEqual([]);
  // A save that was under way when the form was sent comes too late to matter.
  const late = await auto(writer, { _key: hidden(back, '_key'), _draft: hidden(back, '_draft'), text: '写完了', stance: 'oppose' });
  expect([late.statusCode, late.json()]).toEqual([200, { draft: '', overtook: false }]);
  expect(await rows()).toEqual([]);
});

test('of two windows the newest is the draft, the other one is shown beside it until its author deletes it', async () => {
  const writer = await seated('writer');
  const key = randomUUID();
  await writer.get(BASE);
  const one = (await auto(writer, { _key: key, _draft: '', text: '甲窗口', stance: 'suggest' })).json<{ draft: string; overtook: boolean }>();
  const again = (await auto(writer, { _key: key, _draft: one.draft, text: '甲窗口，又写了几个字', stance: 'suggest' })).json<{ draft: string; overtook: boolean }>();
  expect([one.overtook, again.overtook, again.draft]).toEqual([false, false, one.draft.replace(/1$/, '2')]);
  const other = (await auto(writer, { _key: randomUUID(), _draft: one.draft, text: '乙窗口', stance: 'support' })).json<{ draft: string; overtook: boolean }>();
  expect(other.overtook).toBe(true);
  // The first window goes on, and overtakes in its turn; the same words once more put nothing aside.
  expect((await auto(writer, { _key: key, _draft: again.draft, text: '甲窗口，写完', stance: 'suggest' })).json()).toMatchObject({ overtook: true });
  expect((await auto(writer, { _key: key, _draft: again.draft, text: '甲窗口，写完', stance: 'suggest' })).json()).toMatchObject({ overtook: false });
  expect(await rows()).toEqual([{ text: '甲窗口，写完', aside: false }, { text: '乙窗口', aside: true }, { text: '甲窗口，又写了几个字', aside: true }].map((row) => expect.objectContaining(row)));
  const page = (await writer.get(BASE)).body;
  for (const part of ['甲窗口，写完</textarea>', '您在另一个窗口写的草稿', '乙窗口', '甲窗口，又写了几个字']) expect(page).toContain(part);
  // Whoever else asks for one of them by its id finds none.
  const deletes = [...page.matchAll(/action="([^"]*\/drafts\/[^"]*\/delete)"/g)].map(([, href = '']) => href);
  expect(deletes).toHaveLength(3);
  const reader = await seated('reader');
  await reader.get(BASE);
  for (const href of deletes) expect((await reader.post(href, {})).statusCode).toBe(404);
  for (const href of deletes) expect((await writer.post(href, {})).statusCode).toBe(303);
  expect((await writer.post(deletes[0]!, {})).statusCode).toBe(404);
  expect(await rows()).toEqual([]);
});

test('twenty windows at once lose no word: one is the draft, the ten newest others are aside', async () => {
  const save = (text: string) => web.app.get(SaveDraft).run(people['racer']!, ID, { text, stance: null, clauseId: null, quote: null, key: randomUUID(), base: null });
  await Promise.all(Array.from({ length: 8 }, (_, n) => save(`窗口 ${n}`)));
  const all = await rows();
  expect(all.filter(({ aside }) => !aside)).toHaveLength(1);
  expect(all.map(({ text }) => text).sort()).toEqual(Array.from({ length: 8 }, (_, n) => `窗口 ${n}`).sort());
  for (let n = 8; n < 20; n += 1) await save(`窗口 ${n}`);
  expect(await rows()).toHaveLength(11);
  await owner.query('DELETE FROM opinion_draft');
});

test('nobody but its author reads a draft by the database, whatever their scope', async () => {
  await web.app.get(SaveDraft).run(people['writer']!, ID, { text: '私下写的', stance: null, clauseId: null, quote: null, key: randomUUID(), base: null });
  const seen = (actor: Actor): Promise<unknown[]> => web.unitOfWork.run(actor, (tx) => tx.query('SELECT * FROM opinion_draft WHERE city_id = $1', [tx.cityId]));
  const staff: Actor = { cityId: CITY, tenantId: '00000000-0000-7000-8000-000000000001', accountId: '00000000-0000-7000-8000-0000000000a1', name: '负责人1', roles: ['drafter'], scope: 'own' };
  expect(await seen(people['writer']!)).toHaveLength(1);
  for (const actor of [people['reader']!, staff, { ...staff, scope: 'city' as const, roles: ['overseer' as const] }]) expect(await seen(actor)).toEqual([]);
  const forged = web.unitOfWork.run(people['reader']!, (tx) => tx.query(
    `INSERT INTO opinion_draft (city_id, id, consultation_id, account_id, text, saved_at) VALUES ($1, $2, $3, $4, 'x', $5)`, [CITY, randomUUID(), ID, people['writer']!.accountId, tx.at]));
  await expect(forged).rejects.toMatchObject({ problem: 'not_found' });
  await owner.query('DELETE FROM opinion_draft');
});

test('rubbish is refused clearly or kept as words, and nobody signed in, staff and other cities have no draft', async () => {
  const writer = await seated('writer');
  await writer.get(BASE);
  for (const _draft of ['x', '0.0', `${randomUUID()}.999999999`, '-'.repeat(36) + '.1', '\u{20000}']) expect([_draft, (await auto(writer, { _key: randomUUID(), _draft, text: `草稿 ${_draft}` })).statusCode]).toEqual([_draft, 200]);
  const long = await writer.post(`${BASE}/draft`, { _key: randomUUID(), text: '字'.repeat(20_001) });
  expect([long.statusCode, long.body]).toEqual([422, expect.stringContaining('href="#f-text"')]);
  expect((await writer.post(`${BASE}/draft`, { _key: randomUUID(), text: ['a', 'b'] })).statusCode).toBe(422);
  expect((await auto(writer, { _key: randomUUID(), text: '<script>alert(1)</script>', stance: 'nonsense', clauseId: `art_3' OR 1=1` })).statusCode).toBe(200);
  expect((await writer.get(BASE)).body).not.toContain('<script>alert');
  expect((await writer.post(`/${CITY}/consultations/${randomUUID()}/draft`, { _key: randomUUID(), text: 'x' })).statusCode).toBe(404);
  expect((await writer.post(`/999901/consultations/${ID}/draft`, { _key: randomUUID(), text: 'x' })).statusCode).toBe(404);
  expect((await writer.post(`${BASE}/drafts/x/delete`, {})).statusCode).toBe(404);
  const nobody = new Visitor(web.app);
  await nobody.get(BASE);
  expect((await nobody.post(`${BASE}/draft`, { _key: randomUUID(), text: 'x' })).headers.location).toMatch(/^\/login/);
  expect((await web.app.inject({ method: 'POST', url: `${BASE}/draft/auto`, payload: { text: 'x' } })).statusCode).toBe(403);
});

test('after the close nothing is saved, what was is shown no more as a form, and two weeks later it is gone', async () => {
  const { closes_at: closesAt } = (await owner.query<{ closes_at: Date }>('SELECT closes_at FROM consultation WHERE id = $1', [ID])).rows[0]!;
  web.clock.set(new Date(closesAt.getTime() + 1));
  const writer = await seated('writer');
  await writer.get(BASE);
  expect((await auto(writer, { _key: randomUUID(), text: '晚了' })).statusCode).toBe(409);
  const before = await web.unitOfWork.run(people['writer']!, (tx) => ownDrafts(tx, ID));
  expect(before.length).toBeGreaterThan(0);
  web.clock.set(new Date(closesAt.getTime() + 14 * 86_400_000));
  await web.app.get(ForgetIntake).run(CITY);
  expect(await web.unitOfWork.run(people['writer']!, (tx) => ownDrafts(tx, ID))).toEqual(before);
  web.clock.set(new Date(closesAt.getTime() + 14 * 86_400_000 + 1000));
  await web.app.get(ForgetIntake).run(CITY);
  expect(await rows()).toEqual([]);
  await expect(web.app.get(PostOpinion).run(people['writer']!, ID, { text: 'x', stance: 'suggest', idempotencyKey: randomUUID() })).rejects.toMatchObject({ key: 'consultation:error.notOpen' });
});
