import { answerAll, openForComment, postOpinions, publishAnswers, reviseAsPromised } from './chapters/consultation';
import { planAndDraft } from './chapters/drafting';
import { applyForMoney, award, decideAndGiveNotice, drawAndScore, hearObjection } from './chapters/funding';
import { approve, publishWithInterpretation, reviewAndDeliberate, writeInterpretation } from './chapters/publication';
import type { Browser } from './support/browser';
import { refusalOf } from './support/html-form';
import { Story, taken } from './support/story';
import { overHttp, Town } from './support/town';

let town: Town<Browser>;
let story: Story;

beforeAll(async () => {
  town = await Town.open('2026-03-02T09:00:00+08:00', overHttp);
  story = new Story(town);
  // The drafter may do everything else too; that it is their own draft must hold them back, and not a missing role.
  await town.grant('drafter', ['legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'department_head', 'evaluator']);
  await town.grant('fund_manager', ['department_head']);
  await town.grant('department_head', ['finance_officer', 'evaluator']);
});
afterAll(() => town?.close());

const idOf = (path: string): string => path.split('/').at(-1) ?? '';

/** What was not refused as it should be: all of a chapter are told at once. */
const faults: string[] = [];

function judge(what: string, got: number, said: string, status: number, words: string[]): void {
  const missing = words.filter((word) => !said.includes(word));
  if (got !== status || missing.length > 0) faults.push(`${what}: ${got} for ${status}, without ${missing.join(', ') || 'nothing'}; it says ${said.slice(0, 900)}`);
}

/** Sends what no page offers, and expects this status and these words (an article, as a rule) on the page that comes back. */
async function refused(browser: Browser, page: string, action: string, fields: Record<string, string>, status: number, ...words: string[]): Promise<void> {
  await browser.open(page);
  const answer = await browser.force(action, fields);
  judge(`${browser.who} ${action}`, answer.status, refusalOf(answer.html), status, words);
}

/** The same at the API. */
async function refusedByApi(browser: Browser, method: 'post' | 'put', path: string, body: object, status: number, ...words: string[]): Promise<void> {
  await browser.open(`${story.portal}`);
  const answer = await browser.api(method, path, body);
  judge(`${browser.who} /api/v1${path}`, answer.status, answer.body, status, words);
}

let broken = false;

function chapter(name: string, tell: () => Promise<void>): void {
  it(name, async () => {
    if (broken) throw new Error('an earlier chapter failed');
    broken = true;
    await tell();
    broken = false;
    expect(faults.splice(0)).toEqual([]);
  });
}

describe('what the law forbids is refused with its article, on the page and at the API', () => {
  chapter('a plan item approved by who proposed it', async () => {
    await planAndDraft(story);
    const drafter = await town.staff('drafter');
    await drafter.open('/console/plan');
    await drafter.submit('/console/plan', { title: '自提自批', kind: 'make', year: '2026', reason: '图快' });
    const [own] = await town.sql<{ id: string }>("SELECT id FROM plan_item WHERE city_id = $1 AND title = '自提自批'", [town.city.id]);
    await refused(drafter, '/console/plan', `/console/plan/${own?.id}/decision`, { decision: 'approve' }, 403, '须由另一人决定');
    await refusedByApi(drafter, 'post', `/plan-items/${own?.id}/decision`, { decision: 'approve' }, 403, '须由另一人决定');
  });

  chapter('a draft that skips the consultation, or goes out without an interpretation plan', async () => {
    const [drafter, registrar] = [await town.staff('drafter'), await town.staff('registrar')];
    await refused(drafter, story.policy, `${story.policy}/review`, {}, 409, '优化营商环境条例', '国办发〔2016〕80号');
    await refusedByApi(drafter, 'post', `/policies/${idOf(story.policy)}/review`, {}, 409, '优化营商环境条例');
    await refused(drafter, `${story.policy}/consultation`, `${story.policy}/consultation`, { purpose: '拟补助。', lastDay: '2026-04-01' }, 409, '国办发〔2016〕80号');
    await refused(registrar, `${story.policy}/dockets`, `${story.policy}/publication`, { effectiveFrom: '2026-05-01' }, 409, '国办发〔2018〕37号');
    await refusedByApi(registrar, 'post', `/policies/${idOf(story.policy)}/publication`, { effectiveFrom: '2026-05-01' }, 409, '国办发〔2018〕37号');
  });

  chapter('a consultation shorter than the law, closed or changed before its time, or answered late', async () => {
    const drafter = await town.staff('drafter');
    await drafter.open(`${story.policy}/interpretation`);
    await drafter.submit('/plan', { audience: '企业', keyPoints: '谁能申请', channels: ['website'] });
    await refused(drafter, `${story.policy}/consultation`, `${story.policy}/consultation`, { purpose: '拟补助。', lastDay: '2026-03-31' }, 422, '优化营商环境条例', '2026年4月1日');
    await openForComment(story);
    const [consultation] = await town.sql<{ id: string }>('SELECT id FROM consultation WHERE city_id = $1', [town.city.id]);
    await refused(drafter, `${story.policy}/consultation`, `${story.policy}/consultation/${consultation?.id}/close`, {}, 409, '期限未到');
    await refused(drafter, story.policy, `${story.policy}/revision`, { reviseReason: '想改' }, 409, '优化营商环境条例');
    const head = await town.staff('department_head');
    await refused(head, `${story.policy}/consultation`, `${story.consultation}/opinions`, { stance: 'support', text: '好', _key: crypto.randomUUID() }, 403, '以部门身份登录');
    await postOpinions(story);
    town.at('2026-04-02T00:00:00+08:00');
    const late = town.anonymous();
    await refused(late, `${story.portal}/receipts`, `${story.consultation}/opinions`, { stance: 'support', text: '晚了一秒', _key: crypto.randomUUID() }, 409, '没有收下');
  });

  chapter('a result or a review with an opinion that nobody answered, or that was answered by one person alone', async () => {
    await town.work();
    const drafter = await town.staff('drafter');
    const [consultation] = await town.sql<{ id: string }>('SELECT id FROM consultation WHERE city_id = $1', [town.city.id]);
    const desk = `${story.policy}/consultation`;
    await refused(drafter, desk, `${desk}/${consultation?.id}/result`, { text: '没有意见。' }, 409, '优化营商环境条例', '还有 3 条意见');
    await refused(drafter, story.policy, `${story.policy}/review`, {}, 409, '优化营商环境条例', '还有 3 条意见');
    await refusedByApi(drafter, 'post', `/policies/${idOf(story.policy)}/review`, {}, 409, '优化营商环境条例');
    await answerAll(story);
    const [answer] = await town.sql<{ id: string }>('SELECT id FROM opinion_answer WHERE city_id = $1', [town.city.id]);
    await refused(drafter, `${desk}?tab=answered`, `${desk}/${consultation?.id}/approve`, { answerIds: answer?.id ?? '' }, 403, '须由另一人审核');
    await publishAnswers(story);
    await refused(drafter, story.policy, `${story.policy}/review`, {}, 409, '所指条文没有修改', '优化营商环境条例');
  });

  chapter('a review of one’s own draft, a meeting before the reviews, an approval before the meeting', async () => {
    await reviseAsPromised(story);
    const [drafter, head] = [await town.staff('drafter'), await town.staff('department_head')];
    const [docket] = await town.sql<{ id: string }>("SELECT id FROM docket WHERE city_id = $1 AND kind = 'legality' AND outcome IS NULL", [town.city.id]);
    const page = `${story.policy}/dockets/${docket?.id}`;
    await refused(drafter, page, page, { conclusion: 'lawful', opinion: '自己审自己' }, 403, '国办发〔2018〕115号');
    await refusedByApi(drafter, 'post', `/policies/${idOf(story.policy)}/dockets/${docket?.id}`, { conclusion: 'lawful', opinion: '自己审自己' }, 403, '国办发〔2018〕115号');
    await refused(drafter, story.policy, `${story.policy}/deliberation`, {}, 409, '国办发〔2018〕115号', '公平竞争审查条例');
    await refusedByApi(drafter, 'post', `/policies/${idOf(story.policy)}/deliberation`, {}, 409, '国办发〔2018〕115号');
    await refused(head, `${story.policy}/dockets`, `${story.policy}/approval`, { statement: '先批了' }, 409, '国办发〔2018〕37号');
    await reviewAndDeliberate(story);
    await refused(drafter, `${story.policy}/dockets`, `${story.policy}/approval`, { statement: '自己批' }, 403, '国办发〔2018〕37号');
    await refusedByApi(drafter, 'post', `/policies/${idOf(story.policy)}/approval`, { statement: '自己批' }, 403, '国办发〔2018〕37号');
    const registrar = await town.staff('registrar');
    await refused(registrar, `${story.policy}/dockets`, `${story.policy}/publication`, { effectiveFrom: '2026-05-01' }, 409, '国办发〔2018〕37号');
  });

  chapter('a publication without interpretation, or with one that its author approved', async () => {
    await approve(story);
    const [registrar, interpreter] = [await town.staff('registrar'), await town.staff('interpreter')];
    await refused(registrar, `${story.policy}/dockets`, `${story.policy}/publication`, { effectiveFrom: '2026-05-01' }, 409, '国办发〔2016〕80号');
    await refusedByApi(registrar, 'post', `/policies/${idOf(story.policy)}/publication`, { effectiveFrom: '2026-05-01' }, 409, '国办发〔2016〕80号');
    await writeInterpretation(story);
    const [material] = await town.sql<{ id: string }>("SELECT id FROM interpretation_material WHERE city_id = $1 AND kind = 'text'", [town.city.id]);
    await refused(interpreter, `${story.policy}/interpretation`, `${story.policy}/interpretation/materials/${material?.id}/approve`, {}, 403, '另一人');
    await publishWithInterpretation(story);
  });

  chapter('an application after the hour, a draw whose seed is known, a decision by who checked', async () => {
    await applyForMoney(story);
    const [manager, enterprise] = [await town.staff('fund_manager'), await town.person('enterprise-1')];
    town.at('2026-05-26T18:00:00+08:00');
    await refused(enterprise, `${story.call}`, `${story.call}/apply`, { title: '迟到的项目', summary: '迟到的项目，内容纯属虚构，只为测试。', amountYuan: '1000', action: 'submit' }, 409);
    await town.work();
    await refused(manager, story.desk, `${story.desk}/draw`, { seedSource: '示例彩票第2026061期', seedAvailableAt: '2026-05-26T18:30' }, 422, '中财工〔2021〕11号');
    await refused(manager, story.desk, `${story.desk}/reviews`, {}, 409, '中财工〔2021〕11号');
    await drawAndScore(story);
    await refused(manager, story.desk, `${story.desk}/seed`, { seed: '1 2 3' }, 409, '中财工〔2021〕11号');
    const ids = await town.sql<{ id: string }>("SELECT id FROM fund_application WHERE city_id = $1 AND state = 'accepted' ORDER BY id LIMIT 1", [town.city.id]);
    await refused(manager, story.desk, `${story.desk}/decision`, { applicationId: ids[0]?.id ?? '', amountYuan: '1', reason: '自查自定' }, 403, '不相容岗位相互分离');
  });

  chapter('an award before the notice has run or an objection is answered, a payment by who decided or twice', async () => {
    await decideAndGiveNotice(story);
    const [head, finance] = [await town.staff('department_head'), await town.staff('finance_officer')];
    await refused(head, story.desk, `${story.desk}/awards`, {}, 409, '政府采购法实施条例');
    const resident = await town.person('resident-1');
    await resident.open(`${story.call}/notice`);
    await resident.submit('/objections', { text: '申报指南里的评审标准写得不清楚，请说明。' });
    taken(resident);
    town.at('2026-06-11T09:00:00+08:00');
    await refused(head, story.desk, `${story.desk}/awards`, {}, 409, '政府采购法实施条例');
    await refused(resident, `${story.call}/notice`, `${story.call}/objections`, { decisionId: '', text: '公示已经结束，这条异议晚了一天。' }, 409);
    town.at('2026-06-10T23:00:00+08:00');
    const manager = await town.staff('fund_manager');
    await manager.open(story.desk);
    await manager.submit(/\/objections\//, { upheld: 'no', answer: '标准见申报指南。' });
    await hearObjection(story);
    await award(story);
    const [given] = await town.sql<{ id: string }>('SELECT id FROM fund_award WHERE city_id = $1 ORDER BY id LIMIT 1', [town.city.id]);
    const payment = { awardId: given?.id ?? '', instalment: '1', amountYuan: '100', voucher: '付字001号' };
    await refused(head, story.desk, `${story.desk}/payments`, payment, 403, '不相容岗位相互分离');
    await refusedByApi(head, 'post', `/awards/${given?.id}/payments`, { instalment: 1, amountFen: 10_000, voucher: '付字001号' }, 403, '不相容岗位相互分离');
    await finance.open(story.desk);
    await finance.force(`${story.desk}/payments`, payment);
    await refused(finance, story.desk, `${story.desk}/payments`, payment, 409, '已经');
    await refusedByApi(finance, 'post', `/awards/${given?.id}/payments`, { instalment: 1, amountFen: 10_000, voucher: '付字001号' }, 409);
  });

  chapter('an evaluation by who drafted, a report published by its author, an end while money is owed', async () => {
    const [drafter, evaluator, head] = [await town.staff('drafter'), await town.staff('evaluator'), await town.staff('department_head')];
    const desk = `${story.policy}/evaluation`;
    await refused(drafter, desk, desk, { periodFrom: '2026-05-01', periodTo: '2026-06-01' }, 403, '《重大行政决策程序暂行条例》第三十六条');
    await evaluator.open(desk);
    expect(evaluator.page.status).toBe(200);
    await drafter.open(`${story.policy}/abolition`);
    await drafter.submit('/abolition', { openReason: '目标已实现。' });
    const [matter] = await town.sql<{ id: string }>('SELECT id FROM abolition_case WHERE city_id = $1', [town.city.id]);
    const decision = { decision: 'abolish', reason: '同意', effectOn: '2026-07-01', noticeText: '自七月一日起废止。' };
    await refused(drafter, `${story.policy}/abolition`, `${story.policy}/abolition/${matter?.id}/decide`, decision, 403);
    await refused(head, `${story.policy}/abolition`, `${story.policy}/abolition/${matter?.id}/decide`, decision, 409, '资金');
  });
});
