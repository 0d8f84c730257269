import { MeasureRegistry } from '@core/policy';
import { CloseScores, DecideScoreAppeal, FileScoreAppeal, PublishScores, scoreCases, scoreFrame } from '@domains/ledger';
import type { DepartmentKey } from './content';
import { workday } from './calendar';
import type { Life } from './lives';
import type { Stage } from './stage';

/** Scores of two years: 2024 is published; 2025 is closed, one appeal of its two upheld and one waiting for an overseer. */
export async function* scoreRound(stage: Stage): Life {
  const [justice, industry] = [stage.staff('justice', 'overseer'), stage.staff('industry', 'overseer')];
  yield workday('2025-02-10');
  await stage.use(CloseScores).run(justice, '2024');
  yield workday('2025-02-24');
  await stage.use(PublishScores).run(industry, '2024', 1, {
    overview: '2024年，各部门制发政策文件都依法公开征求了意见，解读与文件同步公布，合法性审核按期完成。',
    problems: '评估工作刚刚起步，多数项目没有应计的案件。',
    demands: '各部门要对照有效期和下次评估日，提前安排评估；部门之间征求意见要在来函规定的日期前答复。',
  });
  yield workday('2026-05-18');
  await stage.use(CloseScores).run(justice, '2025');
  yield workday('2026-05-20');
  const appeal = await object(stage, 'market', '答复函已于规定日期当天以纸质形式送达，系统登记晚于送达。签收单附后。');
  yield workday('2026-05-25');
  await stage.use(DecideScoreAppeal).run(industry, appeal, 'counted', '经核对签收单，答复函在规定日期送达，予以计入。');
  yield workday('2026-05-27');
  await object(stage, 'justice', '来函在系统中转延误一日，本部门收到后在规定的工作日内已经答复。');
}

/** The department objects to its first case that does not count; answers the appeal's id. */
async function object(stage: Stage, department: DepartmentKey, reason: string): Promise<string> {
  const drafter = stage.staff(department, 'drafter');
  const cases = await stage.unitOfWork.run(drafter, async (tx) => scoreCases(tx, stage.use(MeasureRegistry), await scoreFrame(tx, '2025'), drafter.tenantId ?? '', 'limits'));
  const missed = cases.find(({ standing }) => standing === 'missed');
  if (!missed) throw new Error(`${department} has nothing to object to`);
  return stage.minutes(30).use(FileScoreAppeal).run(drafter, { label: '2025', caseKey: missed.key, reason, evidence: missed.href, idempotencyKey: `demonstration-${department}` });
}
