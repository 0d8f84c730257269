import { newId, systemActor } from '@platform/kernel';
import { RunSurvey } from '@domains/evaluation';
import JSZip from 'jszip';
import type { TestApp } from '../support/app';
import type { TestCity } from '../support/people';
import { insertPolicy, insertVersion } from '../support/policies';
import { recordStatements } from '../support/statements';
import { Visitor } from '../support/visitor';
import { done, field, page, PagesOfCity } from './support/pages';


/** From the plan to the report, page by page; the worker's relay and schedule run, and nobody writes a query. */
describe('a survey of enterprises, in the browser', () => {
  let town: PagesOfCity;
  let server: TestApp;
  let city: TestCity;
  let home = '';
  let links: string[][] = [];

  beforeAll(async () => {
    town = await PagesOfCity.open();
    ({ server, city } = town);
    const { people, id } = city.departments[0];
    const place = { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId };
    const policyId = await insertPolicy(server.unitOfWork, place, { state: 'published', title: '技术改造扶持办法' });
    await insertVersion(server.unitOfWork, place, policyId, ['补助百分之十。', '提交六份材料。'], people.drafter.accountId);
    await server.unitOfWork.run(systemActor(city.id), async (tx) => {
      for (let at = 0; at < 44; at += 1) {
        await tx.query('INSERT INTO enterprise (city_id, id, credit_code, name, facts) VALUES ($1, $2, $3, $4, $5)',
          [city.id, newId(), `91999801MB${String(at).padStart(8, '0')}`, `企业${at + 1}`, JSON.stringify({ industry: at < 24 ? '软件' : '食品', employees: 50 })]);
      }
    });
    const evaluator = await town.as('evaluator');
    home = await done(evaluator.post('/console/evaluation-campaigns', { title: '2026年度评估', trigger: 'decision', reason: '常务会议决定。', periodFrom: '2026-01-01', periodTo: '2026-02-28', policyIds: policyId }));
  });
  afterAll(() => town.close());

  it('is planned: questions by the editor of questionnaires, strata, and what would be drawn', async () => {
    const evaluator = await town.as('evaluator');
    expect(await page(evaluator, home)).toContain(`${home}/survey`);
    expect(await page(evaluator, `${home}/survey`)).toContain('开展企业抽样调查');
    expect((await evaluator.post(`${home}/survey`, { title: ' ' })).statusCode).toBe(422);
    await done(evaluator.post(`${home}/survey`, { title: '技术改造政策企业问卷' }));
    const editor = `${home}/survey/questionnaire`;
    expect(await page(evaluator, editor)).not.toContain('态度题');
    const add = async (kind: string, content: Record<string, string | string[]>): Promise<void> => {
      const item = await done(evaluator.post(`${editor}/change`, { seen: field(await page(evaluator, editor), 'seen'), act: 'addQuestion', id: 's1', kind }));
      const html = await page(evaluator, item);
      await done(evaluator.post(item, { seen: field(html, 'seen'), required: 'on', ...content }));
    };
    await add('scale', { text: '政策对您的企业有多大帮助？', from: '1', to: '5', low: '没有帮助', high: '很有帮助' });
    await add('single', { text: '贵企业申报过吗？', choices: '申报过\n没有申报' });
    await add('text', { text: '还有什么建议？', max: '200', required: '' });
    await done(evaluator.post(`${editor}/settings`, { seen: field(await page(evaluator, editor), 'seen'), title: '技术改造政策企业问卷', intro: '约需两分钟。' }));
    expect(await page(evaluator, `${editor}/preview`)).toContain('约需两分钟。');

    const plan = { rowVersion: '1', frame: 'register', strataBy: ['industry'], allocation: 'proportional', size: '46', minimum: '2', minCell: '5', question: ['q1'], indicator: ['effective'] };
    const refusal = await evaluator.post(`${home}/survey/design`, { ...plan, minCell: '3', size: '0' });
    expect([refusal.statusCode, refusal.body.includes('只能调高'), refusal.body.includes('样本数应为')]).toEqual([422, true, true]);
    const rubbishes: Record<string, string | string[]>[] = [{ strataBy: ['name'] }, { frame: '__proto__' }, { question: ['q2'] }, { indicator: ['nothing'] }, { size: 'NaN' }, { allocation: '' }, { extra: '1' }];
    for (const rubbish of rubbishes) {
      expect([rubbish, (await evaluator.post(`${home}/survey/design`, { ...plan, ...rubbish })).statusCode]).toEqual([rubbish, 422]);
    }
    await done(evaluator.post(`${home}/survey/design`, plan));
    const html = await page(evaluator, `${home}/survey`);
    expect(html).toMatch(/抽样框共 46 家企业，将抽取 46 家/);
    expect(html).toMatch(/软件[\s\S]*?24[\s\S]*?食品[\s\S]*?20/);
    expect((await (await town.as('evaluator', 1)).get(`${home}/survey`)).statusCode).toBe(404);
    expect((await (await town.as('department_head')).post(`${home}/survey/draw`, { rowVersion: '2', closesOn: '2026-03-20' })).statusCode).toBe(403);
  });

  it('is drawn once, and its links lead enterprises in without signing in', async () => {
    const evaluator = await town.as('evaluator');
    const rowVersion = field(await page(evaluator, `${home}/survey`), 'rowVersion');
    expect((await evaluator.post(`${home}/survey/draw`, { rowVersion, closesOn: '2026-02-30' })).statusCode).toBe(422);
    const answers = await Promise.all([evaluator, await town.as('evaluator')].map((who) => who.post(`${home}/survey/draw`, { rowVersion, closesOn: '2026-03-20' })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
    await town.react();
    expect(await page(evaluator, `${home}/survey`)).toMatch(/抽取 46 家[\s\S]*已收到 0 份/);
    expect(JSON.parse((await evaluator.get(`${home}/survey/draw.json`)).body)).toMatchObject({ verified: true, strata: [{ frameSize: 24, sampleSize: 24, inclusionProbability: 1 }, { frameSize: 20 }, { frameSize: 2 }] });
    const list = await evaluator.post(`${home}/survey/links`, {});
    expect([list.statusCode, list.headers['cache-control']]).toEqual([201, 'private, no-store']);
    links = list.body.replace(/^\uFEFF/, '').trim().split('\r\n').slice(1).map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
    expect([links.length, links.filter(([, , reach]) => reach === '账号内已通知').length]).toEqual([46, 2]);
  });

  const pathOf = (link: string[] | undefined): string => new URL(link?.[3] ?? '').pathname;

  it('takes one answer a link, says what is wrong, and closes', async () => {
    const anybody = new Visitor(server.app);
    const path = pathOf(links[0]);
    const html = await page(anybody, path);
    expect(html).toContain('答卷上只有所在的层，没有企业名称');
    expect(html).not.toContain(links[0]?.[0] as string);
    const post = { _key: field(html, '_key'), _shown: field(html, '_shown'), a_q1: '4', a_q2: 'c1', a_q3: '' };
    const refusal = await anybody.post(path, { ...post, a_q2: '' });
    expect([refusal.statusCode, refusal.body.includes('第2题：请回答'), refusal.body.includes(post._key)]).toEqual([422, true, true]);
    expect((await anybody.post(path, { ...post, enterprise: 'x' })).statusCode).toBe(422);
    const both = await Promise.all([anybody.post(path, post), anybody.post(path, post)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await page(anybody, path)).toContain('已经收到您的答卷');
    expect((await anybody.post(path, { ...post, _key: newId() })).statusCode).toBe(409);
    for (const wrong of [`${path}x`, path.slice(0, -1), `/${city.id}/survey/${newId()}`, `/999802/survey/${path.split('/').at(-1)}`]) expect((await anybody.get(wrong)).statusCode).toBe(404);
    for (const [at, link] of links.slice(1, 40).entries()) {
      const own = pathOf(link);
      const key = field((await anybody.get(own)).body, '_key');
      // No text that could tell who wrote it, and six that are the same length.
      await done(anybody.post(own, { ...post, _key: key, a_q1: String(1 + (at % 5)), a_q2: at % 3 ? 'c1' : 'c2', a_q3: at < 6 ? `建议${at}` : '' }));
    }
  });

  it('is found by an enterprise in its own account', async () => {
    const [own] = city.enterprises;
    const enterprise = await town.login(own.login);
    expect(await page(enterprise, `/${city.id}/surveys`)).toContain('技术改造政策企业问卷');
    const enter = /action="([^"]*\/enter)"/.exec((await enterprise.get(`/${city.id}/surveys`)).body)?.[1] ?? '';
    expect(await page(enterprise, await done(enterprise.post(enter, {})))).toContain('约需两分钟。');
    expect((await (await town.login(city.resident.login)).post(enter, {})).statusCode).toBe(404);
  });

  it('closes on its day, shows weighted results without small cells, and goes into report, DOCX and PDF', async () => {
    const evaluator = await town.as('evaluator');
    server.clock.set('2026-03-21T08:00:00+08:00');
    expect((await evaluator.post(pathOf(links[41]), { _key: newId(), a_q1: '3', a_q2: 'c1' })).body).toContain('调查已经结束，不再接收答卷');
    await server.app.get(RunSurvey).runDue(city.id);
    const html = await page(evaluator, `${home}/survey`);
    expect(html).toMatch(/收到 40 份完整答卷/);
    expect(html).toContain('应答率 87.0%。');
    expect(html).toContain('interval-chart__reach');
    expect(html).toContain('建议3');
    expect(html).not.toMatch(/企业1\D/);
    const csv = (await evaluator.get(`${home}/survey/results.csv`)).body;
    expect(csv).toContain('"40","0.87"');
    const api = await server.app.inject({ url: `/api/v1${home.replace('/console', '')}/survey`, headers: { authorization: await bearer() } });
    const { results } = api.json<{ results: { questions: { cells: { count: number | null }[] }[] } }>();
    const counts = results.questions.flatMap(({ cells }) => cells.map(({ count }) => count));
    expect(counts.every((count) => count === null || count === 0 || count >= 5)).toBe(true);

    const anybody = new Visitor(server.app);
    const report = await reportOf(evaluator);
    expect(await page(evaluator, report)).toMatch(/企业抽样调查[\s\S]*企业一方：评分与抽样调查/);
    await done(evaluator.post(report, { process: '过程。', practice: '情况。', problems: '问题。', advice: '建议。', reason: '理由。', rowVersion: '1', conclusion: 'keep', nextReviewOn: '2028-03-01', clause: [''], proposal: [''], clauseReason: [''], action: 'submit' }));
    await done((await town.as('department_head')).post(`${report}/publish`, { edition: '1' }));
    const shown = `/${city.id}/evaluations/${report.split('/').at(-1)}`;
    expect(await page(anybody, shown)).toContain('应答率 87.0%。');
    const docx = await anybody.get(`${shown}/report.docx`);
    const xml = await (await JSZip.loadAsync(docx.rawPayload)).file('word/document.xml')!.async('string');
    for (const word of ['企业抽样调查', '应答率 87.0%', '政策对您的企业有多大帮助？', '企业一方：评分与抽样调查']) expect(xml).toContain(word);
    const pdf = await anybody.get(`${shown}/report.pdf`);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const log = recordStatements();
    await evaluator.get(`${home}/survey`);
    log.stop();
    expect(log.count - log.ofSessions * 3).toBeLessThanOrEqual(25);
  });

  /** Marks of one person for each side, and the close. */
  const reportOf = async (evaluator: Visitor): Promise<string> => {
    const people = { department: '甲局fund_manager', authority: '乙局legal_reviewer', enterprises: 'enterprise-2', public: 'resident-1', expert: 'expert-1' };
    for (const [side, name] of Object.entries(people)) {
      await done(evaluator.post(`${home}/assessors`, { side, accountId: field(await page(evaluator, `${home}/assessors?q=${encodeURIComponent(name)}`), 'accountId') }));
    }
    await done(evaluator.post(`${home}/start`, { closesOn: '2026-03-31' }));
    const marker = await town.login('enterprise-2');
    const sheet = /href="([^"]*\/assessments\/[^"]*\/[^"]*)"/.exec(await page(marker, `/${city.id}/assessments`))?.[1] ?? '';
    const keys = [...(await page(marker, sheet)).matchAll(/name="key" value="([^"]+)"/g)].map((match) => match[1] as string);
    await done(marker.post(sheet, { rowVersion: '0', basis: 'judgement', surveyTitle: '', surveyAsked: '', surveyAnswered: '', remark: '', key: keys, score: keys.map(() => '6'), note: keys.map(() => '看过'), action: 'submit' }));
    await done(evaluator.post(`${home}/close`, {}));
    return /(\/console\/evaluation-reports\/[0-9a-f-]{36})/.exec(await page(evaluator, home))?.[1] ?? '';
  };
  const bearer = async (): Promise<string> => {
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login: city.departments[0].people.evaluator.login, password: 'a password for tests' } });
    return `Bearer ${answer.json<{ accessToken: string }>().accessToken}`;
  };
});
