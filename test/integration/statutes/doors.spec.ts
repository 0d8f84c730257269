import { type TestApp, startTestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { Visitor } from '../../support/visitor';

let web: TestApp;
let city: TestCity;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
});
afterAll(() => web.close());

const people = (department = 0) => (city.departments[department] as TestCity['departments'][0]).people;
const as = (login: string): Promise<Visitor> => new Visitor(web.app).signIn(city.id, login);
async function api(login: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const { accessToken } = (await web.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login, password: PASSWORD } })).json<{ accessToken: string }>();
  return web.app.inject({ method, url: `/api/v1/statutes/${url}`, headers: { authorization: `Bearer ${accessToken}` }, ...(payload ? { payload } : {}) });
}
const form = (more: Record<string, string> = {}) => ({
  figure: 'nrd.consult.other:min', value: '10', source: '测府规〔2026〕1号', reason: '市场主体多，意见需要更多时间', from: '2026-03-02', to: '', ...more,
});
interface Listed { items: { id: string; value: { min?: number }; from: string; inForce: boolean; mayBlock: boolean; versions: object[]; overrides: { value: number; reason: string; setIn: string; confirmedIn: string }[]; confirmation: { confirmedIn: string } | null }[] }
const listed = async (query: string): Promise<Listed['items']> => (await web.app.inject(`/api/v1/cities/${city.id}/statutes?${query}`)).json<Listed>().items;

describe('the public page', () => {
  test('lists every rule in both languages, with its source, its first day and how it was checked', async () => {
    for (const lang of ['zh', 'en']) {
      const page = await web.app.inject(`/${city.id}/statutes?lang=${lang}`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('id="nrd-legal_review"');
      expect(page.body).not.toMatch(/undefined|\{\{|\[object/);
    }
    const page = (await web.app.inject(`/${city.id}/statutes?q=${encodeURIComponent('合法性审核 115号')}`)).body;
    expect(page).toContain('合法性审核一般不少于 5 个工作日，最长不超过 15 个工作日');
    expect(page).toMatch(/依据待核[\s\S]*国办发〔2018〕115号[\s\S]*自 2018年12月4日 起适用/);
    expect(page).not.toContain('id="foi-reply"');
    expect(page).toContain(`/${city.id}/deadline?param&#x3D;nrd.legal_review`);
  });

  test('filters by part, by how a rule was checked and by day', async () => {
    expect((await listed('area=fund')).map(({ id }) => id.split('.')[0])).toEqual(Array.from({ length: 5 }, () => 'fund'));
    expect((await listed('check=M')).every(({ mayBlock }) => !mayBlock)).toBe(true);
    expect(await listed('q=cal&on=2024-12-31')).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'cal', from: '2008-01-01', inForce: true })]));
    expect((await listed('q=fcr&on=2024-07-31')).map(({ inForce }) => inForce)).not.toContain(true);
    expect(await listed('q=%E6%B2%A1%E6%9C%89%E8%BF%99%E7%A7%8D')).toEqual([]);
    expect((await web.app.inject(`/${city.id}/statutes?on=gestern`)).statusCode).toBe(422);
    expect((await web.app.inject('/000000/statutes')).statusCode).toBe(404);
  });
});

