import { newId, systemActor } from '@platform/kernel';
import { type TestApp, startTestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { insertApproval, insertPolicy, insertVersion } from '../../support/policies';
import { type Desk, deskOf } from '../drafting/desk';

let web: TestApp;
let city: TestCity;
let desks: Record<'own' | 'other' | 'overseer', Desk>;

/** A document in the register, as `PublishPolicy` leaves it. */
async function numbered(department: 0 | 1, year: number, seq: number, title: string): Promise<void> {
  const { id: tenantId, code, people } = city.departments[department];
  const home = { cityId: city.id, tenantId, keeperId: people.department_head.accountId };
  const policyId = await insertPolicy(web.unitOfWork, home, { title, state: 'published' });
  await insertVersion(web.unitOfWork, home, policyId, ['条文。'], people.drafter.accountId);
  await insertApproval(web.unitOfWork, home, policyId, people.department_head.accountId);
  await web.unitOfWork.run(systemActor(city.id), async (tx) => {
    await tx.query(
      `UPDATE policy SET document_number = $3, current_version_id = (SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2) WHERE city_id = $1 AND id = $2`,
      [city.id, policyId, `${code}〔${year}〕${seq}号`]);
    await tx.query(`INSERT INTO document_register (city_id, tenant_id, code, year, seq, policy_id, registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [city.id, tenantId, code, year, seq, policyId, people.registrar.accountId, tx.at]);
    await tx.query(`INSERT INTO document_counter (city_id, tenant_id, code, year, last) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (city_id, tenant_id, code, year) DO UPDATE SET last = greatest(document_counter.last, $5)`, [city.id, tenantId, code, year, seq]);
  });
}

beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  await numbered(0, 2026, 1, '甲局补助办法');
  await numbered(0, 2026, 2, '=HYPERLINK("http://x")');
  await numbered(0, 2025, 1, '甲局旧办法');
  await numbered(1, 2026, 1, '乙局内部办法');
  const [own, other] = city.departments;
  desks = { own: await deskOf(web, own.people.drafter), other: await deskOf(web, other.people.registrar), overseer: await deskOf(web, own.people.overseer) };
});
afterAll(() => web.close());

interface Answer { year: number; items: { number: string; title: string; approver: string; registrar: string }[]; checks: { code: string; count: number; last: number; gaps: number[]; whole: boolean; mismatched: string[] }[] }
const api = async (desk: Desk, query = ''): Promise<Answer> => (await desk.api('GET', `/register${query}`)).json as unknown as Answer;

test('shows a department its own numbers with who signed and registered them, a year at a time', async () => {
  const { items, checks, year } = await api(desks.own);
  expect([year, items.map(({ number }) => number)]).toEqual([2026, ['测甲〔2026〕1号', '测甲〔2026〕2号']]);
  expect(items[0]).toMatchObject({ title: '甲局补助办法', approver: city.departments[0].people.department_head.name, registrar: city.departments[0].people.registrar.name });
  expect(checks).toMatchObject([{ code: '测甲', count: 2, last: 2, gaps: [], mismatched: [], whole: true }]);
  expect((await api(desks.own, '?year=2025')).items.map(({ title }) => title)).toEqual(['甲局旧办法']);
  const page = (await desks.own.get('/console/register')).body;
  for (const words of ['测甲〔2026〕1号', '甲局补助办法', '无空号、无重号', '2026年共登记 2 件', '1 至 2 号连续', '现行有效']) expect([words, page.includes(words)]).toEqual([words, true]);
  expect(page).not.toContain('乙局内部办法');
  expect((await desks.own.get('/console/register?year=2019')).body).toContain('2019年没有登记的文件');
  expect((await desks.own.get('/console/register?year=gestern')).status).toBe(422);
});

test('shows another department its own alone, also when it asks for the first one’s, and who oversees the city all', async () => {
  expect((await api(desks.other)).items.map(({ title }) => title)).toEqual(['乙局内部办法']);
  const asked = `?department=${city.departments[0].id}`;
  expect(await api(desks.other, asked)).toMatchObject({ items: [], checks: [] });
  expect((await desks.other.get(`/console/register.csv${asked}`)).body).not.toContain('甲局');
  const all = await api(desks.overseer);
  expect([all.items.length, all.checks.map(({ code }) => code).sort()]).toEqual([3, ['测甲', '测乙'].sort()]);
  expect((await api(desks.overseer, `?department=${city.departments[1].id}`)).items.map(({ number }) => number)).toEqual(['测乙〔2026〕1号']);
  expect((await desks.overseer.get('/console/register')).body).toContain('全部部门');
});

test('is a file that no spreadsheet runs', async () => {
  const file = (await desks.own.get('/console/register.csv?year=2026')).body;
  expect(file.split('\r\n')[0]).toBe('\uFEFF"发文字号","标题","部门","签发人","登记人和日期","登记日期","状态","效力"');
  expect(file).toContain(`"测甲〔2026〕2号","'=HYPERLINK(""http://x"")"`);
  expect((await desks.own.api('GET', '/register')).status).toBe(200);
});

test('is for the staff', async () => {
  expect((await web.app.inject('/api/v1/register')).statusCode).toBe(401);
  expect((await (await deskOf(web, city.resident)).get('/console/register')).status).toBe(403);
  expect((await (await deskOf(web, city.departments[0].people.system_admin)).get('/console/register')).status).toBe(403);
});

test('pages through more than fifty, and tells of a gap, of a counter that ran ahead and of a number that is not on its document', async () => {
  const { id: tenantId, code } = city.departments[1];
  for (let seq = 2; seq <= 53; seq += 1) if (seq !== 17) await numbered(1, 2026, seq, `乙局第${seq}份`);
  await web.unitOfWork.run(systemActor(city.id), async (tx) => {
    await tx.query('UPDATE document_counter SET last = 54 WHERE city_id = $1 AND tenant_id = $2', [city.id, tenantId]);
    await tx.query(`UPDATE policy SET document_number = $3 WHERE city_id = $1 AND document_number = $2`, [city.id, `${code}〔2026〕5号`, `${code}〔2026〕${newId().slice(0, 4)}号`]);
  });
  const first = await desks.other.api('GET', '/register');
  const { items, next } = first.json as unknown as Answer & { next: string };
  expect(items).toHaveLength(50);
  const rest = await desks.other.api('GET', `/register?after=${encodeURIComponent(next)}`);
  expect((rest.json as unknown as Answer).items.map(({ number }) => number)).toEqual(['测乙〔2026〕52号', '测乙〔2026〕53号']);
  expect((first.json as unknown as Answer).checks).toMatchObject([{ count: 52, last: 53, gaps: [17], whole: false }]);
  expect((first.json as unknown as Answer).checks[0]?.mismatched).toHaveLength(1);
  const page = (await desks.other.get('/console/register')).body;
  for (const words of ['编号有问题', '空号：17', '1 件文件上的字号与登记不一致']) expect([words, page.includes(words)]).toEqual([words, true]);
});
