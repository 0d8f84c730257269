import { DomainError, type FieldError, isDay, type IsoDate, TransitionTable } from '@platform/kernel';

/** The sides that an evaluation hears: 实施部门, 行业主管部门, 企业群众. */
export const SIDES = ['department', 'authority', 'enterprises'] as const;
export type Side = (typeof SIDES)[number];

/** 继续执行, 建议修改, 建议废止. */
export const CONCLUSIONS = ['keep', 'amend', 'abolish'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export type ReportState = 'draft' | 'submitted' | 'published';
type ReportStep = 'submit' | 'return' | 'publish';

export const REPORT_LIFE = new TransitionTable<ReportState, ReportStep>('report', {
  initial: 'draft',
  final: ['published'],
  states: ['draft', 'submitted', 'published'],
  transitions: [
    { name: 'submit', from: ['draft'], to: 'submitted' },
    { name: 'return', from: ['submitted'], to: 'draft' },
    { name: 'publish', from: ['submitted'], to: 'published' },
  ],
});

/** Whoever assessed the matter before the decision does not evaluate it afterwards. */
export const EVALUATOR_ARTICLE = '《重大行政决策程序暂行条例》第三十六条';

export interface Rating {
  side: Side;
  /** 0–100. */
  rating: number;
  /** What the rating stands on: figures, samples, interviews. */
  evidence: string;
}

export interface ReportContent {
  summary: string;
  conclusion: Conclusion | null;
  reason: string;
  /** When a policy that stays is looked at again. */
  nextReviewOn: IsoDate | null;
  ratings: readonly Rating[];
}

/** What a report lacks before it may be handed in: every side heard, a summary, a conclusion with its reason, and for "keep" the day of the next review. */
export function incompleteness(content: ReportContent, today: IsoDate): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): void => {
    faults.push({ field, key: `evaluation:error.${key}` });
  };
  for (const side of SIDES) {
    const heard = content.ratings.find((rating) => rating.side === side);
    if (!heard) fault(`${side}Rating`, 'ratingNeeded');
    else if (!Number.isInteger(heard.rating) || heard.rating < 0 || heard.rating > 100) fault(`${side}Rating`, 'ratingRange');
    if (!heard?.evidence.trim()) fault(`${side}Evidence`, 'evidenceNeeded');
  }
  if (!content.summary.trim()) fault('summary', 'summaryNeeded');
  if (!content.conclusion) fault('conclusion', 'conclusionNeeded');
  if (!content.reason.trim()) fault('reason', 'reasonNeeded');
  if (content.conclusion === 'keep' && !content.nextReviewOn) fault('nextReviewOn', 'nextReviewNeeded');
  if (content.conclusion === 'keep' && content.nextReviewOn && content.nextReviewOn <= today) fault('nextReviewOn', 'nextReviewPast');
  return faults;
}

/** Whether a person may evaluate: neither wrote nor handed in any version of the policy. */
export const mayEvaluate = (accountId: string, versions: readonly { createdBy: string; submittedBy: string | null }[]): boolean =>
  versions.every((version) => version.createdBy !== accountId && version.submittedBy !== accountId);

/** The time that is evaluated: two days that exist, in order, and past or present. Refuses (`invalid`) anything else. */
export function assertPeriod(from: IsoDate, to: IsoDate, today: IsoDate): void {
  const refuse = (field: string, key: string): never => {
    throw DomainError.invalid(key, [{ field, key }]);
  };
  if (!isDay(from)) refuse('periodFrom', 'evaluation:error.dayNeeded');
  if (!isDay(to)) refuse('periodTo', 'evaluation:error.dayNeeded');
  if (to < from) refuse('periodTo', 'evaluation:error.periodOrder');
  if (to > today) refuse('periodTo', 'evaluation:error.periodFuture');
}