describe('an override', () => {
  test('asked for on the page counts when another person confirms it, and the public reads why and by which departments', async () => {
    const head = await as(people().department_head.login);
    expect((await head.get('/console/statutes')).body).toContain('提出设定');
    expect((await head.post('/console/statutes/overrides', form())).statusCode).toBe(303);
    expect((await listed('q=nrd.consult.other'))[0]).toMatchObject({ value: { min: 7 }, overrides: [] });
    const overseer = await as(people(1).overseer.login);
    const desk = (await overseer.get('/console/statutes')).body;
    const action = /action="(\/console\/statutes\/overrides\/[^"]+\/confirm)"/.exec(desk)?.[1] ?? '';
    expect((await head.post(action, {})).statusCode).toBe(403);
    expect((await overseer.post(action, {})).statusCode).toBe(303);
    expect((await overseer.post(action, {})).statusCode).toBe(409);
    // A department's own: the city's figure stays, and the page tells of it.
    expect((await listed('q=nrd.consult.other'))[0]).toMatchObject({ value: { min: 7 }, overrides: [{ value: 10, reason: '市场主体多，意见需要更多时间', setIn: '甲局', confirmedIn: '乙局' }] });
    const page = (await web.app.inject(`/${city.id}/statutes?check=overridden`)).body;
    expect(page).toMatch(/最短：10 个工作日[\s\S]*仅 甲局[\s\S]*甲局提出，乙局确认[\s\S]*测府规〔2026〕1号[\s\S]*市场主体多/);
    expect(page).not.toContain(people().department_head.name);
  });

  test('of the whole city changes the figure that everybody counts by, page and API alike', async () => {
    const { id } = (await api(people().overseer.login, 'POST', 'overrides', { paramId: 'open.proactive', field: 'max', value: 10, source: '测府规〔2026〕2号', reason: '便民', from: '2026-03-02', wholeCity: true })).json<{ id: string }>();
    const own = await api(people().overseer.login, 'POST', `overrides/${id}/confirmation`);
    expect([own.statusCode, own.json<{ type: string }>().type]).toEqual([403, 'urn:policyloop:problem:statutes:error.ownOverride']);
    expect((await api(people(1).overseer.login, 'POST', `overrides/${id}/confirmation`)).statusCode).toBe(204);
    const count = (await web.app.inject(`/api/v1/cities/${city.id}/deadline?param=open.proactive&from=2026-03-02`)).json();
    expect(count).toMatchObject({ days: 10, unit: 'wd', due: '2026-03-16', rule: { id: 'open.proactive', field: 'max', source: { zh: '《政府信息公开条例》第二十六条；测府规〔2026〕2号' } } });
    expect((await web.app.inject(`/api/v1/cities/${city.id}/deadline?param=open.proactive&from=2026-02-27`)).json()).toMatchObject({ days: 20 });
  });

  test.each([
    [{ value: '6' }, 'f-value', '只能比法定更长：7 至 90。'],
    [{ value: 'viele' }, 'f-value', '请填写整数。'],
    [{ figure: 'foi.third_party:days' }, 'f-param', '法律没有留出余地'],
    [{ figure: '' }, 'f-figure', '请选择一条规则'],
    [{ reason: ' ' }, 'f-reason', '请写明理由'],
    [{ source: '' }, 'f-source', '请写明依据'],
    [{ from: '2026-03-01' }, 'f-from', '不能早于今天'],
    [{ to: '2026-02-01' }, 'f-to', '结束日期早于开始日期'],
  ])('refused for %j shows the form again with what was typed', async (more, field, words) => {
    const head = await as(people().department_head.login);
    await head.get('/console/statutes');
    const answer = await head.post('/console/statutes/overrides', form(more));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain(`href="#${field}"`);
    if (field !== 'f-source') expect(answer.body).toContain('value="测府规〔2026〕1号"');
  });

  test('is not for everybody', async () => {
    const drafter = await as(people().drafter.login);
    const desk = await drafter.get('/console/statutes');
    expect([desk.statusCode, desk.body.includes('name="figure"'), desk.body.includes('name="textSource"')]).toEqual([200, false, false]);
    expect((await drafter.post('/console/statutes/overrides', form())).statusCode).toBe(403);
    expect((await api(people().drafter.login, 'POST', 'overrides', { paramId: 'nrd.consult.other', field: 'min', value: 9, source: 's', reason: 'r', from: '2026-03-02' })).statusCode).toBe(403);
    expect((await (await as(people().system_admin.login)).get('/console/statutes')).statusCode).toBe(403);
    expect((await (await as(city.resident.login)).get('/console/statutes')).statusCode).toBe(403);
    expect((await web.app.inject('/api/v1/statutes/overrides')).statusCode).toBe(401);
    // What waits in one department is not another's business; who oversees sees it.
    const { id } = (await api(people().department_head.login, 'POST', 'overrides', { paramId: 'interp', field: 'max', value: 2, source: '内部一号', reason: 'r', from: '2026-03-02' })).json<{ id: string }>();
    expect((await (await as(people(1).department_head.login)).get('/console/statutes')).body).not.toContain('内部一号');
    expect((await (await as(people(1).overseer.login)).get('/console/statutes')).body).toContain(id);
    expect((await api(people(1).department_head.login, 'POST', `overrides/${id}/confirmation`)).statusCode).toBe(403);
    const wide = await api(people().department_head.login, 'POST', 'overrides', { paramId: 'interp', field: 'max', value: 2, source: 's', reason: 'r', from: '2026-03-02', wholeCity: true });
    expect([wide.statusCode, wide.json<{ type: string }>().type]).toEqual([403, 'urn:policyloop:problem:statutes:error.cityNeedsOverseer']);
  });
});

test('a rule from memory is confirmed with where its text was read, and the public reads that', async () => {
  const overseer = await as(people().overseer.login);
  const desk = await overseer.get('/console/statutes');
  expect(desk.body).toContain('name="textSource"');
  const post = (values: Record<string, string>) => overseer.post('/console/statutes/confirmations', { paramId: 'nrd.cleanup', versionFrom: '2010-10-10', ...values });
  expect((await post({ textSource: ' ' })).body).toContain('请写明在哪里读到的原文');
  expect((await post({ textSource: '国务院公报2010年第30号' })).statusCode).toBe(303);
  expect((await post({ textSource: '国务院公报2010年第30号' })).statusCode).toBe(409);
  expect((await listed('q=nrd.cleanup'))[0]).toMatchObject({ mayBlock: true, confirmation: { confirmedIn: '甲局', textSource: '国务院公报2010年第30号' } });
  expect((await web.app.inject(`/${city.id}/statutes?q=nrd.cleanup`)).body).toContain('本市已确认（甲局，2026年3月2日）');
  expect((await api(people().department_head.login, 'POST', 'confirmations', { paramId: 'nrd.unified', versionFrom: '2018-05-16', textSource: 'x' })).statusCode).toBe(403);
  expect((await api(people().overseer.login, 'POST', 'confirmations', { paramId: 'mad.risk', versionFrom: '2019-09-01', textSource: 'x' })).statusCode).toBe(409);
  expect((await api(people().overseer.login, 'POST', 'confirmations', { paramId: 'no.such', versionFrom: '2019-09-01', textSource: 'x' })).statusCode).toBe(404);
});
