import { FIRST_TEXT, NOTE, TITLE } from '../support/matter';
import { type Story, taken } from '../support/story';

/** Proposed, approved by a second person, created from the plan, drafted from a file and by hand, and handed in. */
export async function planAndDraft(story: Story): Promise<void> {
  const { town, portal } = story;
  const drafter = await town.staff('drafter');
  await drafter.open('/console');
  await drafter.open('/console/plan');
  await drafter.submit('/console/plan', { title: TITLE, kind: 'make', year: '2026', reason: '现行办法六月到期，企业要求接续。' });
  taken(drafter, '等待');
  expect(drafter.page.html).not.toContain('value="approve"');

  const head = await town.staff('department_head');
  await head.open('/console/plan');
  await head.submit(/\/decision$/, { decision: 'approve', dueMonth: '2026-10' });
  taken(head, '已列入');
  await listInCityPlan(story);

  await drafter.open('/console/plan');
  await drafter.click('立项');
  await drafter.submit(/\/policy$/, {
    title: TITLE, kind: 'normative_document', affectsMarket: 'on', summary: '补助企业更新设备。', responsibleId: { label: '甲局department_head' }, topics: '工业、设备', audience: '工业企业',
  });
  taken(drafter, TITLE);
  story.policy = drafter.page.path;
  story.publicPolicy = `${portal}/policies/${story.policy.split('/').at(-1)}`;
  await drafter.submit('/start');
  taken(drafter);
  await drafter.submit('/import', { file: { filename: '草案.txt', data: Buffer.from(FIRST_TEXT) } });
  taken(drafter, '尚未保存');
  await drafter.submit('/edit', { action: 'save' });
  taken(drafter, '第一条');
  // The file filled the text field; the person changes a word there and adds the note.
  await drafter.submit('/edit', { text: FIRST_TEXT.replace('制定本办法', '结合本市实际，制定本办法'), draftingNote: NOTE, action: 'save' });
  taken(drafter, '结合本市实际');
  await drafter.submit('/edit', { action: 'submit' });
  taken(drafter, '第 1 稿');
  expect((await town.anonymous().open(story.publicPolicy)).status).toBe(404);
}

/** The city collects, proposes and approves its plan by two persons; until then nothing of the year may be drafted. */
async function listInCityPlan({ town, portal }: Story): Promise<void> {
  const collector = await town.staff('overseer');
  await collector.open('/console/city-plan');
  await collector.submit('/console/city-plan', { year: '2026' });
  taken(collector, TITLE);
  await collector.submit(/\/decision$/);
  taken(collector, '不能批准自己报批');
  expect((await town.anonymous().open(`${portal}/plan`)).text).toContain('没有已公布的计划');

  const approver = await town.staff('overseer', 1);
  await approver.open('/console/city-plan');
  await approver.click('2026年市级政策制定计划');
  await approver.submit(/\/decision$/);
  taken(approver, '现行第 1 版');
  expect((await town.anonymous().open(`${portal}/plan`)).text).toContain(TITLE);
}
