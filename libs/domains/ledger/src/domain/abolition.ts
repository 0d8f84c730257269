import { type FieldError, isDay, type IsoDate, isId } from '@platform/kernel';

/** `dependent`: another policy on which this one rests was abolished. */
export type AbolitionSource = 'manual' | 'evaluation' | 'dependent' | 'cleanup';
export type AbolitionDecision = 'abolish' | 'keep';
export type OpinionsState = 'asked' | 'not_asked';
/** Why the public is not asked: the law above was changed or ended, another document has taken its place and was asked about, its task is done and nobody's rights rest on it, an emergency. */
export const NOT_ASKED_GROUNDS = ['superior_law', 'replaced', 'fulfilled', 'urgent'] as const;
export type NotAskedGround = (typeof NOT_ASKED_GROUNDS)[number];
export type ReviewOutcome = 'passed' | 'returned';

/** 行政规范性文件 are cleaned up, and an abolition is made public as the document was. */
export const ABOLITION_ARTICLE = '国发〔2010〕33号';

const EVALUATION_PREFIX = 'evaluation/';

/** What makes a case the same case: one report opens one, however often its event is delivered. */
export const evaluationKey = (reportId: string): string => `${EVALUATION_PREFIX}${reportId}`;

/** What makes the case of a policy that rested on an abolished one the same case. */
export const dependentKey = (caseId: string, policyId: string): string => `dependent/${caseId}/${policyId}`;

/** The report behind a case, or null for one that a person opened. */
export function reportOf(sourceKey: string): string | null {
  const id = sourceKey.startsWith(EVALUATION_PREFIX) ? sourceKey.slice(EVALUATION_PREFIX.length) : null;
  return id !== null && isId(id) ? id : null;
}

export interface DecisionContent {
  decision: AbolitionDecision;
  /** Why; compulsory when the policy stays. */
  reason: string;
  /** What the public is told; empty takes the text that is drawn up from the case. */
  noticeText: string;
  /** First day on which the policy no longer holds; compulsory for an abolition. */
  effectOn: IsoDate | null;
}

/** What is wrong with a decision: nobody is told too late, so it takes effect today at the earliest. */
export function decisionFaults(content: DecisionContent, today: IsoDate): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): void => {
    faults.push({ field, key: `ledger:error.${key}` });
  };
  if (!content.reason.trim()) fault('reason', 'reasonNeeded');
  if (content.decision === 'abolish') {
    if (!content.effectOn) fault('effectOn', 'effectNeeded');
    else if (!isDay(content.effectOn)) fault('effectOn', 'badDay');
    else if (content.effectOn < today) fault('effectOn', 'effectInPast');
  }
  return faults;
}
