import { chinaDate, newId, systemActor } from '@platform/kernel';
import readWorkbook from 'read-excel-file/node';
import { startTestApp, type TestApp } from '../support/app';
import { makeCity, type TestCity } from '../support/people';
import { insertPolicy, insertVersion } from '../support/policies';
import { recordStatements } from '../support/statements';
import { Visitor } from '../support/visitor';
import { page } from './support/pages';

const PAGE_STATEMENTS = 25;

let server: TestApp;
let city: TestCity;
let ids: Record<'old' | 'soon' | 'draft' | 'foreign', string>;
beforeAll(async () => {
  server = await startTestApp();
  city = await makeCity(server);
  const [own, other] = city.departments;
  const home = (department: TestCity['departments'][number]) => ({ cityId: city.id, tenantId: department.id, keeperId: department.people.drafter.accountId });
  const insert = (title: string, more: Partial<Parameters<typeof insertPolicy>[2]> = {}, department = own): Promise<string> => insertPolicy(server.unitOfWork, home(department), { title, ...more });
  ids = {
    old: await insert('=旧产业扶持办法', { state: 'published', effectiveTo: '2026-03-01', effectiveFrom: '2025-01-01' }), soon: await insert('夜间经济补贴办法', { state: 'published', effectiveTo: '2026-08-31' }),
    draft: await insert('人才安居办法', { state: 'drafting' }), foreign: await insert('外局内部草案', { state: 'reviewing' }, other),
  };
  await insertVersion(server.unitOfWork, home(own), ids.soon, ['一'], own.people.drafter.accountId);
  await server.unitOfWork.run(systemActor(city.id), async (tx) => {
    // Work that has stood still since last autumn, and a number that nobody has.
    await tx.query(`UPDATE policy SET created_at = '2025-10-01T02:00:00Z' WHERE city_id = $1 AND id = $2`, [city.id, ids.foreign]);
    await tx.query(`INSERT INTO document_counter (city_id, tenant_id, code, year, last) VALUES ($1, $2, '测甲', 2026, 2)`, [city.id, own.id]);
    await tx.query(`INSERT INTO document_register (city_id, tenant_id, code, year, seq, policy_id, registered_at) VALUES ($1, $2, '测甲', 2026, 2, $3, $4)`, [city.id, own.id, ids.soon, tx.at]);
    for (const [n, id] of Object.values(ids).entries()) {
      await tx.query(
        `INSERT INTO life_cycle_event (city_id, chain, seq, tenant_id, policy_id, is_public, payload, prev_hash, hash) SELECT $1, 'policy/' || id, 0, tenant_id, id, true, $3, '', '' FROM policy WHERE city_id = $1 AND id = $2::uuid`,
        [city.id, id, JSON.stringify({ actorName: '起草人', at: id === ids.foreign ? '2025-10-01T02:00:00.000Z' : tx.at, details: { n }, from: 'planned', name: 'start_drafting', to: id === ids.foreign ? 'reviewing' : 'drafting' })]);
    }
  });
});
afterAll(() => server.close());

const as = (role: 'drafter' | 'overseer' | 'department_head' | 'evaluator', department: 0 | 1 = 0): Promise<Visitor> => new Visitor(server.app).signIn(city.id, city.departments[department].people[role].login);

it('shows the city\'s ledger to its overseer, its own to a department, and what is public to everybody, each with its files', async () => {
  const [overseer, drafter, anybody] = [await as('overseer'), await as('drafter'), new Visitor(server.app)];
  const whole = await page(overseer, '/console/ledger');
  for (const title of ['夜间经济补贴办法', '人才安居办法', '外局内部草案']) expect(whole).toContain(title);
  expect(whole).toContain('共 4 份政策');
  const own = await page(drafter, `/console/ledger?department=${city.departments[1].id}`);
  expect([own.includes('人才安居办法'), own.includes('外局内部草案')]).toEqual([true, false]);
  const open = await page(anybody, `/${city.id}/ledger`);
  expect([open.includes('夜间经济补贴办法'), open.includes('人才安居办法'), open.includes('外局内部草案')]).toEqual([true, false, false]);
  expect(await page(overseer, '/console/ledger?words=%E5%A4%9C%E9%97%B4%20%E8%A1%A5%E8%B4%B4&expiring=6')).toContain('共 1 份政策');
  expect(await page(overseer, '/console/ledger?on=2025-12-31&words=%E5%8A%9E%E6%B3%95')).toContain('没有符合条件的政策');
  expect(await page(overseer, '/console/ledger?on=2025-12-31')).toContain('外局内部草案');
  const life = await page(drafter, `/console/ledger/${ids.soon}`);
  expect(life).toMatch(/ledger-life__step[\s\S]*启动起草[\s\S]*记录第 1 条/);

  const query = `state=published&sort=title`;
  const csv = await overseer.get(`/console/ledger.csv?${query}`);
  const lines = csv.body.trim().split('\r\n');
  expect([csv.headers['content-type'], lines.length, lines[1]?.includes('夜间经济补贴办法')]).toEqual(['text/csv; charset=utf-8', 2, true]);
  // What a spreadsheet would run is none.
  expect((await overseer.get('/console/ledger.csv?state=expired')).body).toContain(`"'=旧产业扶持办法"`);
  const xlsx = await overseer.get(`/console/ledger.xlsx?${query}`);
  const [sheet] = await readWorkbook(xlsx.rawPayload);
  expect(sheet?.data.map((row) => row[1])).toEqual(['标题', '夜间经济补贴办法']);
  expect((await drafter.get('/console/ledger.csv')).body).not.toContain('外局内部草案');
  expect((await anybody.get(`/${city.id}/ledger.csv`)).body).not.toContain('人才安居办法');
  expect((await anybody.get(`/api/v1/cities/${city.id}/ledger?state=published`)).json()).toMatchObject({ on: '2026-03-02', total: 1, next: null, items: [{ id: ids.soon, state: 'published', validity: 'in_force', flags: [] }] });
  expect((await anybody.get('/console/ledger.xlsx')).statusCode).toBe(303);
});

