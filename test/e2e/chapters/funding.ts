import { type Story, taken } from '../support/story';

/** A programme and a call; two enterprises apply, the completeness of both is checked. */
export async function applyForMoney(story: Story): Promise<void> {
  const { town, portal } = story;
  town.at('2026-05-06T09:00:00+08:00');
  const manager = await town.staff('fund_manager');
  await manager.open(`${story.policy}/funding`);
  await manager.submit('/programmes', { title: '设备更新补助', clauseIdentity: { label: '第四条' } });
  taken(manager);
  const form = /href="([^"]*\/programmes\/[^"]+\/call)"/.exec(manager.page.html)?.[1] ?? '';
  await manager.open(form);
  await manager.submit('/call', {
    title: '2026年第一批设备更新补助', guide: '营业执照、设备发票。', budgetYuan: '1000000', perAwardMaxYuan: '600000', opensAt: '2026-05-06T09:00', closesAt: '2026-05-26T18:00',
    answerBy: '2026-07-31', conditions: '', criteria: '创新性 40\n可行性 60', expertsNeeded: '3', divergenceThreshold: '20', noticeWorkingDays: '7',
  });
  taken(manager, '2026年第一批');
  const desk = manager.page.path;
  story.call = `${portal}/calls/${desk.split('/').at(-1)}`;
  await manager.submit('/open');
  taken(manager);

  for (const [login, title, amount] of [['enterprise-1', '智能产线改造', '500000'], ['enterprise-2', '节能窑炉更新', '450000.50']] as const) {
    const enterprise = await town.person(login);
    await enterprise.open(`${portal}/funds`);
    await enterprise.click('2026年第一批设备更新补助');
    taken(enterprise);
    await enterprise.open(`${story.call}/apply`);
    await enterprise.submit('/apply', { title, summary: '', amountYuan: '', action: 'save' });
    taken(enterprise);
    await enterprise.submit('/apply', { summary: `${title}：更换三台老旧设备，预计年节能百分之二十，内容纯属虚构。`, amountYuan: amount, action: 'submit' });
    taken(enterprise, title);
    expect((await enterprise.open(`${portal}/my/applications`)).text).toContain(title);
  }
  for (const title of ['智能产线改造', '节能窑炉更新']) {
    await manager.open(desk);
    await manager.click(title);
    await manager.submit('/check', { outcome: 'accepted', findings: '材料齐全，符合条件。' });
    taken(manager);
  }
}

/** Experts are drawn from a committed pool, declare, and score without knowing whose it is. */
export async function drawAndScore(story: Story): Promise<void> {
  const { town } = story;
  town.at('2026-05-26T18:00:00+08:00');
  await town.work();
  const manager = await town.staff('fund_manager');
  const { desk } = story;
  await manager.open(desk);
  await manager.submit('/draw', { seedSource: '示例彩票第2026061期开奖号码', seedAvailableAt: '2026-05-28T21:15' });
  taken(manager);
  const reader = town.anonymous();
  await reader.open(`${story.call}/draw`);
  taken(reader, '示例彩票第2026061期');
  town.at('2026-05-28T21:30:00+08:00');
  await manager.open(desk);
  await manager.submit('/seed', { seed: '3 11 19 22 28 31 / 7' });
  taken(manager);
  await manager.submit('/reviews');
  taken(manager);
  await reader.open(`${story.call}/draw`);
  expect(reader.page.html).toContain('notice--success');

  for (let n = 1; n <= town.city.experts.length; n += 1) {
    const expert = await town.person(`expert-${n}`);
    await expert.open('/console/reviews');
    const matters = [...new Set([...expert.page.html.matchAll(/href="(\/console\/reviews\/[0-9a-f-]{36})"/g)].map((match) => match[1] ?? ''))];
    for (const matter of matters) {
      await expert.open(matter);
      expect(expert.page.text).not.toContain('enterprise-');
      await expert.submit('/declaration', { conflict: 'no' });
      taken(expert);
      await expert.submit('/score', { score: ['80', String(80 + n)], comment: '方案可行，目标清楚。' });
      taken(expert);
    }
    // The first expert works for the first enterprise and stands aside.
    if (n === 1) expect(matters).toEqual([]);
  }
}

/** The head decides what the manager checked, and the public notice begins. */
export async function decideAndGiveNotice({ town, desk }: Story): Promise<void> {
  town.at('2026-06-01T10:00:00+08:00');
  const [manager, head] = [await town.staff('fund_manager'), await town.staff('department_head')];
  await head.open(desk);
  await head.submit('/decision', { amountYuan: ['500000', '450000.50'], reason: ['评审得分高。', '节能效果明显。'] });
  taken(head);
  await manager.open(desk);
  await manager.submit('/notice');
  taken(manager);
  await town.work();
}

/** A resident objects during the notice; until that is answered nothing is awarded. */
export async function hearObjection({ town, call, desk }: Story): Promise<void> {
  const [manager, head, resident] = [await town.staff('fund_manager'), await town.staff('department_head'), await town.person('resident-1')];
  await resident.open(`${call}/notice`);
  await resident.submit('/objections', { decisionId: { label: '节能窑炉更新' }, text: '该企业去年的项目还没有验收。' });
  taken(resident);
  town.at('2026-06-11T09:00:00+08:00');
  await head.open(desk);
  expect(head.page.html).not.toContain(`${desk}/awards`);
  await manager.open(desk);
  await manager.submit(/\/objections\//, { upheld: 'no', answer: '经核实，去年的项目已于四月验收。' });
  taken(manager);
}

/** What stood in the notice becomes awards. */
export async function award({ town, desk }: Story): Promise<void> {
  const head = await town.staff('department_head');
  await head.open(desk);
  await head.submit('/awards');
  taken(head);
}

/** Each award is paid by the finance officer, once. */
export async function pay({ town, portal, desk }: Story): Promise<void> {
  const finance = await town.staff('finance_officer');
  for (const voucher of ['付字001号', '付字002号']) {
    await finance.open(desk);
    await finance.submit('/payments', { voucher });
    taken(finance);
  }
  await town.work();
  expect(await town.sql('SELECT sum(amount_fen)::text AS fen, count(*)::int AS payments FROM fund_payment WHERE city_id = $1', [town.city.id])).toEqual([{ fen: '95000050', payments: 2 }]);
  const enterprise = await town.person('enterprise-1');
  await enterprise.open(`${portal}/my/applications`);
  await enterprise.click('智能产线改造');
  taken(enterprise);
}
