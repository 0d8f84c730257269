import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { CloseDueConsultations, ForgetIntake, type PostedOpinion } from '@domains/consultation';
import { Accounts, Sessions } from '@platform/identity';
import { systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { createWebApp } from '../../../apps/web/src/web-app';
import { startTestApp, type TestApp } from '../../support/app';
import { proofHeaders, solvedFields } from '../../support/challenge';
import { insertOpenConsultation, OPEN } from '../../support/open-consultation';
import { PASSWORD } from '../../support/people';
import { Visitor } from '../../support/visitor';

const { cityId: CITY, consultationId: ID } = OPEN;
const BASE = `/${CITY}/consultations/${ID}`;
const API = `/api/v1/cities/${CITY}/consultations/${ID}`;
const SLOT_MS = 600_000;

let web: TestApp;
let owner: Client;

beforeAll(async () => {
  web = await startTestApp();
  owner = await insertOpenConsultation(web);
  // Early in ten minutes, so that no test runs into the next ones by itself.
  web.clock.set(new Date(Math.ceil(Date.now() / SLOT_MS) * SLOT_MS + 1000));
  await web.unitOfWork.run(systemActor(CITY), async (tx) => {
    for (const login of ['resident-1', 'resident-2']) await web.app.get(Accounts).create(tx, { login, kind: 'resident', displayName: login, password: PASSWORD });
  });
}, 60_000);
afterAll(async () => {
  await owner.end();
  await web.close();
});

/** Signed in anew, as a session ends long before the tests have moved the clock on. */
const bearer = async (login: string): Promise<string> => `Bearer ${(await web.app.get(Sessions).signIn(CITY, login, PASSWORD)).accessToken}`;
const later = (ms: number): void => web.clock.set(new Date(web.clock.now().getTime() + ms));
const nextSlot = (): void => later(SLOT_MS);
const count = async (sql: string): Promise<number> => (await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`)).rows[0]?.n ?? -1;
const counted = async (kind: string): Promise<number> => Number((await owner.query<{ n: number }>('SELECT coalesce(sum(posts), 0)::int AS n FROM intake_count WHERE kind = $1', [kind])).rows[0]?.n);
const send = (headers: Record<string, string>, options: { text?: string; from?: string; app?: TestApp['app'] } = {}) => (options.app ?? web.app).inject({
  method: 'POST', url: `${API}/opinions`, headers, payload: { text: options.text ?? '一条意见', stance: 'suggest' }, ...(options.from ? { remoteAddress: options.from } : {}),
});
const proven = (key: string): Promise<Record<string, string>> => proofHeaders(web, CITY, ID, key);
const key = (): string => randomUUID();
const withLimits = async (limits: Partial<TestApp['settings']['intake']['limits']>, work: () => Promise<void>): Promise<void> => {
  const before = { ...web.settings.intake.limits };
  nextSlot();
  Object.assign(web.settings.intake.limits, limits);
  try {
    await work();
  } finally {
    Object.assign(web.settings.intake.limits, before);
  }
};

/** First, while the sessions' clock, which no test moves, still agrees with the other. */
describe('limits of an account', () => {
  it('are its own: an enterprise behind one address is not counted by the address', async () => {
    await withLimits({ account: 3, network: 1 }, async () => {
      const [one, other] = [await bearer('resident-1'), await bearer('resident-2')];
      const by = async (authorization: string): Promise<number> => (await send({ authorization, 'idempotency-key': key() }, { from: '198.51.100.1' })).statusCode;
      const answers = await Promise.all(Array.from({ length: 8 }, () => by(one)));
      expect(answers.sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429]);
      expect(await by(other)).toBe(201);
    });
  });
});

describe('the proof', () => {
  it('is asked of a program that is not signed in, and is good for one post', async () => {
    const before = await count('opinion');
    const without = await send({ 'idempotency-key': key() });
    expect([without.statusCode, without.json<{ title: string }>().title]).toEqual([422, expect.stringContaining('过期')]);
    const headers = await proven(key());
    expect((await send({ ...headers, 'intake-solution': 'x' })).statusCode).toBe(422);
    expect((await send({ ...headers, 'idempotency-key': key() })).statusCode).toBe(422);
    expect((await send(headers)).statusCode).toBe(201);
    expect((await send({ ...headers, 'idempotency-key': key() })).statusCode).toBe(422);
    expect(await count('opinion')).toBe(before + 1);
  });

  it('is asked once of the same key: a repeated post finds its receipt, without it and when it has expired, and other words under the key are refused', async () => {
    const headers = await proven(key());
    const first = (await send(headers)).json<PostedOpinion>();
    later(5 * 3_600_000);
    for (const again of [headers, { 'idempotency-key': String(headers['idempotency-key']) }]) expect((await send(again)).json()).toEqual(first);
    expect((await send(headers, { text: '别的话' })).statusCode).toBe(409);
  });

  it('counts ten posts of one key at once as one, and gives one receipt', async () => {
    nextSlot();
    const before = await counted('consultation');
    const headers = await proven(key());
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(headers, { text: '同时来的一条' })));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(201);
    expect([await counted('consultation'), await count(`opinion WHERE text = '同时来的一条'`)]).toEqual([before + 1, 1]);
  });

  it('is not asked of who is signed in', async () => {
    expect((await send({ authorization: await bearer('resident-1'), 'idempotency-key': key() })).statusCode).toBe(201);
    const page = await web.app.inject({ url: BASE, headers: { authorization: await bearer('resident-1') } });
    expect(page.body).not.toContain('name="_challenge"');
  });

  it('is harder while a consultation gets many posts, and not for another consultation', async () => {
    nextSlot();
    const bits = async (): Promise<number> => (await web.app.inject({ url: `${API}/challenge`, headers: { 'idempotency-key': key() } })).json<{ bits: number }>().bits;
    expect(await bits()).toBe(4);
    await owner.query(`INSERT INTO intake_count (city_id, kind, subject, slot, posts) VALUES ($1, 'consultation', $2, $3, 110)`, [CITY, ID, new Date(Math.floor(web.clock.now().getTime() / SLOT_MS) * SLOT_MS)]);
    expect(await bits()).toBe(6);
    nextSlot();
    nextSlot();
    expect(await bits()).toBe(4);
  });

  it('of nowhere, of another city and of a consultation that is over is none', async () => {
    for (const url of [`/api/v1/cities/999901/consultations/${ID}/challenge`, `/api/v1/cities/${CITY}/consultations/${key()}/challenge`, `/api/v1/cities/${CITY}/consultations/x/challenge`]) {
      expect((await web.app.inject({ url, headers: { 'idempotency-key': key() } })).statusCode).toBe(404);
    }
    for (const rubbish of [undefined, '', 'short', 'x'.repeat(201)]) {
      expect((await web.app.inject({ url: `${API}/challenge`, headers: rubbish === undefined ? {} : { 'idempotency-key': rubbish } })).statusCode).toBe(422);
    }
  });
});

describe('the form without a script', () => {
  const typed = { stance: 'oppose', text: '不用脚本写的意见', name: '赵六', clauseId: 'art_3', quote: '年度投入' };
  const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const answerOf = (html: string): string => {
    const [, a = '', b = ''] = /请回答：([二三四五六七八九])加([二三四五六七八九])等于几/.exec(html) ?? [];
    return String(['二', '三', '四', '五', '六', '七', '八', '九'].indexOf(a) + ['二', '三', '四', '五', '六', '七', '八', '九'].indexOf(b) + 4);
  };
  const fieldsOf = (html: string) => ({ _key: hidden(html, '_key'), _challenge: hidden(html, '_challenge') });

  it('asks a question in words; too fast, wrong and without an answer it comes back with all that was typed', async () => {
    const visitor = new Visitor(web.app);
    const page = (await visitor.get(BASE)).body;
    const fields = { ...fieldsOf(page), ...typed };
    const before = await count('opinion');
    for (const [answer, says] of [['', '请回答这道题'], ['99', '答案不对'], ['<script>', '答案不对'], [answerOf(page), '提交得太快了']] as const) {
      const refused = await visitor.post(`${BASE}/opinions`, { ...fields, _answer: answer });
      expect([answer, refused.statusCode]).toEqual([answer, 422]);
      for (const part of [says, `${typed.text}</textarea>`, 'value="赵六"', 'href="#f-_answer"', 'id="f-_answer"', `value="${fields._key}"`, `value="${fields._challenge}"`]) expect(refused.body.replaceAll('&#x3D;', '=')).toContain(part);
    }
    expect(await count('opinion')).toBe(before);
    later(8000);
    const done = await visitor.post(`${BASE}/opinions`, { ...fields, _answer: answerOf(page) });
    expect(done.statusCode).toBe(303);
    // The second click finds the same receipt; another opinion needs another form.
    expect((await visitor.post(`${BASE}/opinions`, { ...fields, _answer: answerOf(page) })).headers.location).toBe(done.headers.location);
    expect((await visitor.post(`${BASE}/opinions`, { ...fields, _key: key(), _answer: answerOf(page) })).statusCode).toBe(422);
    expect(await count('opinion')).toBe(before + 1);
  });

  it('that was open for too long comes back with a new challenge, and is taken then', async () => {
    const visitor = new Visitor(web.app);
    const page = (await visitor.get(BASE)).body;
    later(4 * 3_600_000);
    const fields = { ...fieldsOf(page), ...typed, ...solvedFields(page) };
    const old = await visitor.post(`${BASE}/opinions`, fields);
    expect([old.statusCode, old.body]).toEqual([422, expect.stringMatching(/页面打开太久[^]*不用脚本写的意见/)]);
    expect(hidden(old.body, '_key')).toBe(fields._key);
    expect(hidden(old.body, '_challenge')).not.toBe(fields._challenge);
    expect((await visitor.post(`${BASE}/opinions`, { ...fields, ...solvedFields(old.body) })).statusCode).toBe(303);
  });

  it('that is refused for another reason keeps the work that was done for it', async () => {
    const visitor = new Visitor(web.app);
    const page = (await visitor.get(BASE)).body;
    const fields = { ...fieldsOf(page), ...solvedFields(page), ...typed, text: '请回电 13812345678' };
    const asked = await visitor.post(`${BASE}/opinions`, fields);
    expect([asked.statusCode, hidden(asked.body, '_solution')]).toEqual([422, fields._solution]);
    expect((await visitor.post(`${BASE}/opinions`, { ...fields, personalData: 'send' })).statusCode).toBe(303);
  });
});

describe('limits', () => {
  it('let in as many posts at once as they say, whichever process takes them; the others are told when to come back, and another network is not touched', async () => {
    const second = await createWebApp({ settings: web.settings, webDir: path.resolve(__dirname, '../../../apps/web'), logLevel: 'silent', strictTexts: true });
    await withLimits({ network: 25 }, async () => {
      const headers = await Promise.all(Array.from({ length: 60 }, () => proven(key())));
      const before = await count('opinion');
      const answers = await Promise.all(headers.map((one, n) => send(one, { from: '203.0.113.7', app: n % 2 === 0 ? web.app : second })));
      expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(25);
      const refused = answers.filter(({ statusCode }) => statusCode === 429);
      expect(refused).toHaveLength(35);
      for (const { headers: got, body } of refused) {
        expect([Number(got['retry-after']) > 0, Number(got['retry-after']) <= 600, body]).toEqual([true, true, expect.stringMatching(/分钟后再提交/)]);
      }
      expect(await count('opinion')).toBe(before + 25);
      // What was let in is let in: its repetition is not counted, and its receipt is the same.
      const first = answers.findIndex(({ statusCode }) => statusCode === 201);
      expect((await send(headers[first]!, { from: '203.0.113.7' })).json()).toEqual(answers[first]!.json());
      for (const [from, status] of [['203.0.113.8', 201], ['2001:db8:1:2::7', 201], ['::ffff:203.0.113.7', 429]] as const) expect([from, (await send(await proven(key()), { from })).statusCode]).toEqual([from, status]);
      nextSlot();
      expect((await send(await proven(key()), { from: '203.0.113.7' })).statusCode).toBe(201);
    });
    await second.close();
  });

  it('take a whole /64 of IPv6 for one network', async () => {
    await withLimits({ network: 2 }, async () => {
      const from = async (address: string): Promise<number> => (await send(await proven(key()), { from: address })).statusCode;
      expect([await from('2001:db8:5:5::1'), await from('2001:db8:5:5:ffff::2'), await from('2001:db8:5:5::3'), await from('2001:db8:5:6::1')]).toEqual([201, 201, 429, 201]);
    });
  });

  it('are stricter for the question, and show the form again with all that was typed', async () => {
    await withLimits({ question: 1 }, async () => {
      const visitor = new Visitor(web.app);
      const answer = async (text: string) => {
        const page = (await visitor.get(BASE)).body;
        const [, a = '', b = ''] = /请回答：(.)加(.)等于几/.exec(page) ?? [];
        const numbers = '二三四五六七八九';
        later(8000);
        return visitor.post(`${BASE}/opinions`, {
          _key: /name="_key" value="([^"]*)"/.exec(page)?.[1] ?? '', _challenge: /name="_challenge" value="([^"]*)"/.exec(page)?.[1] ?? '', _answer: String(numbers.indexOf(a) + numbers.indexOf(b) + 4), stance: 'support', text,
        });
      };
      expect((await answer('第一条')).statusCode).toBe(303);
      const refused = await answer('写了很久的第二条');
      expect([refused.statusCode, Number(refused.headers['retry-after']) > 400, refused.body]).toEqual([429, true, expect.stringMatching(/用答题方式提交的意见太多了[^]*写了很久的第二条/)]);
      expect((await send(await proven(key()))).statusCode).toBe(201);
    });
  });

  it('of a consultation hold whoever sends', async () => {
    await withLimits({ consultation: 2 }, async () => {
      const statuses = [];
      for (const from of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) statuses.push((await send(await proven(key()), { from })).statusCode);
      expect(statuses).toEqual([201, 201, 429]);
    });
  });

  it('keep no address, and a day later nothing at all; an undone admission leaves no trace', async () => {
    await withLimits({ network: 1 }, async () => {
      await send(await proven(key()), { from: '198.51.100.77' });
      const admissions = await count('intake_admission');
      expect((await send(await proven(key()), { from: '198.51.100.77' })).statusCode).toBe(429);
      expect(await count('intake_admission')).toBe(admissions);
    });
    const { rows } = await owner.query<{ all: string }>(`SELECT (SELECT json_agg(c) FROM intake_count c)::text || (SELECT json_agg(a) FROM intake_admission a)::text AS all`);
    expect(rows[0]?.all).not.toMatch(/198\.51|203\.0|127\.0|2001:db8/);
    later(86_400_000 + SLOT_MS);
    expect(await web.app.get(ForgetIntake).run(CITY)).toBeGreaterThan(10);
    expect([await count('intake_count'), await count('intake_admission'), await web.app.get(ForgetIntake).run(CITY)]).toEqual([0, 0, 0]);
  });

  it('are nobody\'s to read or write but the machinery\'s', async () => {
    await send(await proven(key()));
    const app = new Client({ connectionString: web.database.appUrl });
    await app.connect();
    await app.query(`BEGIN; SET LOCAL app.city_id = '${CITY}'; SET LOCAL app.scope = 'city'`);
    for (const table of ['intake_count', 'intake_admission']) expect((await app.query(`SELECT * FROM ${table} WHERE city_id = '${CITY}'`)).rows).toEqual([]);
    expect((await app.query(`DELETE FROM intake_count WHERE city_id = '${CITY}'`)).rowCount).toBe(0);
    await app.end();
    const everybody = new Client({ connectionString: web.database.publicUrl });
    await everybody.connect();
    expect((await everybody.query<{ kind: string }>('SELECT DISTINCT kind FROM intake_count')).rows).toEqual([{ kind: 'consultation' }]);
    await expect(everybody.query('SELECT * FROM intake_admission')).rejects.toThrow(/permission denied/);
    await everybody.end();
  });
});

describe('the close', () => {
  it('refuses before it asks for a proof, and tells who was in time their receipt', async () => {
    const headers = await proven(key());
    const late = await proven(key());
    const receipt = (await send(headers, { text: '赶上了' })).json<PostedOpinion>();
    const { rows } = await owner.query<{ closes_at: Date }>('SELECT closes_at FROM consultation WHERE id = $1', [ID]);
    // The column is finer than a Date.
    web.clock.set(new Date(rows[0]!.closes_at.getTime() + 1));
    expect((await send(headers, { text: '赶上了' })).json()).toEqual(receipt);
    expect(await web.app.get(CloseDueConsultations).run(CITY)).toBe(1);
    expect((await send(headers, { text: '赶上了' })).json()).toEqual(receipt);
    // As long after as nobody remembers that it was let in.
    await owner.query('DELETE FROM intake_admission');
    expect((await send({ 'idempotency-key': String(headers['idempotency-key']) }, { text: '赶上了' })).json()).toEqual(receipt);
    for (const one of [late, { 'idempotency-key': key() }]) expect((await send(one)).json()).toMatchObject({ status: 409, type: expect.stringContaining('notOpen') });
  });
});
