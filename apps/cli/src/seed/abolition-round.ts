import { DependentsRegistry } from '@core/policy';
import { abolitionDesk, caseWork, DecideAbolition, OpenAbolition, PrepareAbolition, type Preparation, ReviewAbolition, SettleDependents } from '@domains/ledger';
import type { IsoDate } from '@platform/kernel';
import { later, workday } from './calendar';
import type { PolicyScript } from './life';
import type { Stage } from './stage';

/** A part of a life: the days on which it wants to go on. */
type Days = AsyncGenerator<IsoDate, void, void>;

const preparation = (note: string, effectOn: string): Preparation => ({
  opinions: 'asked', consultationId: null, opinionsGround: null, opinionsNote: note, replacedBy: null, transition: '废止前已经受理的申请按照原规定办结。', effectOn,
});

const caseOf = (stage: Stage, department: string, policyId: string) => stage.unitOfWork.run(stage.staff(department, 'drafter'), async (tx) => {
  const [newest] = (await abolitionDesk(tx, policyId)).cases;
  return newest && { matter: newest, work: await caseWork(tx, stage.use(DependentsRegistry), policyId, newest) };
});

/** An abolition from its opening, which a report may have done already, to the notice: prepared, everything that hangs on the policy settled, reviewed, decided. */
export async function* abolition(stage: Stage, { department }: PolicyScript, policyId: string, reason: string): Days {
  yield workday(later(stage.today, 7));
  const drafter = stage.staff(department, 'drafter');
  if ((await caseOf(stage, department, policyId))?.matter.decision !== null) await stage.use(OpenAbolition).run(drafter, policyId, reason);
  const effectOn = later(stage.today, 12);
  const opened = await caseOf(stage, department, policyId);
  if (!opened) throw new Error('the case that was just opened is gone');
  await stage.minutes(40).use(PrepareAbolition).run(drafter, opened.matter.id, preparation('座谈会和书面征求意见，与会企业和行业协会没有反对意见。', effectOn), opened.matter.rowVersion);
  for (const { kind, id, seen, ways } of opened.work?.items ?? []) {
    await stage.minutes(5).use(SettleDependents).run(drafter, opened.matter.id, { items: [`${kind}/${id}/${seen}`], way: ways[0] ?? '', reason: '随政策同时处理。' });
  }
  yield workday(later(stage.today, 2));
  await stage.use(ReviewAbolition).run(stage.staff(department, 'legal_reviewer'), opened.matter.id, { outcome: 'passed', opinion: '废止权限和程序合法，过渡安排妥当。' }, (await caseOf(stage, department, policyId))?.matter.rowVersion ?? 0);
  yield workday(later(stage.today, 3));
  await stage.use(DecideAbolition).run(stage.staff(department, 'department_head'), opened.matter.id, { decision: 'abolish', reason, noticeText: '', effectOn });
}

/** A case that the demonstration leaves open: prepared, and nothing that hangs on the policy settled yet. */
export async function* openAbolition(stage: Stage, { department }: PolicyScript, policyId: string, opensOn: string): Days {
  yield workday(opensOn);
  const drafter = stage.staff(department, 'drafter');
  const caseId = await stage.use(OpenAbolition).run(drafter, policyId, '上级部门已经出台统一规定，本办法的主要内容与其重复，拟予废止。');
  await stage.minutes(40).use(PrepareAbolition).run(drafter, caseId, preparation('已书面征求相关企业和行业协会意见，尚在汇总。', later(stage.today, 60)), 1);
}
