import { AddAttachment, AssignReviewer, ExpertPanel } from '@domains/drafting';
import type { Docket } from '@core/policy';
import { later, workday } from './calendar';
import { openDocket, type PolicyScript, ROLE, sign } from './life';
import type { Life } from './lives';
import type { Stage } from './stage';

/** What is played of the policies that the demonstration leaves in their reviews, by their keys. */
export const UNDER_REVIEW: Readonly<Record<string, (stage: Stage, script: PolicyScript, id: string) => Life>> = {
  'low-altitude': arguedAndAssessed, 'home-services': sentBack,
};

/**
 * An expert argument with one opinion signed, one outstanding and one expert who declared an interest, and a risk assessment that has begun; the
 * legality review waits for both.
 */
async function* arguedAndAssessed(stage: Stage, script: PolicyScript, id: string): Life {
  yield workday(later(stage.today, 1));
  const convener = stage.staff(script.department, 'argument_convener');
  const argument = await named(stage, script, id, 'expert_argument');
  await put(stage, script, id, 'expert_argument', argument, 'expert_material', '论证会材料', '三条航线的走向、机型参数和气象统计。');
  const seats: string[] = [];
  for (const expert of ['expert/5', 'expert/7', 'expert/8']) seats.push((await stage.minutes(10).use(ExpertPanel).name(convener, id, argument, stage.person(expert).accountId)).id);
  const [signed = '', waiting = '', interested = ''] = seats;
  const panel = stage.minutes(60).use(ExpertPanel);
  await panel.declare(stage.person('expert/5'), signed, { direct: false });
  await stage.minutes(30).use(ExpertPanel).declare(stage.person('expert/8'), interested, { direct: true, note: '本人所在企业拟参加试点。' });
  yield workday(later(stage.today, 2));
  await stage.use(ExpertPanel).declare(stage.person('expert/7'), waiting, { direct: false });
  await stage.minutes(60).use(ExpertPanel).sign(stage.person('expert/5'), signed, {
    view: 'conditional', opinion: '三条航线避开人员密集场所，技术上可行。建议在第六条中写明不得起飞的风速数值，并要求备用通信链路；满足后可以实施。',
  });
  const risk = await named(stage, script, id, 'risk_assessment');
  await put(stage, script, id, 'risk_assessment', risk, 'other', '沿线走访记录', '走访沿线四个社区、一所学校，收集对噪声和坠落风险的意见二十六条。');
}

/** A competition review that sends the text back, with what must be changed; the drafters have not begun yet. */
async function* sentBack(stage: Stage, script: PolicyScript, id: string): Life {
  yield workday(later(stage.today, 3));
  await sign(stage, id, script, 'legality', { conclusion: 'lawful', opinion: '制定主体、权限和程序合法，补助资金来源明确。竞争方面的问题由公平竞争审查处理。' });
  yield workday(later(stage.today, 2));
  await sign(stage, id, script, 'fair_competition', {
    conclusion: 'amend', opinion: '第三条第一项要求在本市登记注册满三年，第六条优先补助在本市设立总部的企业，排除、限制外地经营者参加，又不符合例外规定。',
    heard: '书面征求了两家本地企业、两家外地企业和市家政服务行业协会的意见，两家外地企业认为条件不公平。',
    access: 'clear', flow: 'concern', cost: 'concern', conduct: 'clear',
    changes: '一、删去第三条第一项的登记注册年限，改为在本市实际提供家政服务；二、删去第六条。修改后重新送审。',
  });
}

/** The head names the reviewer of an open docket. */
async function named(stage: Stage, script: PolicyScript, id: string, kind: Docket): Promise<string> {
  const docket = await openDocket(stage, id, script, kind);
  await stage.minutes(20).use(AssignReviewer).run(stage.staff(script.department, 'department_head'), id, docket, { reviewerId: stage.staff(script.department, ROLE[kind]).accountId });
  return docket;
}

/** Puts a plain file of fictitious words to a docket. */
async function put(stage: Stage, script: PolicyScript, policyId: string, by: Docket, docketId: string, kind: 'expert_material' | 'other', name: string, text: string): Promise<void> {
  await stage.minutes(15).use(AddAttachment).run(stage.staff(script.department, ROLE[by]), policyId, {
    kind, docketId, file: { filename: `${name}.txt`, data: Buffer.from(`《${script.title}》${name}：${text}内容纯属虚构，仅供演示。`) },
  });
}
