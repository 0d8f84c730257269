import JSZip from 'jszip';
import type { TestApp } from '../support/app';
import type { TestCity } from '../support/people';
import { insertPolicy, insertVersion } from '../support/policies';
import { Visitor } from '../support/visitor';
import { done, field, page, PagesOfCity } from './support/pages';
import { readyByPage } from './support/ready-abolition';

type Side = 'department' | 'authority' | 'enterprises' | 'public' | 'expert';

/** From a proposal to the consequence, page by page, as people take the way; the worker's relay carries the events and nobody writes a query. */
describe('an evaluation from its proposal to its consequence, in the browser', () => {
  let town: PagesOfCity;
  let server: TestApp;
  let city: TestCity;
  const ids: Record<'amend' | 'abolish', string> = { amend: '', abolish: '' };
  const outsiders = () => ({ department: town.as('fund_manager'), authority: town.as('legal_reviewer', 1), enterprises: town.login('enterprise-1'), public: town.login('resident-1'), expert: town.login('expert-1') });
  const found = (html: string, pattern: RegExp): string => pattern.exec(html)?.[1] ?? '';

  beforeAll(async () => {
    town = await PagesOfCity.open();
    ({ server, city } = town);
    const { people, id } = city.departments[0];
    const home = { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId };
    for (const [key, title] of [['amend', '技术改造扶持办法'], ['abolish', '夜间经济补贴办法']] as const) {
      ids[key] = await insertPolicy(server.unitOfWork, home, { state: 'published', title, effectiveTo: '2026-08-31' });
      await insertVersion(server.unitOfWork, home, ids[key], ['补助百分之十。', '提交六份材料。'], people.drafter.accountId);
    }
  });
  afterAll(() => town.close());

  /** Opens a campaign on one policy, has everybody mark it, closes it; answers the address of the report's page. */
  const campaign = async (key: 'amend' | 'abolish', marks: Record<Side, string>): Promise<string> => {
    const evaluator = await town.as('evaluator');
    const proposals = await page(evaluator, '/console/evaluation-campaigns');
    expect(proposals).toContain('有效期将满，届满前应当评估。');
    const form = found(proposals.replace(/&amp;/g, '&'), new RegExp(`(/console/evaluation-campaigns/new\\?policy=${ids[key]}&trigger=expiry)`));
    expect(await page(evaluator, form)).toMatch(new RegExp(`value="${ids[key]}" checked`));
    const opening = { title: '2026年度评估', trigger: 'expiry', reason: '有效期将满。', periodFrom: '2026-01-01', periodTo: '2026-02-28' };
    const refusal = await evaluator.post('/console/evaluation-campaigns', { ...opening, policyIds: [] });
    expect([refusal.statusCode, refusal.body.includes('有效期将满。')]).toEqual([422, true]);
    const home = await done(evaluator.post('/console/evaluation-campaigns', { ...opening, policyIds: ids[key] }));
    expect(await page(evaluator, home)).toContain('还没有人');
    for (const [side, visitor] of Object.entries(outsiders())) {
      const name = { department: '甲局fund_manager', authority: '乙局legal_reviewer', enterprises: 'enterprise-1', public: 'resident-1', expert: 'expert-1' }[side] ?? '';
      await visitor;
      const people = await page(evaluator, `${home}/assessors?q=${encodeURIComponent(name)}`);
      await done(evaluator.post(`${home}/assessors`, { side, accountId: field(people, 'accountId') }));
    }
    await done(evaluator.post(`${home}/start`, { closesOn: '2026-03-20' }));
    await town.react();
    for (const [side, visitor] of Object.entries(outsiders())) await mark(await visitor, home.split('/').at(-1) ?? '', ids[key], marks[side as Side]);
    await done(evaluator.post(`${home}/close`, {}));
    return found(await page(evaluator, home), /(\/console\/evaluation-reports\/[0-9a-f-]{36})/);
  };

  const mark = async (visitor: Visitor, campaignId: string, policyId: string, score: string): Promise<void> => {
    const path = `/${city.id}/assessments/${campaignId}/${policyId}`;
    expect(await page(visitor, `/${city.id}/assessments`)).toContain(path);
    const html = await page(visitor, path);
    const keys = [...html.matchAll(/name="key" value="([^"]+)"/g)].map((match) => match[1] as string);
    const sheet = { rowVersion: '0', basis: 'judgement', surveyTitle: '', surveyAsked: '', surveyAnswered: '', remark: '', key: keys, score: keys.map(() => score), note: keys.map(() => '看过办理情况') };
    const refusal = await visitor.post(path, { ...sheet, score: keys.map(() => '11'), action: 'submit' });
    expect([refusal.statusCode, refusal.body.includes('评分应为 0 至 10 的整数。'), refusal.body.includes('value="11"')]).toEqual([422, true, true]);
    await done(visitor.post(path, { ...sheet, action: 'save' }));
    await done(visitor.post(path, { ...sheet, rowVersion: '1', action: 'submit' }));
    expect(await page(visitor, path)).toContain('提交评分。');
  };

  const words = { process: '五方评分，系统取数。', practice: '申报踊跃。', problems: '材料偏多。', advice: '精简材料。', reason: '第二条要求的材料过多。', nextReviewOn: '' };

  it('takes an amendment from the proposal into next year\'s plan of the city, and follows it there', async () => {
    const desk = await campaign('amend', { department: '9', authority: '8', enterprises: '6', public: '5', expert: '7' });
    const [evaluator, head, anybody] = [await town.as('evaluator'), await town.as('department_head'), new Visitor(server.app)];
    const html = await page(evaluator, desk);
    // 90×20 + 80×20 + 60×30 + 50×15 + 70×15 over 100.
    expect(found(html, /(总分 = [^<]*)/)).toBe('总分 = (90.0×20 + 80.0×20 + 60.0×30 + 50.0×15 + 70.0×15) ÷ 100 = 70.0');
    const rows = { clause: ['', 'art_2', ''], proposal: ['', 'amend', ''], clauseReason: ['', '', ''] };
    const refusal = await evaluator.post(desk, { ...words, ...rows, rowVersion: '1', conclusion: 'amend', action: 'submit' });
    // The fault stands at the row that it was typed in.
    expect([refusal.statusCode, /id="e-clauseReason1"[\s\S]{0,300}请写明对这一条的理由/.test(refusal.body), refusal.body.includes('材料偏多。')]).toEqual([422, true, true]);
    await done(evaluator.post(desk, { ...words, ...rows, clauseReason: ['', '由六份减为三份。', ''], rowVersion: '1', conclusion: 'amend', action: 'submit' }));
    expect((await evaluator.post(`${desk}/publish`, { edition: '1' })).statusCode).toBe(403);
    const reportId = desk.split('/').at(-1) ?? '';
    expect((await anybody.get(`/${city.id}/evaluations/${reportId}`)).statusCode).toBe(404);
    expect((await anybody.get(`/${city.id}/evaluations/${reportId}/report.pdf`)).statusCode).toBe(404);
    expect(await page(head, desk)).toContain('签署并发布');
    await done(head.post(`${desk}/publish`, { edition: '1' }));
    expect((await head.post(`${desk}/publish`, { edition: '1' })).statusCode).toBe(409);
    await town.react();
    const shown = await page(anybody, `/${city.id}/evaluations/${reportId}`);
    expect(shown).toMatch(/建议修改[\s\S]*由六份减为三份。[\s\S]*修改项目已提出，等待部门负责人决定。/);
    expect(shown).toContain('<polygon class="radar__ring"');

    // The department's plan, by its page.
    const plan = await page(head, '/console/plan?year=2027');
    const itemId = found(plan, /\/console\/plan\/([0-9a-f-]{36})\/decision/);
    expect(plan).toContain('技术改造扶持办法');
    const overseer = await town.as('overseer');
    await page(overseer, '/console/city-plan');
    const cityPlan = await done(overseer.post('/console/city-plan', { year: '2027' }));
    await done(head.post(`/console/plan/${itemId}/decision`, { decision: 'approve', note: '', dueMonth: '2027-06' }));
    await town.react();
    expect(await page(overseer, '/console?scope=city')).toContain('修改项目等待列入全市计划');
    expect(await page(overseer, cityPlan)).toContain('技术改造扶持办法');
    await done(overseer.post(`${cityPlan}/decision`, { decision: 'propose', note: '' }));
    const second = await town.as('overseer', 1);
    await done(second.post(`${cityPlan}/decision`, { decision: 'approve', seen: field(await page(second, cityPlan), 'seen'), note: '' }));
    await town.react();
    expect(await page(anybody, `/${city.id}/plan?year=2027`)).toContain('技术改造扶持办法');
    expect(await page(anybody, `/${city.id}/evaluations/${reportId}`)).toMatch(/修改项目已列入全市计划。\s*（2027年度计划）/);
    // Not acted upon yet: on the city's desk, with the days.
    server.clock.set('2026-03-12T09:00:00+08:00');
    expect(await page(overseer, '/console?scope=city')).toContain('结论发布 10 天，已列入计划，还没有开始起草。');
  });

  it('gives the report as DOCX and PDF with the page\'s words', async () => {
    const anybody = new Visitor(server.app);
    const list = await page(anybody, `/${city.id}/evaluations`);
    const path = found(list, new RegExp(`(/${city.id}/evaluations/[0-9a-f-]{36})`));
    const docx = await anybody.get(`${path}/report.docx`);
    expect(docx.headers['content-type']).toContain('wordprocessingml');
    const xml = await (await JSZip.loadAsync(docx.rawPayload)).file('word/document.xml')!.async('string');
    for (const word of ['技术改造扶持办法', '建议修改', '由六份减为三份。', '材料偏多。', '70.0']) expect(xml).toContain(word);
    const pdf = await anybody.get(`${path}/report.pdf`);
    expect([pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    expect((await anybody.get(`/api/v1/cities/${city.id}/evaluations/${path.split('/').at(-1)}/campaign`)).json()).toMatchObject({ conclusion: 'amend', scores: { covered: 100 }, followUp: { stage: 'listed', planYear: 2027 } });
  });

  it('takes an abolition from the proposal to its decision and off the effective list', async () => {
    const desk = await campaign('abolish', { department: '4', authority: '3', enterprises: '2', public: '2', expert: '3' });
    const [evaluator, head, anybody] = [await town.as('evaluator'), await town.as('department_head'), new Visitor(server.app)];
    await done(evaluator.post(desk, { ...words, reason: '目的已由新政策实现。', rowVersion: '1', conclusion: 'abolish', action: 'submit' }));
    await page(head, desk);
    await done(head.post(`${desk}/return`, { edition: '1', returnReason: '请补充影响分析。' }));
    expect(await page(evaluator, desk)).toContain('请补充影响分析。');
    await done(evaluator.post(desk, { ...words, reason: '目的已由新政策实现，未办结的申请另行安排。', rowVersion: '3', conclusion: 'abolish', action: 'submit' }));
    expect((await head.post(`${desk}/publish`, { edition: '1' })).statusCode).toBe(409);
    await done(head.post(`${desk}/publish`, { edition: '2' }));
    await town.react();
    const abolition = `/console/policies/${ids.abolish}/abolition`;
    const caseId = found(await page(head, abolition), /abolition\/([0-9a-f-]{36})\/decide/);
    const overseer = await town.as('overseer');
    expect(await page(overseer, '/console?scope=city')).toContain('废止案等待部门负责人决定');
    await readyByPage({ drafter: await town.as('drafter'), reviewer: await town.as('legal_reviewer'), done }, abolition);
    await done(head.post(`${abolition}/${caseId}/decide`, { decision: 'abolish', reason: '目的已经实现', noticeText: '自2026年4月1日起废止。', effectOn: '2026-04-01' }));
    await town.react();
    const list = (on: string): string => `/${city.id}/effective?on=${on}`;
    expect(await page(anybody, list('2026-03-31'))).toContain('夜间经济补贴办法');
    expect(await page(anybody, list('2026-04-01'))).not.toContain('夜间经济补贴办法');
    expect(await page(head, abolition)).toContain('自2026年4月1日起废止。');
    expect(await page(anybody, `/${city.id}/evaluations/${desk.split('/').at(-1)}`)).toMatch(/已落实[\s\S]*政策已经废止。/);
    expect(await page(overseer, '/console?scope=city')).not.toContain('废止案等待部门负责人决定');
  });

  it('lets indicators be adapted by row, and keeps what was typed', async () => {
    const { people, id } = city.departments[0];
    const policyId = await insertPolicy(server.unitOfWork, { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId }, { state: 'published', title: '人才补贴办法' });
    const evaluator = await town.as('evaluator');
    const home = await done(evaluator.post('/console/evaluation-campaigns', { title: '人才政策评估', trigger: 'decision', reason: '常务会议决定。', periodFrom: '2026-01-01', periodTo: '2026-02-28', policyIds: policyId }));
    await page(evaluator, `${home}/indicators`);
    const sides = ['0:department', '0:expert', '2:department', '2:authority', '2:enterprises', '2:public', '2:expert'];
    const set = {
      rowVersion: '1', key: ['lawful', 'reasonable', ''], name: ['合法性', '', '带动就业'], question: ['与上位法是否一致？', '', '带动了多少就业？'], weight: ['40', '20', '50'], max: ['10', '10', '100'], sides,
      side_department: '20', side_authority: '20', side_enterprises: '30', side_public: '15', side_expert: '15',
    };
    const refusal = await evaluator.post(`${home}/indicators`, { ...set, weight: ['60', '20', 'x'] });
    expect([refusal.statusCode, /id="e-weight2"[\s\S]{0,300}权重应为 1 至 100 的整数/.test(refusal.body), refusal.body.includes('带动了多少就业？')]).toEqual([422, true, true]);
    expect((await evaluator.post(`${home}/indicators`, set)).body).toContain('现在是 90');
    await done(evaluator.post(`${home}/indicators`, { ...set, weight: ['50', '20', '50'] }));
    const html = await page(evaluator, home);
    expect([html.includes('带动就业'), html.includes('合理性')]).toEqual([true, false]);
    // Rubbish in every field is refused by name, and nothing breaks.
    for (const path of ['', '/indicators', '/assessors', '/start', '/cancel'].map((part) => (part ? `${home}${part}` : '/console/evaluation-campaigns'))) {
      const answer = await evaluator.post(path, { title: 'x'.repeat(5000), policyIds: ["'; --", '<script>'], side: 'me', accountId: '1', closesOn: '2026-02-30', cancelReason: '', rowVersion: '-1', key: ['__proto__'], max: 'NaN', unknown: '1' });
      expect([path, answer.statusCode]).toEqual([path, 422]);
    }
    expect((await (await town.as('evaluator', 1)).get(home)).statusCode).toBe(404);
    expect((await (await town.as('department_head')).post(`${home}/start`, { closesOn: '2026-03-31' })).statusCode).toBe(403);
  });
});
