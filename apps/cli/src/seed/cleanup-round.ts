import { EvaluationSources } from '@core/policy';
import { CarryOutCleanups, cleanupOverview, cleanupSheet, DecideCleanup, OpenCleanup, ProposeCleanup, SignCleanup } from '@domains/ledger';
import { later, workday } from './calendar';
import type { CleanupContent } from './content';
import type { Life } from './lives';
import type { Stage } from './stage';

/** A clean-up of a city: opened, proposed and signed department by department, checked by one overseer and decided by another; or left where some departments have not begun. */
export async function* cleanupRound(stage: Stage, content: CleanupContent, departments: readonly string[]): Life {
  const [opener, decider] = [stage.staff('justice', 'overseer'), stage.staff('labour', 'overseer')];
  yield workday(content.opens);
  const id = await stage.minutes(15).use(OpenCleanup).run(opener, {
    title: content.title, trigger: content.trigger, reason: content.reason, scope: { departmentIds: [], kinds: [], publishedFrom: null, publishedTo: null, words: '' },
    proposeBy: later(stage.today, content.days.propose), checkBy: later(stage.today, content.days.check),
  }, content.title);
  yield workday(later(stage.today, 5));
  const listed = await listedDepartments(stage, id, departments);
  for (const department of listed) await propose(stage.minutes(20), id, content, department, content.undone.includes(department));
  for (const department of listed.filter((one) => !content.undone.includes(one))) await sign(stage.minutes(20), id, department);
  if (!content.decision) return;
  yield workday(later(stage.today, 14));
  for (const department of listed) {
    const { tenantId } = stage.staff(department, 'department_head');
    await stage.minutes(10).use(SignCleanup).agree(opener, id, tenantId ?? '', await versionOf(stage, id, tenantId ?? ''));
  }
  yield workday(content.decision.on);
  const { cleanup } = await stage.unitOfWork.run(decider, (tx) => cleanupOverview(tx, id));
  await stage.minutes(30).use(DecideCleanup).run(decider, id, cleanup.rowVersion, { number: content.decision.number, text: content.decision.text });
  await stage.use(CarryOutCleanups).run(stage.cityId);
  await stage.react();
}

async function listedDepartments(stage: Stage, id: string, departments: readonly string[]): Promise<string[]> {
  const { sheets } = await stage.unitOfWork.run(stage.staff('justice', 'overseer'), (tx) => cleanupOverview(tx, id));
  const ids = new Set(sheets.map(({ departmentId }) => departmentId));
  return departments.filter((department) => ids.has(stage.staff(department, 'drafter').tenantId ?? ''));
}

const sheetOf = (stage: Stage, id: string, tenantId: string) =>
  stage.unitOfWork.run(stage.staff('justice', 'overseer'), (tx) => cleanupSheet(tx, stage.app.get(EvaluationSources, { strict: false }), id, tenantId, {}));
const versionOf = async (stage: Stage, id: string, tenantId: string): Promise<number> => (await sheetOf(stage, id, tenantId)).rowVersion;

/** Those that were named; and the rest too, unless the list is left undone. */
async function propose(stage: Stage, id: string, content: CleanupContent, department: string, undone: boolean): Promise<void> {
  const drafter = stage.staff(department, 'drafter');
  for (const item of (await sheetOf(stage, id, drafter.tenantId ?? '')).items) {
    const named = content.proposals.find(({ words }) => item.title.includes(words));
    if (item.gone || (undone && !named)) continue;
    await stage.use(ProposeCleanup).run(drafter, id, item.id, item.rowVersion, {
      proposal: named?.proposal ?? 'keep', reason: named?.reason ?? '内容合法，仍然适用。', amendWhat: named?.amendWhat ?? '', amendBy: named?.amendBy ?? null, effectOn: null, replacedBy: null,
    });
  }
}

async function sign(stage: Stage, id: string, department: string): Promise<void> {
  const head = stage.staff(department, 'department_head');
  await stage.use(SignCleanup).sign(head, id, await versionOf(stage, id, head.tenantId ?? ''));
}
