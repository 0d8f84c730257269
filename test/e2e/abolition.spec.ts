import { CloseCall, CreateCall, CreateProgramme, OpenCall, SaveApplication, SubmitApplication } from '@domains/funding';
import { PublishPolicy } from '@core/policy';
import type { TestApp } from '../support/app';
import type { TestCity } from '../support/people';
import { insertApproval, insertPolicy, insertVersion } from '../support/policies';
import { samplePng } from '../support/sample-png';
import { Visitor } from '../support/visitor';
import { done, page, PagesOfCity } from './support/pages';
import { formOf, readyByPage, settleByPage } from './support/ready-abolition';

const DATA = { title: '示例智能产线改造', summary: '建设一条示例智能产线，提升效率并降低能耗，全部内容均为虚构。', amountFen: 50_000_000 };

/** From a report to the lapse and what is settled downstream, page by page and by the use cases behind them; the worker's relay carries the events and nobody writes a query. */
describe('an abolition from a report to the day on which it holds, in the browser', () => {
  let town: PagesOfCity;
  let server: TestApp;
  let city: TestCity;
  let [policyId, replacementId, programmeId, closing, running] = ['', '', '', '', ''];
  let [early, late] = ['', ''];
  const people = () => city.departments[0].people;
  const path = (): string => `/console/policies/${policyId}/abolition`;
  const call = async (title: string, opens: string, closes: string): Promise<string> => {
    const { id } = await server.app.get(CreateCall).run(people().fund_manager, programmeId, {
      title, guide: '', budgetFen: 100_000_000, perAwardMaxFen: 60_000_000, opensAt: new Date(opens), closesAt: new Date(closes), answerBy: '2026-12-31', conditions: [],
      criteria: [{ key: 'k1', label: '创新性', weight: 100 }], expertsNeeded: 3,
    });
    await server.app.get(OpenCall).run(people().fund_manager, id);
    return id;
  };
  const apply = async (callId: string, enterprise: 0 | 1): Promise<string> => {
    const { id } = await server.app.get(SaveApplication).run(city.enterprises[enterprise], callId, DATA);
    await server.app.get(SubmitApplication).run(city.enterprises[enterprise], id);
    return id;
  };

  beforeAll(async () => {
    town = await PagesOfCity.open();
    ({ server, city } = town);
    const home = { cityId: city.id, tenantId: city.departments[0].id, keeperId: people().drafter.accountId };
    policyId = await insertPolicy(server.unitOfWork, home, { state: 'approved', title: '技术改造扶持办法' });
    await insertVersion(server.unitOfWork, home, policyId, ['补助百分之十。', '分三步申报。'], people().drafter.accountId);
    await insertApproval(server.unitOfWork, home, policyId, people().department_head.accountId);
    replacementId = await insertPolicy(server.unitOfWork, home, { state: 'published', title: '制造业转型支持办法', effectiveFrom: '2026-06-15' });
  });
  afterAll(() => town.close());

  it('begins with a policy that is interpreted, under which calls run', async () => {
    const desk = `/console/policies/${policyId}/interpretation`;
    const [interpreter, head] = [await town.as('interpreter'), await town.as('department_head')];
    await page(interpreter, desk);
    await done(interpreter.post(`${desk}/plan`, { audience: '工业企业', keyPoints: '标准与步骤', channels: ['website'] }));
    await page(interpreter, `${desk}/new/text`);
    await done(interpreter.post(`${desk}/new/text`, { title: '文字解读', body: '企业可获补助。', clauses: 'a1' }));
    await done(interpreter.post(`${desk}/new/picture`, { title: '一图读懂', altText: '分三步：登记、提交、核验。', clauses: ['a1', 'a2'], picture: { filename: 'a.png', type: 'image/png', data: samplePng(64, 36) } }));
    const ids = [...(await page(head, desk)).matchAll(/interpretation\/materials\/([0-9a-f-]{36})\/approve/g)].map((match) => match[1] as string);
    for (const id of new Set(ids)) await done(head.post(`${desk}/materials/${id}/approve`, {}));
    await server.app.get(PublishPolicy).run(people().registrar, policyId, { effectiveFrom: '2026-03-10', effectiveTo: '2028-03-09' });
    server.clock.set('2026-06-01T09:00:00+08:00');
    programmeId = (await server.app.get(CreateProgramme).run(people().fund_manager, policyId, { title: '技术改造项目', clauseIdentity: 'a1' })).id;
    closing = await call('技术改造专项资金', '2026-06-01T09:00:00+08:00', '2026-09-30T18:00:00+08:00');
    early = await apply(closing, 0);
    late = (await server.app.get(SaveApplication).run(city.enterprises[1], closing, DATA)).id;
  });

  it('is opened by a report that says 建议废止', async () => {
    const desk = `/console/policies/${policyId}/evaluation`;
    const [evaluator, head, drafter] = [await town.as('evaluator'), await town.as('department_head'), await town.as('drafter')];
    await page(evaluator, desk);
    await done(evaluator.post(desk, { periodFrom: '2026-03-10', periodTo: '2026-05-31' }));
    const reportId = /evaluation\/([0-9a-f-]{36})"/.exec(await page(evaluator, desk))?.[1] as string;
    await done(evaluator.post(`${desk}/${reportId}`, {
      rowVersion: '1', departmentRating: '40', departmentEvidence: '申报三件', authorityRating: '35', authorityEvidence: '抽查', enterprisesRating: '20', enterprisesEvidence: '问卷', summary: '少有人申报。',
      conclusion: 'abolish', nextReviewOn: '', reason: '目标已由新政策覆盖。', action: 'submit',
    }));
    await page(head, desk);
    await done(head.post(`${desk}/${reportId}/publish`, {}));
    await town.react();
    const html = await page(drafter, path());
    expect(html).toMatch(/评估结论启动[\s\S]*查看评估报告/);
    expect(html).toMatch(/废止说明还没有填写|还没有通过合法性审核/);
    expect(html).toMatch(/涉及申请人<\/dt><dd>1 户[\s\S]*涉及资金<\/dt><dd>100万元/);
    for (const words of ['正在受理的资金申报', '技术改造专项资金', '已发布的政策解读', '一图读懂', '文字解读', '还没有说明是否征求过公众意见']) expect(html).toContain(words);
  });

  it('is refused while anything is left open, with a list and the articles', async () => {
    const head = await town.as('department_head');
    const caseId = /abolition\/([0-9a-f-]{36})\/decide/.exec(await page(head, path()))?.[1] as string;
    const decision = { decision: 'abolish', reason: '同意废止。', noticeText: '', effectOn: '2026-07-01' };
    const refusal = await head.post(`${path()}/${caseId}/decide`, decision);
    expect(refusal.statusCode).toBe(409);
    for (const words of ['技术改造专项资金', '《优化营商环境条例》第三十一条', '解读“一图读懂”还没有处理', '国办发〔2018〕115号', '《优化营商环境条例》第六十二条']) expect(refusal.body).toContain(words);
    // What was typed is there again.
    expect(refusal.body).toContain('同意废止。');

    const [drafter, reviewer, manager] = [await town.as('drafter'), await town.as('legal_reviewer'), await town.as('fund_manager')];
    const form = await formOf(drafter, path(), '/preparation');
    const empty = await drafter.post(form.action, { rowVersion: '1', opinions: '', opinionsGround: '', opinionsNote: '', consultationId: '', replacedBy: '', transition: '已受理的照旧办理', proposedEffectOn: '' });
    expect([empty.statusCode, empty.body.includes('请说明是否征求过意见。'), empty.body.includes('已受理的照旧办理')]).toEqual([422, true, true]);
    // The fund manager settles the calls and sees the rest without a form.
    const own = await page(manager, path());
    expect([own.includes('value="funding-call"'), own.includes('value="interpretation-material"')]).toEqual([true, false]);
    await readyByPage({ drafter, reviewer, done }, path(), { replacedBy: replacementId, opinionsGround: 'replaced', opinionsNote: '新办法起草时已一并征求意见。', proposedEffectOn: '2026-07-01' }, { 'funding-call': 'close' });
    expect(await page(drafter, path())).toMatch(/自废止之日起停止受理[\s\S]*按公告的过渡安排。/);

    // What comes after the settlement does not slip through.
    running = await call('设备更新专项资金', '2026-06-01T09:00:00+08:00', '2026-10-31T18:00:00+08:00');
    const second = await head.post(`${path()}/${caseId}/decide`, decision);
    expect([second.statusCode, second.body.includes('正在受理的资金申报“设备更新专项资金”还没有处理。'), second.body.includes('解读“一图读懂”还没有处理')]).toEqual([409, true, false]);
    await settleByPage({ drafter, done }, path(), { 'funding-call': 'run_off' });
    expect(await page(head, path())).toContain('现决定：《技术改造扶持办法》');
    expect((await drafter.post(`${path()}/${caseId}/decide`, decision)).statusCode).toBe(403);
    await done(head.post(`${path()}/${caseId}/decide`, decision));
    expect((await head.post(`${path()}/${caseId}/decide`, decision)).statusCode).toBe(409);
    await town.react();
  });

  it('is public as a numbered notice at once, and has not come about before its day', async () => {
    const [anybody, drafter] = [new Visitor(server.app), await town.as('drafter')];
    const list = await page(anybody, `/${city.id}/notices`);
    expect(list).toMatch(/关于废止《技术改造扶持办法》的公告[\s\S]*测甲公告〔2026〕1号[\s\S]*自2026年7月1日起废止[\s\S]*制造业转型支持办法/);
    const notice = new RegExp(`/${city.id}/notices/[0-9a-f-]{36}`).exec(list)?.[0] as string;
    expect(await page(anybody, notice)).toMatch(/现决定：《技术改造扶持办法》[\s\S]*自2026年7月1日起废止[\s\S]*自同日起，有关事项按照《制造业转型支持办法》[\s\S]*已经受理的申请按原政策办结[\s\S]*特此公告/);
    const pdf = await anybody.get(`${notice}/notice.pdf`);
    expect([pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    // Its number is given, so neither the city's desk nor the register misses one.
    expect(await page(await town.as('overseer'), '/console/city-desk/anomalies/ledger.numberGap')).not.toContain('公告');
    expect(await page(await town.as('overseer'), '/console/register')).not.toContain('公告');
    const feed = await anybody.get(`/${city.id}/notices.atom`);
    expect([feed.statusCode, feed.body.includes(notice), feed.body.includes('测甲公告〔2026〕1号')]).toEqual([200, true, true]);
    const api = (await anybody.get(`/api/v1/cities/${city.id}/notices`)).json<{ items: { id: string }[] }>();
    expect(api.items).toMatchObject([{ number: '测甲公告〔2026〕1号', effectOn: '2026-07-01', replacedBy: { id: replacementId } }]);
    expect((await anybody.get(`/api/v1/cities/${city.id}/notices/${api.items[0]?.id}`)).json()).toMatchObject({ policyId });
    const shown = await page(anybody, `/${city.id}/policies/${policyId}`);
    expect(shown).toContain(notice);
    expect(shown).toContain(`/${city.id}/policies/${replacementId}`);
    expect(await page(anybody, `/${city.id}/policies/${policyId}/interpretation`)).toContain('本解读届时同时失效');
    expect(await page(anybody, `/${city.id}/calls/${closing}`)).toMatch(/因政策废止，受理提前到[^<]*7月1日/);
    expect(await page(anybody, `/${city.id}/calls/${running}`)).not.toContain('因政策废止');
    expect(await page(anybody, `/${city.id}/effective?on=2026-06-30`)).toMatch(/技术改造扶持办法[\s\S]*2026年7月1日起废止或被替代[\s\S]*替代文件/);
    expect((await anybody.get(`/api/v1/cities/${city.id}/effective?on=2026-06-30&format=json`)).json<{ items: object[] }>().items).toContainEqual(
      expect.objectContaining({ id: policyId, replacedBy: expect.objectContaining({ id: replacementId }), endedOn: '2026-07-01' }));
    // In the console it will end, and has not ended.
    for (const place of [`/console/policies/${policyId}`, '/console/policies', '/console/ledger', `/console/policies/${policyId}/validity`]) expect([place, (await page(drafter, place)).includes('将于2026年7月1日废止')]).toEqual([place, true]);
    expect((await page(drafter, '/console/policies')).match(/已废止/g)?.length ?? 0).toBe(1);
    expect(await page(drafter, `/console/policies/${policyId}`)).toContain(`/console/policies/${replacementId}`);
  });

  it('holds on its day, with everything downstream as it was settled', async () => {
    const anybody = new Visitor(server.app);
    server.clock.set('2026-06-30T23:59:59+08:00');
    expect(await page(anybody, `/${city.id}/effective`)).toContain('技术改造扶持办法');
    server.clock.set('2026-07-01T00:00:00+08:00');
    expect(await page(anybody, `/${city.id}/effective`)).not.toContain('技术改造扶持办法');
    await expect(server.app.get(SubmitApplication).run(city.enterprises[1], late)).rejects.toMatchObject({ key: 'funding:error.notTaking' });
    expect(await server.app.get(CloseCall).runDue(city.id)).toBe(1);
    expect(await page(anybody, `/${city.id}/calls/${closing}`)).toContain('受理已结束');
    await apply(running, 1);
    // Who applied in time is worked on.
    const manager = await town.as('fund_manager');
    await page(manager, `/console/calls/${closing}/applications/${early}`);
    await done(manager.post(`/console/calls/${closing}/applications/${early}/check`, { outcome: 'accepted', findings: '材料齐全。' }));
    expect(await page(anybody, `/${city.id}/policies/${policyId}/interpretation`)).toMatch(/本解读同时失效[\s\S]*失效/);
    expect((await anybody.get(`/api/v1/cities/${city.id}/policies/${policyId}/interpretations`)).json<{ items: object[] }>().items).toContainEqual(expect.objectContaining({ endsOn: '2026-07-01' }));
    expect(await page(anybody, `/${city.id}/policies/${policyId}`)).toContain('废止');
    const drafter = await new Visitor(server.app).signIn(city.id, people().drafter.login);
    expect(await page(drafter, '/console/policies')).not.toContain('将于2026年7月1日废止');
    await expect(call('不该再有的申报', '2026-07-02T09:00:00+08:00', '2026-10-31T18:00:00+08:00')).rejects.toMatchObject({ key: 'funding:error.policyNotPublished' });
  });
});
