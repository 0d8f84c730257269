import { ArrangeEntry, ChangeCityPlan, DecideCityPlan, DecidePlanItem, MergeEntries, MoveEntry, OpenCityPlan, ProposePlanItem, readCityPlan } from '@domains/drafting';
import type { IsoDate } from '@platform/kernel';
import { later, workday } from './calendar';
import { OTHER_MATTERS, type PlannedMatter } from './content';
import type { Life, LifePlan } from './lives';
import type { PolicyScript } from './life';
import type { Stage } from './stage';

/** Half a year is given to each matter, to the end of the year at most. */
const monthFor = (start: IsoDate): string => {
  const month = later(start, 180).slice(0, 7);
  return month < '2026-12' ? month : '2026-12';
};

const matterOf = ({ department, title, summary }: PolicyScript, start: IsoDate): PlannedMatter =>
  ({ department, title, reason: summary, basis: '本市年度重点工作安排。内容纯属虚构。', dueMonth: monthFor(start) });

async function take(stage: Stage, { department, title, reason, basis, dueMonth }: PlannedMatter, year: number): Promise<string> {
  const [drafter, head] = [stage.staff(department, 'drafter'), stage.staff(department, 'department_head')];
  const { id } = await stage.use(ProposePlanItem).run(drafter, { year, kind: 'make', title, reason, basis, dueMonth, leadPersonId: drafter.accountId });
  await stage.minutes(30).use(DecidePlanItem).run(head, id, { decision: 'approve' });
  return id;
}

/**
 * The city's plan of 2026: collected in the autumn before, with a joint matter, one put off and one not listed; approved by a second person; a
 * supplement in May. Then the next year's begins to be collected. Tells each life of that year its item.
 */
export async function* cityPlanOf2026(stage: Stage, lives: readonly LifePlan[]): Life {
  const [collector, approver] = [stage.staff('justice', 'overseer'), stage.staff('labour', 'overseer')];
  yield workday('2025-11-10');
  const { id: plan } = await stage.use(OpenCityPlan).run(collector, 2026);
  yield workday('2025-11-17');
  for (const life of lives.filter(({ supplement }) => !supplement)) life.planItem = await take(stage, matterOf(life.script, life.start), 2026);
  for (const matter of OTHER_MATTERS) await take(stage, matter, 2026);
  yield workday('2025-12-08');
  await arrange(stage, plan);
  await stage.minutes(60).use(DecideCityPlan).propose(collector, plan);
  yield workday('2025-12-15');
  const { rowVersion } = await stage.unitOfWork.run(approver, (tx) => readCityPlan(tx, plan));
  await stage.use(DecideCityPlan).approve(approver, plan, rowVersion);
  for (const late of lives.filter(({ supplement }) => supplement)) {
    yield workday('2026-04-27');
    late.planItem = await take(stage, matterOf(late.script, late.start), 2026);
    const asked = await stage.minutes(60).use(ChangeCityPlan).supplement(stage.staff(late.script.department, 'department_head'), late.planItem, {
      reason: '夏季夜间经济活动临近，需要在年内形成制度。', urgent: true,
    });
    yield workday('2026-05-06');
    await stage.use(ChangeCityPlan).decide(approver, plan, asked.id, { decision: 'approve' });
  }
  yield workday('2026-05-25');
  await stage.use(OpenCityPlan).run(collector, 2027);
}

async function arrange(stage: Stage, plan: string): Promise<void> {
  const collector = stage.staff('justice', 'overseer');
  const entries = (await stage.unitOfWork.run(collector, (tx) => readCityPlan(tx, plan))).entryList;
  const entryOf = (fate: PlannedMatter['fate']): { id: string; title: string }[] => {
    const titles = OTHER_MATTERS.filter((matter) => matter.fate === fate).map((matter) => matter.title);
    return entries.filter((entry) => titles.includes(entry.title));
  };
  const joint = entryOf('joint').map(({ id }) => id);
  await stage.minutes(20).use(MergeEntries).run(collector, plan, { entryIds: joint, leadEntryId: joint[0] ?? '', title: '明川市数据要素流通与监管办法' });
  for (const { id } of entryOf('moved')) await stage.minutes(20).use(MoveEntry).run(collector, plan, id, { year: 2027, note: '上位规定正在修订，待公布后再制定。' });
  for (const { id } of entryOf('refused')) await stage.minutes(20).use(ArrangeEntry).refuse(collector, plan, id, '现行规定已经覆盖，暂无单独制定的必要。');
}
