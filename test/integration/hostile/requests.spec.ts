import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { newId } from '@platform/kernel';
import { Client } from 'pg';
import { createWebApp } from '../../../apps/web/src/web-app';
import { type TestApp, startTestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';

let web: TestApp;
let city: TestCity;
const unheard: unknown[] = [];
const note = (reason: unknown): void => void unheard.push(reason);

beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  process.on('unhandledRejection', note);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await web.close();
});
beforeEach(() => unheard.splice(0));

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** A request with exactly this path on its first line, which `inject` would tidy up. */
async function rawGet(target: string): Promise<{ status: number; body: string }> {
  if (!web.app.getHttpServer().listening) await web.app.listen(0, '127.0.0.1');
  const { port } = web.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const call = httpRequest({ host: '127.0.0.1', port, path: target, agent: false, timeout: 5_000 }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    call.on('timeout', () => call.destroy(new Error('no answer'))).on('error', reject).end();
  });
}

/** Rejections are reported after the microtasks of the request are done. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

test('a path of two slashes is not found, and its link to the other language stays here', async () => {
  expect((await rawGet('//')).status).toBe(404);
  const { status, body } = await rawGet('//elsewhere.example/x');
  expect(status).toBe(404);
  expect(body).not.toContain('href="//');
  await settled();
  expect(unheard).toEqual([]);
});

test('an id that is none leaves no rejection unheard, which would end the process', async () => {
  for (const address of ['policies/x', 'policies/x/interpretation', 'consultations/x', 'calls/x', 'evaluations/x', 'calls/x/draw', 'calls/x/notice', `policies/${newId()}`]) {
    expect([address, (await web.app.inject(`/${city.id}/${address}`)).statusCode]).toEqual([address, 404]);
  }
  await settled();
  expect(unheard).toEqual([]);
});

test('a way back that is no path of visible characters leads home', async () => {
  for (const back of ['/政策', '/\u0001', '/\u007f', '//elsewhere.example', '/\\elsewhere.example', '/\r\nset-cookie: a=b', 'javascript:alert(1)']) {
    const answer = await web.app.inject(`/preferences?back=${encodeURIComponent(back)}`);
    expect([back, answer.statusCode, answer.headers.location]).toEqual([back, 303, '/']);
  }
});

test('a CSRF token of other characters is forbidden', async () => {
  const login = await web.app.inject('/login');
  const cookies = Object.fromEntries(login.cookies.map(({ name, value }) => [name, value]));
  const answer = await web.app.inject({ method: 'POST', url: '/login', cookies, headers: form, payload: new URLSearchParams({ _csrf: 'é'.repeat(43) }).toString() });
  expect(answer.statusCode).toBe(403);
});

test('broken bodies are refused', async () => {
  const send = (type: string, payload: string) => web.app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'content-type': type }, payload });
  const json = 'application/json';
  expect((await send(json, `${'['.repeat(10_000)}${']'.repeat(10_000)}`)).statusCode).toBe(422);
  expect((await send(json, `${'{"city":'.repeat(10_000)}1${'}'.repeat(10_000)}`)).statusCode).toBe(422);
  for (const text of ['a\u0000', 'a\ud800']) expect((await send(json, JSON.stringify({ city: city.id, login: text, password: 'x' }))).statusCode).toBe(422);
  expect((await send('multipart/form-data', 'x')).statusCode).toBe(400);
  expect((await send('multipart/form-data; boundary=b', 'x')).statusCode).toBe(400);
});

test('a cursor that only JavaScript takes for a date is refused', async () => {
  for (const list of ['policies', 'effective', 'consultations', 'funds', 'evaluations']) {
    const answer = await web.app.inject(`/${city.id}/${list}?after=${encodeURIComponent(`nonsense 1_${newId()}`)}`);
    expect([list, answer.statusCode]).toEqual([list, 422]);
  }
  expect((await web.app.inject(`/${city.id}/funds?after=`)).statusCode).toBe(200);
});

test('JSON that looks like an uploaded file is none', async () => {
  const { login } = city.departments[0].people.drafter;
  const { accessToken } = (await web.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login, password: PASSWORD } })).json<{ accessToken: string }>();
  for (const file of [{}, { filename: 'a.txt', data: 'abc' }, { filename: 5, data: { length: 5 } }, { filename: 'a.txt', data: { type: 'Buffer', data: [97] } }]) {
    const answer = await web.app.inject({
      method: 'PUT', url: `/api/v1/policies/${newId()}/draft`, headers: { authorization: `Bearer ${accessToken}` }, payload: { seen: 1, text: 'x', draftingNote: 'x', file },
    });
    expect([file, answer.statusCode]).toEqual([file, 422]);
  }
});

// Last, as Passport's strategies are one list for the whole process: the second application takes the first one's place in it.
test('an error page that cannot be made is still an answer', async () => {
  const owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  // A second application, as the first has the cities in its memory.
  const other = await createWebApp({ settings: web.settings, webDir: path.resolve(__dirname, '../../../apps/web'), logLevel: 'silent' });
  await owner.query('ALTER TABLE city RENAME TO city_away');
  try {
    expect((await other.inject('/nowhere')).statusCode).toBe(404);
  } finally {
    await owner.query('ALTER TABLE city_away RENAME TO city');
    await owner.end();
    await other.close();
  }
  await settled();
  expect(unheard).toEqual([]);
});