it('refuses rubbish in every field by its name, and finds nothing behind foreign departments', async () => {
  const [overseer, anybody] = [await as('overseer'), new Visitor(server.app)];
  const rubbish = [
    'on=2026-02-30', 'on=yesterday', 'state=dead', 'validity=x', 'kind=law', 'department=1', 'year=abc', 'publishedFrom=2026-13-01', 'publishedFrom=2026-03-02&publishedTo=2026-03-01', 'expiring=0', 'expiring=1.5', 'expiring=x', 'expiring=999999999999',
    'flags=x', 'flags=amended&flags=__proto__', 'sort=price', 'order=up', 'after=1', 'after=%00_x', `after=x_${newId()}%27`, 'unknown=1', `words=${encodeURIComponent('a b c d e f g h i j k')}`, 'words=%00', 'number=%00', 'on=2026-03-02&on=2026-03-03',
  ];
  for (const query of rubbish) {
    for (const [who, path] of [[overseer, '/console/ledger'], [anybody, `/${city.id}/ledger`], [overseer, '/console/ledger.xlsx'], [anybody, `/api/v1/cities/${city.id}/ledger`]] as const) {
      const answer = await who.get(`${path}?${query}`);
      expect([path, query, answer.statusCode]).toEqual([path, query, 422]);
    }
  }
  // What LIKE would read is read as it stands.
  for (const words of ['%', '_', '\\', "'; DROP TABLE policy; --"]) expect((await anybody.get(`/api/v1/cities/${city.id}/ledger?words=${encodeURIComponent(words)}`)).json()).toMatchObject({ total: 0 });
  expect((await anybody.get(`/api/v1/cities/${city.id}/ledger?department=${newId()}`)).json()).toMatchObject({ total: 0 });
  expect((await (await as('drafter')).get(`/console/ledger/${ids.foreign}`)).statusCode).toBe(404);
});

it('gathers the city on one page for its overseer, with few statements, and every line leads to its cases', async () => {
  const overseer = await as('overseer');
  await overseer.get('/console');
  const log = recordStatements();
  const answer = await overseer.get('/console/city-desk');
  const counted = log.count - log.ofSessions;
  await overseer.get('/console/ledger?state=published&sort=expires');
  const ledger = log.count - log.ofSessions - counted;
  log.stop();
  process.stdout.write(`statements: city desk ${counted}, ledger ${ledger}\n`);
  expect(answer.statusCode).toBe(200);
  expect(counted).toBeLessThanOrEqual(PAGE_STATEMENTS + 2);
  expect(ledger).toBeLessThanOrEqual(PAGE_STATEMENTS);
  const html = await page(overseer, '/console/city-desk');
  expect(html).toMatch(/长期没有进展[\s\S]*外局内部草案[\s\S]*停在“审查中”/);
  expect(html).toMatch(/有效期已过仍列为有效[\s\S]*旧产业扶持办法/);
  expect(html).toMatch(/文号不连续[\s\S]*测甲〔2026〕[\s\S]*缺少 1 号/);
  expect(html).toContain('6 个月内到期 1 份');
  for (const href of html.matchAll(/href="(\/console\/(?:ledger|city-desk|policies|register)[^"#]*)"/g)) expect([href[1], (await overseer.get((href[1] ?? '').replace(/&amp;/g, '&').replace(/&#x3D;/g, '='))).statusCode]).toEqual([href[1], 200]);
  expect(await page(overseer, '/console/city-desk/anomalies/ledger.still')).toContain('外局内部草案');
  for (const path of ['/console/city-desk/anomalies/x', '/console/city-desk/anomalies/__proto__', '/console/city-desk/anomalies/%00']) expect((await overseer.get(path)).statusCode).toBe(404);
  for (const role of ['drafter', 'department_head'] as const) expect((await (await as(role)).get('/console/city-desk')).statusCode).toBe(403);
});

it('tells everybody on the policy\'s page that its time is ending, and nothing of it before', async () => {
  const anybody = new Visitor(server.app);
  expect(await page(anybody, `/${city.id}/policies/${ids.soon}`)).toContain('有效期至2026年8月31日，届满前将评估是否继续执行');
  server.clock.set('2026-02-27T09:00:00+08:00');
  expect(chinaDate(server.clock.now())).toBe('2026-02-27');
  expect(await page(anybody, `/${city.id}/policies/${ids.soon}`)).not.toContain('届满前将评估');
  server.clock.set('2026-03-02T09:00:00+08:00');
});
