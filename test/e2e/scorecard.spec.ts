import JSZip from 'jszip';
import { Client } from 'pg';
import type { TestApp } from '../support/app';
import { Dice } from '../support/campaigns/random';
import type { TestCity } from '../support/people';
import { insertLives } from '../support/scorecard/lives';
import { Visitor } from '../support/visitor';
import { done, page as pageOf, PagesOfCity } from './support/pages';

const MOST_STATEMENTS = 25;

/** From the running figures of a year to its published report, page by page. */
describe('the scorecard of a year, in the browser', () => {
  let town: PagesOfCity;
  let server: TestApp;
  let city: TestCity;
  const page = (visitor: Visitor, path: string): Promise<string> => pageOf(visitor, path, MOST_STATEMENTS);
  const refused = async (work: ReturnType<Visitor['post']>, status: number, words: string): Promise<void> => {
    const { statusCode, body } = await work;
    expect([statusCode, body.includes(words)]).toEqual([status, true]);
  };
  const found = (html: string, pattern: RegExp): string => pattern.exec(html)?.[1] ?? '';
  /** `7 / 9` of a measure in the row of the first department. */
  const figure = (html: string, measure: string): string => found(html, new RegExp(`/console/scorecard/2025/${city.departments[0].id}/${measure}">[^<]*<span class="data-table__note">(\\d+ / \\d+)`));

  beforeAll(async () => {
    town = await PagesOfCity.open({ at: '2026-01-20T10:00:00+08:00' });
    ({ server, city } = town);
    const client = new Client({ connectionString: server.database.ownerUrl });
    await client.connect();
    const [{ people }] = city.departments;
    await insertLives(client, new Dice(7), { cityId: city.id, departments: city.departments.map(({ id }) => id), drafter: people.drafter.accountId, head: people.department_head.accountId }, 160, Date.parse('2026-01-10T00:00:00+08:00'));
    await client.end();
  }, 60_000);
  afterAll(() => town.close());

  let appealPath = '';

  test('while a year is not closed an overseer sees every department, and a department its own alone', async () => {
    const overseer = await town.as('overseer');
    expect((await overseer.get('/console/scorecard')).headers.location).toBe('/console/scorecard/2026');
    const html = await page(overseer, '/console/scorecard/2025');
    for (const text of ['期满 · 暂计', '甲局', '乙局', '封存本期']) expect(html).toContain(text);
    const own = await page(await town.as('drafter'), '/console/scorecard/2025');
    expect([own.includes('甲局'), own.includes(`/2025/${city.departments[1].id}`), own.includes('封存本期')]).toEqual([true, false, false]);
    expect(figure(own, 'limits')).toBe(figure(html, 'limits'));
    const drafter = await town.as('drafter');
    for (const path of [`/console/scorecard/2025/${city.departments[1].id}`, `/console/scorecard/2025/${city.departments[1].id}/limits`, '/console/scorecard/2025/history', '/console/scorecard/1999', '/console/scorecard/2031', "/console/scorecard/2025'", '/console/scorecard/2025/x/limits']) {
      expect([path, (await drafter.get(path)).statusCode]).toEqual([path, 404]);
    }
    const card = await page(drafter, `/console/scorecard/2025/${city.departments[0].id}`);
    expect(card).toMatch(/\([\d.]+×20 \+ .+\) ÷ \d+ = [\d.]+/);
    await page(drafter, '/console/scorecard/2026Q1');
  });

  test('each figure opens its cases, with dates and the way to the policy', async () => {
    const cases = await page(await town.as('drafter'), `/console/scorecard/2025/${city.departments[0].id}/limits`);
    const [, met, counted] = /(\d+) ÷ (\d+) = /.exec(cases) ?? [];
    expect(`${met} / ${counted}`).toBe(figure(await page(await town.as('overseer'), '/console/scorecard/2025'), 'limits'));
    expect(cases).toContain('最后一天');
    expect(cases).toMatch(/href="\/console\/(circulations|policies|consultations)\//);
    for (const measure of ['consultation', 'interpretation', 'evaluation', 'conclusions', 'current']) await page(await town.as('drafter'), `/console/scorecard/2025/${city.departments[0].id}/${measure}?standing=missed`);
  });

  test('only an overseer closes it, once, and nothing that happens later changes it', async () => {
    expect((await (await town.as('department_head')).post('/console/scorecard/2025/close', {})).statusCode).toBe(403);
    await refused((await town.as('overseer')).post('/console/scorecard/2026/close', {}), 409, '本期还没有结束');
    const before = figure(await page(await town.as('overseer'), '/console/scorecard/2025'), 'current');
    await done((await town.as('overseer')).post('/console/scorecard/2025/close', {}));
    await refused((await town.as('overseer', 1)).post('/console/scorecard/2025/close', {}), 409, '本期已经封存');
    await server.unitOfWork.run({ cityId: city.id, tenantId: null, accountId: null, name: '', roles: [], scope: 'system' }, (tx) => tx.query(
      `UPDATE policy SET ended_on = '2025-03-01' WHERE city_id = $1 AND id IN (SELECT p.id FROM policy p WHERE p.city_id = $1 AND p.tenant_id = $2 AND p.state = 'published' AND p.published_at < '2025-02-01' ORDER BY p.id LIMIT 5)`, [city.id, city.departments[0].id]));
    const after = await page(await town.as('overseer'), '/console/scorecard/2025');
    expect([figure(after, 'current'), after.includes('已封存')]).toEqual([before, true]);
    const history = await page(await town.as('overseer'), '/console/scorecard/2025/history');
    expect(history).toMatch(/封存以后的差异[\s\S]*现行文件时效/);
    await town.react();
    expect((await (await town.as('department_head')).get('/console')).body).toContain('2025 部门评分已封存');
  });

  test('a department objects to a case that is not counted; another person decides; the figure has a new edition', async () => {
    const drafter = await town.as('drafter');
    const before = figure(await page(drafter, '/console/scorecard/2025'), 'limits');
    const cases = await page(drafter, `/console/scorecard/2025/${city.departments[0].id}/limits?standing=missed`);
    const form = found(cases, /href="(\/console\/scorecard-appeals\/new\/2025[^"]+)"/);
    expect(await page(drafter, form)).toContain('2026年1月30日');
    const written = { reason: '系统故障，回复函当日已送达。', evidence: '/console/circulations', _key: 'one' };
    await refused(drafter.post(form, { ...written, evidence: 'javascript:alert(1)' }), 422, '请给出证明材料的链接');
    await refused(drafter.post(form, { ...written, reason: '   ' }), 422, '请写明理由');
    expect((await (await town.as('drafter', 1)).post(form, written)).statusCode).toBe(404);
    expect((await (await town.as('overseer')).post(form, written)).statusCode).toBe(403);
    appealPath = await done(drafter.post(form, written));
    expect(await done(drafter.post(form, written))).toBe(appealPath);
    await refused(drafter.post(form, { ...written, _key: 'two' }), 409, '已经提出过异议');
    expect((await (await town.as('drafter', 1)).get(appealPath)).statusCode).toBe(404);
    expect((await drafter.post(`${appealPath}/decide`, { decision: 'counted', decisionReason: '是' })).statusCode).toBe(403);
    const overseer = await town.as('overseer');
    expect((await overseer.get('/console?scope=me')).body).toContain('决定评分异议');
    await page(overseer, '/console/scorecard-appeals');
    await refused(overseer.post(`${appealPath}/decide`, { decision: 'counted', decisionReason: ' ' }), 422, '请写明理由');
    await refused(overseer.post(`${appealPath}/decide`, { decision: 'maybe', decisionReason: '是' }), 422, '请选择一种决定');
    await done(overseer.post(`${appealPath}/decide`, { decision: 'counted', decisionReason: '签收记录属实。' }));
    await refused((await town.as('overseer', 1)).post(`${appealPath}/decide`, { decision: 'refused', decisionReason: '否' }), 409, '已经决定');
    const after = figure(await page(drafter, '/console/scorecard/2025'), 'limits');
    const [met = 0, counted = 0] = before.split(' / ').map(Number);
    expect(after).toBe(`${met + 1} / ${counted}`);
    expect(await page(drafter, `/console/scorecard/2025/${city.departments[0].id}/limits?standing=met`)).toContain('签收记录属实');
    expect(await page(overseer, '/console/scorecard/2025/history')).toMatch(/第 2 版[\s\S]*同意，计入[\s\S]*第 1 版/);
    await town.react();
    expect((await drafter.get('/console')).body).toContain('评分异议获得同意，已计入');
  });

  test('somebody else than who closed it publishes it, after the days to object; then every department sees all', async () => {
    const other = await town.as('overseer', 1);
    const words = { edition: '2', overview: '总体平稳。', problems: '回复不及时。', demands: '限期整改。' };
    await refused(other.post('/console/scorecard/2025/publish', words), 409, '异议期到');
    server.clock.set('2026-02-02T10:00:00+08:00');
    await refused((await town.as('overseer')).post('/console/scorecard/2025/publish', words), 403, '本期由您封存');
    await refused(other.post('/console/scorecard/2025/publish', { ...words, edition: '1' }), 409, '');
    const late = found(await page(await town.as('drafter'), `/console/scorecard/2025/${city.departments[0].id}/limits?standing=missed`), /href="(\/console\/scorecard-appeals\/new[^"]+)"/);
    expect(late).toBe('');
    await page(other, '/console/scorecard/2025');
    await done(other.post('/console/scorecard/2025/publish', words));
    await refused(other.post('/console/scorecard/2025/publish', words), 409, '已经公布');
    const html = await page(await town.as('drafter', 1), '/console/scorecard/2025');
    expect([html.includes('甲局'), html.includes('已公布')]).toEqual([true, true]);
    await page(await town.as('drafter', 1), `/console/scorecard/2025/${city.departments[0].id}/limits`);
    await page(await town.as('drafter', 1), appealPath);
  });

  test('the report is a page, documents and tables with the same figures', async () => {
    const reader = await town.as('drafter', 1);
    const html = await page(reader, '/console/scorecard/2025/report');
    for (const text of ['总体平稳。', '限期整改。', '各部门总分', '权重']) expect(html).toContain(text);
    const share = found(html, new RegExp(`/console/scorecard/2025/${city.departments[0].id}/limits">([\\d.]+)%`));
    const csv = (await reader.get('/console/scorecard/2025/figures.csv')).body;
    expect(csv).toContain(`"甲局","期限遵守","${figure(html, 'limits').replace(' / ', '","')}","${String(Number(share))}"`);
    const [pdf, docx, xlsx] = [await reader.get('/console/scorecard/2025/report.pdf'), await reader.get('/console/scorecard/2025/report.docx'), await reader.get('/console/scorecard/2025/figures.xlsx')];
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const document = await (await JSZip.loadAsync(docx.rawPayload)).file('word/document.xml')?.async('string');
    for (const text of ['总体平稳。', `${share}%`, '甲局']) expect(document).toContain(text);
    expect((await JSZip.loadAsync(xlsx.rawPayload)).file('xl/workbook.xml')).not.toBeNull();
    await page(reader, '/console/scorecard/2026/report');
    expect((await reader.get('/console/scorecard/2025Q9/report')).statusCode).toBe(404);
  });

  test('rules of scoring: one proposes, another confirms, and a period that has begun keeps its own', async () => {
    const overseer = await town.as('overseer');
    const rules = { consultation: '40', limits: '10', interpretation: '10', evaluation: '10', conclusions: '10', current: '20', appealDays: '5', decideDays: '7', validFrom: '2026-04-01', reason: '突出征求意见。' };
    expect((await (await town.as('department_head')).post('/console/scorecard-rules', rules)).statusCode).toBe(403);
    await refused(overseer.post('/console/scorecard-rules', { ...rules, current: '30' }), 422, '现在是 110');
    await refused(overseer.post('/console/scorecard-rules', { ...rules, validFrom: '2026-01-01' }), 422, '今天以后');
    await refused(overseer.post('/console/scorecard-rules', { ...rules, validFrom: '2026-04-02' }), 422, '一个季度的第一天');
    await refused(overseer.post('/console/scorecard-rules', { ...rules, limits: '-1' }), 422, '权重');
    await done(overseer.post('/console/scorecard-rules', rules));
    const id = found(await page(overseer, '/console/scorecard-rules'), /id="w-([0-9a-f-]{36})"/);
    await refused(overseer.post(`/console/scorecard-rules/${id}/confirm`, {}), 403, '另一个人确认');
    await done((await town.as('overseer', 1)).post(`/console/scorecard-rules/${id}/confirm`, {}));
    await refused((await town.as('overseer', 1)).post(`/console/scorecard-rules/${id}/confirm`, {}), 409, '已经确认');
    server.clock.set('2026-04-20T10:00:00+08:00');
    const weight = async (label: string): Promise<string> => found(await page(overseer, `/console/scorecard/${label}`), /征求意见覆盖<\/th><td class="end" data-label="权重">(\d+)/);
    expect([await weight('2026Q2'), await weight('2026Q1'), await weight('2026'), await weight('2025')]).toEqual(['40', '20', '20', '20']);
    await page(await town.as('drafter'), '/console/scorecard-rules');
  });
});
