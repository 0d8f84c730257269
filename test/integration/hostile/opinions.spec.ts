import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AnswerOpinion, listStaffOpinions, staffColumnOpinions } from '@domains/consultation';
import type { Actor } from '@platform/kernel';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { proofFields, proofHeaders } from '../../support/challenge';
import { Visitor } from '../../support/visitor';

/** As in test/support/open-consultation.sql. */
const [CITY, ID] = ['999900', '00000000-0000-7000-8000-0000000000d1'];
const BASE = `/${CITY}/consultations/${ID}`;
const API = `/api/v1/cities/${CITY}/consultations/${ID}/opinions`;
const DRAFTER: Actor = {
  cityId: CITY, tenantId: '00000000-0000-7000-8000-000000000001', accountId: '00000000-0000-7000-8000-0000000000a1', name: '负责人1', roles: ['drafter'], scope: 'own',
};

let web: TestApp;
let owner: Client;

beforeAll(async () => {
  web = await startTestApp();
  owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  await owner.query(readFileSync(path.resolve(__dirname, '../../support/open-consultation.sql'), 'utf8'));
  web.clock.set(new Date());
}, 60_000);
afterAll(async () => {
  await owner.end();
  await web.close();
});

let sent = 0;
const put = async (payload: unknown) => web.app.inject({
  method: 'POST', url: API, headers: { ...(await proofHeaders(web, CITY, ID, `hostile opinion ${(sent += 1)}`)), 'content-type': 'application/json' }, payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
});
const stored = async (): Promise<number> => (await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM opinion WHERE city_id = $1', [CITY])).rows[0]?.n ?? -1;
const good = { text: '建议写明期限。', stance: 'suggest', clauseId: 'art_3', quote: '年度投入', name: '王五', personalData: 'send' };
/** The consultation's page, the receipt's and the API's list, as everybody gets them. */
async function everywhere(code?: string): Promise<string> {
  const pages = await Promise.all([BASE, API, ...(code ? [`/${CITY}/receipts/${code}`] : [])].map((url) => web.app.inject(url)));
  expect(pages.map(({ statusCode }) => statusCode)).toEqual(pages.map(() => 200));
  return pages.map(({ body }) => body).join('\n');
}

const DEEP = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const WRONG: [string, unknown, number][] = [
  ...['text', 'stance', 'clauseId', 'quote', 'name', 'personalData'].flatMap((field): [string, unknown, number][] => [
    ['NUL', 'a\u0000b'], ['half a character', '好\ud83d'], ['the other half', '\udc00好'], ['a number', 7], ['a list', ['a']], ['an object', { toString: 'x' }], ['true', true], ['200,000 letters', '长'.repeat(200_000)],
  ].map(([what, value]) => [`${String(what)} as ${field}`, { ...good, [field as string]: value }, 422])),
  ['no text', { stance: 'support' }, 422], ['only what is invisible', { ...good, text: ' \u202e\u200b\ufeff\n' }, 422], ['5,001 characters', { ...good, text: '字'.repeat(5001) }, 422],
  ['a stance that is none', { ...good, stance: '<script>' }, 422], ['a clause of nowhere', { ...good, clauseId: `art_3' OR '1'='1` }, 422], ['a choice that is none', { ...good, personalData: 'publish' }, 422],
  ['a field that nobody asked for', { ...good, moderation: 'hidden' }, 422], ['a prototype', '{"text":"x","stance":"support","__proto__":{"moderation":"hidden"}}', 400],
  ['deep JSON', `{"text":${DEEP(5000)},"stance":"support"}`, 422], ['deeper JSON', DEEP(100_000), 422], ['no JSON', '{"text":', 400], ['nothing', '', 400], ['null', 'null', 422], ['more than a megabyte', { ...good, text: 'x'.repeat(12_000_000) }, 413],
];

test.each(WRONG)('%s is refused with a clear error, and nothing is kept', async (_what, payload, status) => {
  const before = await stored();
  const answer = await put(payload);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const { title } = answer.json<{ title: string }>();
  expect(title).toMatch(/[一-龥].*。$/);
  expect(title).not.toMatch(/[a-z]+:[a-z]+\.|Error|SQL|undefined/);
  expect(await stored()).toBe(before);
});

test('script in every field is words', async () => {
  const script = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'`{{text}}${7*7}';
  const answer = await put({ text: script, stance: 'oppose', name: script });
  expect(answer.statusCode).toBe(201);
  const seen = await everywhere(answer.json<{ code: string }>().code);
  expect(seen).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  // The API's list is JSON and says so; no page has the tags.
  expect(seen.split('\n').filter((line) => !line.startsWith('{') && /<script>alert|<img src=x/.test(line))).toEqual([]);
  const named = await put({ ...good, quote: script });
  expect(named.statusCode).toBe(422);
});

test('marks that turn the direction, control characters and line ends of all kinds are taken out, words stay', async () => {
  const answer = await put({ text: '\u202e好\u2066的\u2069\u0007\u001b[31m\r\n第\u200b二\u2028行\ufeff', stance: 'support', name: '\u202e王\u0000'.replace('\u0000', '') });
  expect(answer.statusCode).toBe(201);
  const { items } = (await web.app.inject(API)).json<{ items: { text: string }[] }>();
  expect(items.map(({ text }) => text)).toContain('好的[31m\n第二\n行');
  expect(await everywhere()).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
});

describe('personal data', () => {
  const PHONE = '13812345678';
  const text = `请回电${PHONE}，邮箱 zhang.san@example.com，身份证110105199001011232。`;

  test('is told before it is sent, on the page with all that was typed, and sent as the author chooses', async () => {
    const before = await stored();
    const visitor = new Visitor(web.app);
    const form = { text, stance: 'suggest', clauseId: 'art_3', quote: '年度投入', name: '王五', ...(await proofFields(web, CITY, ID, '0197a000-0000-4000-8000-00000000000a')) };
    await visitor.get(BASE);
    const asked = await visitor.post(`${BASE}/opinions`, form);
    expect(asked.statusCode).toBe(422);
    for (const part of ['还没有提交', '138****5678', 'z***@example.com', 'value="remove"', 'value="send"', `${text}</textarea>`, 'value="王五"', 'value="0197a000-0000-4000-8000-00000000000a"']) expect(asked.body).toContain(part);
    expect(await stored()).toBe(before);
    const done = await visitor.post(`${BASE}/opinions`, { ...form, personalData: 'send' });
    expect(done.statusCode).toBe(303);
    // Sent once more, as from a second click.
    expect((await visitor.post(`${BASE}/opinions`, { ...form, personalData: 'send' })).headers.location).toBe(done.headers.location);
    expect(await stored()).toBe(before + 1);
    // The author reads their own words.
    expect((await visitor.get(String(done.headers.location))).body).toContain(PHONE);
    const removed = await put({ text: `${text}谢谢`, stance: 'suggest', personalData: 'remove' });
    expect(removed.statusCode).toBe(201);
    expect((await owner.query<{ text: string }>('SELECT text FROM opinion WHERE city_id = $1 AND id = $2', [CITY, removed.json<{ opinionId: string }>().opinionId])).rows[0]?.text)
      .toMatch(/^请回电138\*{4}5678，邮箱 z\*{3}@example\.com，身份证110\*+32。谢谢$/);
    const api = await put({ text, stance: 'suggest' });
    expect([api.statusCode, api.json<{ fields: { field: string }[] }>().fields.map(({ field }) => field)]).toEqual([422, ['personalData']]);
  });

  test('is masked for everybody, in the page, the API and the table beside the text; the department reads it, who oversees the city does not', async () => {
    const seen = await everywhere();
    for (const secret of [PHONE, 'zhang.san', '110105199001011232']) expect(seen).not.toContain(secret);
    expect(seen).toContain('138****5678');
    const read = (actor: Actor) => web.unitOfWork.run(actor, async (tx) => [
      ...(await listStaffOpinions(tx, ID, 'unanswered')).items.map(({ text: words }) => words), ...(await staffColumnOpinions(tx, ID)).items.map(({ text: words }) => words),
    ].join('\n'));
    expect((await read(DRAFTER)).split(PHONE)).toHaveLength(3);
    expect(await read({ ...DRAFTER, tenantId: '00000000-0000-7000-8000-000000000002', roles: ['overseer'], scope: 'city' })).not.toContain(PHONE);
  });
});

describe('withdrawal', () => {
  const post = async (): Promise<{ code: string; opinionId: string }> => (await put({ text: '一句要撤回的话', stance: 'support' })).json();

  test('by the page of the receipt, once one has said that one knows it is for good; then a line stands in its place', async () => {
    const { code } = await post();
    const visitor = new Visitor(web.app);
    const receipt = `/${CITY}/receipts/${code}`;
    expect((await visitor.get(receipt)).body).toContain(`${receipt}/withdraw`);
    for (const confirm of [{}, { confirm: 'yes' }, { confirm: ['on', 'on'] }] as Record<string, string | string[]>[]) {
      const unsure = await visitor.post(`${receipt}/withdraw`, confirm);
      expect([unsure.statusCode, unsure.body]).toEqual([422, expect.stringContaining('请勾选')]);
    }
    expect(await everywhere()).toContain('一句要撤回的话');
    expect((await visitor.post(`${receipt}/withdraw`, { confirm: 'on' })).statusCode).toBe(303);
    const after = (await visitor.get(receipt)).body;
    expect(after).toMatch(/您已于[^<]+撤回这条意见/);
    expect(after).not.toContain(`${receipt}/withdraw`);
    const seen = await everywhere();
    expect(seen).not.toContain('一句要撤回的话');
    expect(seen).toContain('内容不再公开');
    expect(seen).toMatch(/公开 \d+ 条 \+ 未公开 0 条 \+ 作者撤回 1 条/);
    expect((await visitor.post(`${receipt}/withdraw`, { confirm: 'on' })).statusCode).toBe(409);
  });

  test('by the API, with what is no code refused alike, and an answered one told why', async () => {
    const { code } = await post();
    const at = (value: string): string => `/api/v1/cities/${CITY}/receipts/${encodeURIComponent(value)}/withdrawal`;
    const call = (url: string) => web.app.inject({ method: 'POST', url });
    for (const rubbish of ['x', '0'.repeat(20), '<script>', '%00', '../..', code.slice(1), 'A'.repeat(400)]) expect([rubbish, [404, 414].includes((await call(at(rubbish))).statusCode)]).toEqual([rubbish, true]);
    const done = await call(at(code));
    expect([done.statusCode, done.json<{ withdrawnAt: string | null }>().withdrawnAt]).toEqual([200, expect.stringMatching(/^20/)]);
    const { code: second, opinionId } = await post();
    await web.app.get(AnswerOpinion).run(DRAFTER, opinionId, { disposition: 'noted', reason: '已研究' });
    const refused = await call(at(second));
    expect([refused.statusCode, refused.json<{ title: string }>().title]).toEqual([409, expect.stringContaining('已经开始答复')]);
  });
});
