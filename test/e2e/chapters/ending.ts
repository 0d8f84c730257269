import { TITLE } from '../support/matter';
import { type Story, taken } from '../support/story';

/** A report with the conclusion to abolish is published; its event opens the case. */
export async function evaluate(story: Story): Promise<void> {
  const { town, portal } = story;
  town.at('2026-12-01T09:00:00+08:00');
  const [evaluator, head, drafter] = [await town.staff('evaluator'), await town.staff('department_head'), await town.staff('drafter')];
  await evaluator.open(`${story.policy}/evaluation`);
  await evaluator.submit('/evaluation', { periodFrom: '2026-05-01', periodTo: '2026-11-30' });
  taken(evaluator);
  await evaluator.submit(/\/evaluation\/[^/]+$/, {
    departmentRating: '60', departmentEvidence: '两家企业获补助。', authorityRating: '55', authorityEvidence: '资金拉动有限。', enterprisesRating: '50', enterprisesEvidence: '座谈企业认为手续偏多。',
    summary: '设备更新已基本完成，继续实施的必要性不足。', conclusion: 'abolish', reason: '政策目标已经实现。', action: 'submit',
  });
  taken(evaluator);
  await head.open(`${story.policy}/evaluation`);
  await head.submit('/publish');
  taken(head);
  const reader = town.anonymous();
  await reader.open(`${portal}/evaluations`);
  await reader.click(TITLE);
  taken(reader, '政策目标已经实现');
  await drafter.open(`${story.policy}/abolition`);
  expect(drafter.page.text).not.toContain('待决定');
  await town.work();
  await town.work();
  await drafter.open(`${story.policy}/abolition`);
  taken(drafter);
  const cases = await town.sql<{ count: number }>('SELECT count(*)::int AS count FROM abolition_case WHERE city_id = $1', [town.city.id]);
  expect(cases).toEqual([{ count: 1 }]);
}

/** The case is decided; the policy leaves the effective list on its day and stays in the ledger. */
export async function abolish(story: Story): Promise<void> {
  const { town, portal } = story;
  const [head, drafter, reviewer] = [await town.staff('department_head'), await town.staff('drafter'), await town.staff('legal_reviewer')];
  await drafter.open(`${story.policy}/abolition`);
  await drafter.submit('/preparation', { opinions: 'not_asked', opinionsGround: 'fulfilled', opinionsNote: '资金已全部拨付，没有未办结的事项。', transition: '已受理的申请继续办理。', proposedEffectOn: '2026-12-10' });
  taken(drafter);
  // The money is paid out, so the interpretations are all that hangs on it.
  await drafter.submit('/settlements', { settleReason: '随政策同时失效。' });
  taken(drafter);
  await reviewer.open(`${story.policy}/abolition`);
  await reviewer.submit('/review', { outcome: 'passed', reviewOpinion: '程序合法。' });
  taken(reviewer);
  await head.open(`${story.policy}/abolition`);
  await head.submit('/decide', { decision: 'abolish', reason: '评估建议废止。', effectOn: '2026-12-10', noticeText: '自2026年12月10日起废止，已受理的申请继续办理。' });
  taken(head);
  await town.work();
  const reader = town.anonymous();
  expect((await reader.open(`${portal}/effective?on=2026-12-09`)).text).toContain(TITLE);
  expect((await reader.open(`${portal}/effective?on=2026-12-10`)).text).not.toContain(TITLE);
  town.at('2026-12-10T09:00:00+08:00');
  await town.work();
  expect((await reader.open(`${portal}/effective`)).text).not.toContain(TITLE);
  expect((await reader.open(story.publicPolicy)).text).toContain('废止');
  expect((await reader.open(`${portal}/notices`)).text).toContain(`关于废止《${TITLE}》的公告`);
  await reader.click(`关于废止《${TITLE}》的公告`);
  taken(reader, '已受理的申请继续办理');
  expect((await reader.open(`${story.publicPolicy}/interpretation`)).text).toContain('本解读同时失效');

  const ledger = await town.staff('overseer');
  await ledger.open('/console/ledger');
  await ledger.click(TITLE);
  taken(ledger);
  const steps = [...ledger.page.html.matchAll(/<p><a href="[^"]+">([^<]+)<\/a> <span class="ledger-life__who">/g)].map((match) => match[1]);
  expect(steps).toEqual([
    '列入计划', '启动起草', '提交文稿', '公开征求意见', '征求意见截止', '公布意见处理结果', '退回修改', '提交文稿', '送审', '签署审查意见', '签署审查意见', '提请集体审议', '签署审查意见', '批准',
    '编号、登记、公布', '同步发布解读', '开放资金申报', '确定资助对象', '公布评估报告', '启动废止程序', '废止',
  ]);
}
