import { DecideValidity, ProposeValidity } from '@domains/ledger';
import { later, workday } from './calendar';
import { identitiesOf, type PolicyScript } from './life';
import type { Life } from './lives';
import type { Stage } from './stage';

/** One article of a policy in force is repealed by itself, half a year on, on the head's decision and with a notice. */
export async function* repealRound(stage: Stage, script: PolicyScript, id: string): Life {
  yield workday(later(stage.today, 150));
  const identity = (await identitiesOf(stage, id, script)).get('art_9') ?? '';
  const opened = await stage.minutes(30).use(ProposeValidity).run(stage.staff(script.department, 'drafter'), id, {
    kind: 'partial_repeal', reason: '第九条“一年内不再受理其同类申请”对申请人增加了义务，清理中认为缺少上位依据，拟予废止。', newTo: null, clauses: [identity], effectOn: later(stage.today, 5),
  });
  yield workday(later(stage.today, 2));
  await stage.use(DecideValidity).run(stage.staff(script.department, 'department_head'), opened, {
    decision: 'approve', reason: '同意。', noticeText: `《${script.title}》第九条予以废止，其余条款继续有效。此前按该条不予受理的经营主体，可以重新申请。`,
  });
}
