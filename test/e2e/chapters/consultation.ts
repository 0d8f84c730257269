import type { Seat } from '../support/browser';
import { FINAL_TEXT, TITLE } from '../support/matter';
import { fileMaterials } from './publication';
import { type Story, taken } from '../support/story';

/** The interpretation is planned, then the draft goes out for comment for thirty days. */
export async function openForComment(story: Story): Promise<void> {
  const { town, portal } = story;
  const drafter = await town.staff('drafter');
  await drafter.open(`${story.policy}/interpretation`);
  await drafter.submit('/plan', { audience: '全市工业企业', keyPoints: '谁能申请；补助多少；怎么申请。', channels: ['website', 'wechat'] });
  taken(drafter);
  await drafter.open(`${story.policy}/consultation`);
  await drafter.submit('/consultation', { purpose: '拟补助企业更新设备。单个项目最多六十万元。今年六月起施行。', lastDay: '2026-04-01' });
  taken(drafter, '征求中');
  const visitor = town.anonymous();
  await visitor.open(portal);
  await visitor.open(`${portal}/consultations`);
  await visitor.click(TITLE);
  taken(visitor, '还剩 30 天');
  story.consultation = visitor.page.path;
  expect(visitor.page.text).toContain('优化营商环境条例');
  expect((await town.anonymous().open(story.publicPolicy)).status).toBe(200);
}

/** An enterprise, a resident and somebody without a name each say something and get a receipt. */
export async function postOpinions(story: Story): Promise<void> {
  const { town, portal } = story;
  const [enterprise, resident, anonymous] = [await town.person('enterprise-1'), await town.person('resident-1'), town.anonymous()];
  const say = async (browser: Seat, filling: Record<string, string | { label: string }>): Promise<string> => {
    await browser.open(story.consultation);
    await browser.submit('/opinions', filling);
    taken(browser, '意见已收到');
    const code = /\/receipts\/([^?]+)/.exec(browser.page.path)?.[1] ?? '';
    expect(code).not.toBe('');
    return code;
  };
  story.receipts.enterprise = await say(enterprise, { clauseId: { label: '第四条' }, quote: '百分之十', stance: 'suggest', text: '更新设备投入大，建议提高到百分之十五。' });
  story.receipts.resident = await say(resident, { stance: 'support', text: '支持，希望尽快施行。' });
  story.receipts.anonymous = await say(anonymous, { stance: 'oppose', text: '企业的事企业自己管。', name: '一名市民' });
  const lookup = town.anonymous();
  await lookup.open(`${portal}/receipts`);
  await lookup.submit('/receipts', { code: decodeURIComponent(story.receipts.enterprise) });
  taken(lookup, '更新设备投入大');
  await lookup.open(`${portal}/receipts`);
  expect((await lookup.submit('/receipts', { code: 'AAAA-AAAA-AAAA-AAAA-AAAA' })).status).toBe(404);
  await town.work();
  const head = await town.staff('department_head');
  expect((await head.open('/console')).text).toContain('收到一条新意见');
}

/** The drafter answers the opinion with these words. */
export async function answerOne({ town, policy }: Story, words: string, filling: Record<string, string | { label: string }>): Promise<void> {
  const drafter = await town.staff('drafter');
  await drafter.open(`${policy}/consultation`);
  const found = new RegExp(`${words}[\\s\\S]*?href="([^"]*/opinions/[^"]+)"`).exec(drafter.page.html);
  await drafter.open(found?.[1] ?? '');
  await drafter.submit('/answer', filling);
  taken(drafter);
}

/** The window closes by itself; every opinion is answered. */
export async function answerAll(story: Story): Promise<void> {
  const { town } = story;
  town.at('2026-04-02T00:00:00+08:00');
  const late = town.anonymous();
  expect((await late.open(story.consultation)).text).toContain('不再接收新的意见');
  await town.work();
  await answerOne(story, '更新设备投入大', { disposition: 'adopted', reason: '采纳，提高到百分之十五。', adoptedIdentity: { label: '第四条' } });
  await answerOne(story, '希望尽快施行', { disposition: 'noted', reason: '感谢支持。' });
  await answerOne(story, '企业自己管', { disposition: 'not_adopted', reason: '更新设备有利于全市减排，仍予补助。' });
}

/** A second person approves the answers, and the result is published. */
export async function publishAnswers(story: Story): Promise<void> {
  const { town, portal } = story;
  const [drafter, head] = [await town.staff('drafter'), await town.staff('department_head')];
  await head.open(`${story.policy}/consultation?tab=answered`);
  const all = [...head.page.html.matchAll(/name="answerIds" value="([^"]+)"/g)].map((match) => match[1] ?? '');
  const [received] = await town.sql<{ count: number }>('SELECT count(*)::int AS count FROM opinion WHERE city_id = $1', [town.city.id]);
  expect(all).toHaveLength(received?.count ?? -1);
  await head.submit('/approve', { answerIds: all });
  taken(head);
  await drafter.open(`${story.policy}/consultation`);
  await drafter.submit('/result', { text: '共收到三条意见，采纳一条：第四条的比例提高到百分之十五。' });
  taken(drafter);
  await town.work();
  const reader = town.anonymous();
  await reader.open(`${story.consultation}/result`);
  taken(reader, '更新设备有利于全市减排');
  const enterprise = await town.person('enterprise-1');
  expect((await enterprise.open(`${portal}/receipts/${story.receipts.enterprise}`)).text).toContain('提高到百分之十五');
}

/** The clause that an opinion changed is changed, and the draft goes to review. */
export async function reviseAsPromised(story: Story): Promise<void> {
  const { town, portal } = story;
  town.at('2026-04-07T09:00:00+08:00');
  const drafter = await town.staff('drafter');
  await drafter.open(story.policy);
  await drafter.submit('/revision', { reviseReason: '落实采纳的意见' });
  await drafter.submit('/edit', { text: FINAL_TEXT, action: 'save' });
  await drafter.submit('/edit', { action: 'submit' });
  taken(drafter, '第 2 稿');
  await fileMaterials(story);
  await drafter.open(story.policy);
  await drafter.submit('/review');
  taken(drafter, '合法性审核');
  // What became of the opinion: the holder of the receipt sees the words that changed.
  const { html } = await town.anonymous().open(`${portal}/receipts/${story.receipts.enterprise}`);
  expect(html).toMatch(/<ins>[^<]*五[^<]*<\/ins>/);
}
