import { type TestApp, startTestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';

let web: TestApp;
let city: TestCity;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
});
afterAll(() => web.close());

const cookiesOf = (answer: { cookies: { name: string; value: string }[] }): Record<string, string> =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

test('ready, live and metrics answer', async () => {
  expect((await web.app.inject('/health/ready')).statusCode).toBe(200);
  expect((await web.app.inject('/health/live')).statusCode).toBe(200);
  expect((await web.app.inject('/metrics')).body).toContain('http_request_duration_seconds');
  expect((await web.app.inject('/api/docs-json')).json()).toHaveProperty('paths');
});

test('public pages render in both languages', async () => {
  for (const path of ['/', `/${city.id}`, `/${city.id}/policies`, '/login', `/${city.id}/data`, `/${city.id}/verify`, `/${city.id}/accessibility`, `/${city.id}/deadline?from=2025-09-24&days=20&unit=wd`, `/${city.id}/deadline?from=2030-09-24&days=x&unit=wd`]) {
    for (const lang of ['zh', 'en']) {
      const answer = await web.app.inject(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      expect([path, answer.statusCode, answer.body.slice(0, 15)]).toEqual([path, 200, '<!DOCTYPE html>']);
    }
  }
});

test('signs in by page, renews, and signs out', async () => {
  const form = await web.app.inject('/login');
  const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
  const { login } = city.departments[0].people.drafter;
  const post = (password: string, csrf = token) => web.app.inject({
    method: 'POST', url: '/login', cookies: cookiesOf(form), payload: new URLSearchParams({ city: city.id, login, password, _csrf: csrf }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect((await post(PASSWORD, 'forged')).statusCode).toBe(403);
  const wrong = await post('not it');
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('账号或密码不正确');
  const right = await post(PASSWORD);
  expect(right.statusCode).toBe(303);
  const desk = await web.app.inject({ url: '/console', cookies: cookiesOf(right) });
  expect(desk.statusCode).toBe(200);
  expect(desk.body).toContain('今天要办');
  const { pl_refresh: refresh = '' } = cookiesOf(right);
  const renewed = await web.app.inject({ url: '/console', cookies: { pl_refresh: refresh } });
  expect(renewed.statusCode).toBe(200);
  expect(cookiesOf(renewed)['pl_refresh']).toBeDefined();
});

test('an account locks after five wrong passwords, and says nothing of it', async () => {
  const { login } = city.departments[0].people.registrar;
  const signIn = (password: string) => web.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login, password } });
  for (let n = 0; n < 5; n += 1) expect((await signIn('wrong')).statusCode).toBe(401);
  const locked = await signIn(PASSWORD);
  expect(locked.statusCode).toBe(401);
  expect(locked.json()).toMatchObject({ type: 'urn:policyloop:problem:common:error.signIn' });
});

test('a bearer token opens what its role may do and nothing else', async () => {
  const { login } = city.departments[0].people.audit_admin;
  const { accessToken } = (await web.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login, password: PASSWORD } })).json<{ accessToken: string }>();
  const as = (url: string) => web.app.inject({ url, headers: { authorization: `Bearer ${accessToken}` } });
  expect((await as('/console/admin/audit')).statusCode).toBe(200);
  expect((await as('/console/admin/people')).statusCode).toBe(403);
  expect((await as('/console/admin/events')).statusCode).toBe(403);
});

test('unknown fields are refused by name', async () => {
  const answer = await web.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login: 'x', password: 'y', role: 'overseer' } });
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ fields: [{ field: 'role' }] });
});
