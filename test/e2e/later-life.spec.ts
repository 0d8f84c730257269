import { PublishPolicy } from '@core/policy';
import { EventProcessor } from '@platform/messaging';
import type { TestApp } from '../support/app';
import type { TestCity } from '../support/people';
import { insertApproval, insertPolicy, insertVersion } from '../support/policies';
import { samplePng } from '../support/sample-png';
import { Visitor } from '../support/visitor';
import { done, page, PagesOfCity } from './support/pages';
import { readyByPage } from './support/ready-abolition';


describe('the later life of a policy, in the browser', () => {
  let town: PagesOfCity;
  let server: TestApp;
  let city: TestCity;
  let policyId: string;
  const as = (role: keyof TestCity['departments'][0]['people'], department: 0 | 1 = 0): Promise<Visitor> =>
    new Visitor(server.app).signIn(city.id, city.departments[department].people[role].login);

  beforeAll(async () => {
    town = await PagesOfCity.open();
    ({ server, city } = town);
    const { people, id } = city.departments[0];
    const home = { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId };
    policyId = await insertPolicy(server.unitOfWork, home, { state: 'approved', title: '技术改造扶持办法' });
    await insertVersion(server.unitOfWork, home, policyId, ['补助百分之十。', '分三步申报。'], people.drafter.accountId);
    await insertApproval(server.unitOfWork, home, policyId, people.department_head.accountId);
  });
  afterAll(() => town.close());

  it('plans, writes and approves the interpretation, with what was typed kept after a refusal', async () => {
    const path = `/console/policies/${policyId}/interpretation`;
    const interpreter = await as('interpreter');
    await page(interpreter, path);
    const refusal = await interpreter.post(`${path}/plan`, { audience: '工业企业', keyPoints: '' });
    expect(refusal.statusCode).toBe(422);
    expect(refusal.body).toContain('value="工业企业"');
    expect(refusal.body).toContain('请填写解读重点。');
    await done(interpreter.post(`${path}/plan`, { audience: '工业企业', keyPoints: '标准与步骤', channels: ['website', 'press'] }));
    expect(await page(interpreter, path)).toMatch(/value="website" checked[\s\S]*value="press" checked/);

    await page(interpreter, `${path}/new/text`);
    const unticked = await interpreter.post(`${path}/new/text`, { title: '文字解读', body: '企业可获补助。' });
    expect([unticked.statusCode, unticked.body.includes('企业可获补助。'), unticked.body.includes('请至少选择一个条款。')]).toEqual([422, true, true]);
    await done(interpreter.post(`${path}/new/text`, { title: '文字解读', body: '企业可获补助。', clauses: 'a1' }));
    await page(interpreter, `${path}/new/picture`);
    const svg = { filename: 'x.png', type: 'image/png', data: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') };
    const picture = { title: '一图读懂', altText: '分三步：登记、提交、核验。', clauses: ['a1', 'a2'] };
    const fake = await interpreter.post(`${path}/new/picture`, { ...picture, picture: svg });
    expect([fake.statusCode, fake.body.includes('只接受 PNG 或 JPEG 图片。')]).toEqual([422, true]);
    await done(interpreter.post(`${path}/new/picture`, { ...picture, picture: { filename: 'a.png', type: 'image/png', data: samplePng(64, 36) } }));
    const desk = await page(interpreter, path);
    const ids = [...desk.matchAll(/interpretation\/materials\/([0-9a-f-]{36})"/g)].map((match) => match[1] as string);
    expect(ids).toHaveLength(2);
    expect(await page(interpreter, `${path}/materials/${ids[0]}`)).toContain('企业可获补助。');
    expect((await interpreter.post(`${path}/materials/${ids[0]}/approve`, {})).statusCode).toBe(403);

    const head = await as('department_head');
    await page(head, path);
    expect((await head.get(`${path}/materials/${ids[1]}/picture`)).headers['content-type']).toBe('image/png');
    for (const id of ids) await done(head.post(`${path}/materials/${id}/approve`, {}));
    const stranger = await as('interpreter', 1);
    expect((await stranger.get(path)).statusCode).toBe(404);
    expect((await stranger.get(`${path}/materials/${ids[1]}/picture`)).statusCode).toBe(404);
  });

  it('shows them to everybody from the publication on, and not before', async () => {
    const anybody = new Visitor(server.app);
    const path = `/${city.id}/policies/${policyId}/interpretation`;
    expect((await anybody.get(path)).statusCode).toBe(404);
    await server.app.get(PublishPolicy).run(city.departments[0].people.registrar, policyId, { effectiveFrom: '2026-03-10', effectiveTo: '2027-03-09' });
    const html = await page(anybody, path);
    expect(html).toContain('alt="分三步：登记、提交、核验。"');
    expect(html).toContain(`/${city.id}/policies/${policyId}#art_2`);
    const src = /src="(\/\d{6}\/interpretations\/[^"]+)"/.exec(html)?.[1] ?? '';
    const picture = await anybody.get(src);
    expect(picture.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(picture.rawPayload).toEqual(samplePng(64, 36));
    expect((await anybody.get(src.replace(city.id, '999999'))).statusCode).toBe(404);
    const api = await anybody.get(`/api/v1/cities/${city.id}/policies/${policyId}/interpretations`);
    expect(api.json<{ items: unknown[] }>().items).toHaveLength(2);
  });

  it('evaluates the policy, publishes the report and opens its abolition', async () => {
    server.clock.set('2026-06-01T09:00:00+08:00');
    const path = `/console/policies/${policyId}/evaluation`;
    const evaluator = await as('evaluator');
    expect(await page(evaluator, path)).toContain('开始评估');
    await done(evaluator.post(path, { periodFrom: '2026-03-10', periodTo: '2026-05-31' }));
    const form = await page(evaluator, path);
    const reportId = /evaluation\/([0-9a-f-]{36})"/.exec(form)?.[1] as string;
    const report = {
      rowVersion: '1', departmentRating: '40', departmentEvidence: '申报三件', authorityRating: '35', authorityEvidence: '抽查', enterprisesRating: '20', enterprisesEvidence: '问卷',
      summary: '少有人申报。', conclusion: 'abolish', nextReviewOn: '',
    };
    const refusal = await evaluator.post(`${path}/${reportId}`, { ...report, reason: '', action: 'submit' });
    expect([refusal.statusCode, refusal.body.includes('少有人申报。'), refusal.body.includes('请写明理由。')]).toEqual([422, true, true]);
    expect((await evaluator.post(`${path}/${reportId}`, { ...report, rowVersion: '7', reason: 'x', action: 'save' })).statusCode).toBe(409);
    await done(evaluator.post(`${path}/${reportId}`, { ...report, reason: '目标已由新政策覆盖。', action: 'submit' }));
    const head = await as('department_head');
    expect(await page(head, path)).toContain('审核通过并发布');
    const anybody = new Visitor(server.app);
    expect((await anybody.get(`/${city.id}/evaluations/${reportId}`)).statusCode).toBe(404);
    await done(head.post(`${path}/${reportId}/publish`, {}));
    expect(await page(anybody, `/${city.id}/evaluations`)).toContain(`/${city.id}/evaluations/${reportId}`);
    const shown = await page(anybody, `/${city.id}/evaluations/${reportId}`);
    expect(shown).toMatch(/<rect width="40"[\s\S]*<rect width="35"[\s\S]*<rect width="20"/);
    expect(await page(head, '/console/evaluations')).toContain('技术改造扶持办法');
    expect((await anybody.get(`/api/v1/cities/${city.id}/evaluations/${reportId}`)).json()).toMatchObject({ conclusion: 'abolish' });

    const events = await server.unitOfWork.run({ ...city.departments[0].people.drafter, scope: 'system' }, (tx) =>
      tx.query<{ id: string }>(`SELECT id FROM outbox WHERE city_id = $1 AND type = 'evaluation.published.v1'`, [city.id]));
    for (const { id } of events) await server.app.get(EventProcessor).process(city.id, id);
  });

  it('decides the abolition, and the list of policies in force follows it to the day', async () => {
    const path = `/console/policies/${policyId}/abolition`;
    const head = await as('department_head');
    const html = await page(head, path);
    expect(html).toContain('查看评估报告');
    const caseId = /abolition\/([0-9a-f-]{36})\/decide/.exec(html)?.[1] as string;
    const decision = { decision: 'abolish', reason: '目的已经实现', noticeText: '自2026年7月1日起废止。', effectOn: '2026-07-01' };
    const refusal = await head.post(`${path}/${caseId}/decide`, { ...decision, effectOn: '2026-05-31' });
    expect([refusal.statusCode, refusal.body.includes('废止日期不能早于今天。')]).toEqual([422, true]);
    await readyByPage({ drafter: await as('drafter'), reviewer: await as('legal_reviewer'), done }, path);
    await done(head.post(`${path}/${caseId}/decide`, decision));
    expect(await page(head, path)).toContain('自2026年7月1日起废止。');

    const anybody = new Visitor(server.app);
    const list = (on: string): string => `/${city.id}/effective?on=${on}`;
    expect(await page(anybody, list('2026-06-30'))).toContain('技术改造扶持办法');
    expect(await page(anybody, list('2026-07-01'))).not.toContain('技术改造扶持办法');
    await page(anybody, `/${city.id}/effective`);
    const csv = await anybody.get(`/${city.id}/effective.csv?on=2026-06-30`);
    expect([csv.headers['content-type'], csv.body.split('\r\n').length]).toEqual(['text/csv; charset=utf-8', 3]);
    const json = await anybody.get(`/api/v1/cities/${city.id}/effective?on=2026-06-30&format=json`);
    expect(json.json()).toMatchObject({ on: '2026-06-30', total: 1, items: [{ id: policyId, endedOn: '2026-07-01', validity: 'in_force' }], next: null });
    expect((await anybody.get(`/${city.id}/effective?on=2026-02-30`)).statusCode).toBe(422);
    expect((await anybody.get(`/api/v1/cities/${city.id}/effective?on=2026-02-30`)).headers['content-type']).toContain('application/problem+json');
  });

  it('keeps the ledger of the department, and of the city for its overseer', async () => {
    const drafter = await as('drafter');
    // Decided, and not come about before its day.
    const before = await page(drafter, '/console/ledger');
    expect([before.includes('lc-mini--ended'), before.includes('将于2026年7月1日废止')]).toEqual([false, true]);
    server.clock.set('2026-07-01T00:00:00+08:00');
    const after = await as('drafter');
    expect(await page(after, '/console/ledger')).toContain('lc-mini--ended');
    expect(await page(after, `/console/ledger/${policyId}`)).toContain('公布评估报告');
    expect(await page(after, '/console/ledger?state=planned&year=2026')).toContain('没有符合条件的政策');
    expect(await page(await as('overseer', 1), '/console/ledger')).toContain('技术改造扶持办法');
    expect(await page(await as('drafter', 1), '/console/ledger')).not.toContain('技术改造扶持办法');
    expect((await new Visitor(server.app).get('/console/ledger')).statusCode).toBe(303);
  });
});
