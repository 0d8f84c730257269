import type { FieldError } from '@platform/kernel';

/** Left out of every figure, counted as met, or as it was. */
export const SCORE_DECISIONS = ['excluded', 'counted', 'refused'] as const;
export type ScoreDecision = (typeof SCORE_DECISIONS)[number];

export const MAX_SCORE_REASON = 2000;
const MAX_EVIDENCE = 500;
/** A page of this site, or one on the web. */
const LINK = /^(?:\/(?!\/)|https?:\/\/[^\s/]+)\S*$/;

/** What is wrong with an appeal as it was written. */
export function appealFaults({ reason, evidence }: { reason: string; evidence: string }): FieldError[] {
  const faults: FieldError[] = [];
  if (reason.trim() === '' || reason.trim().length > MAX_SCORE_REASON) faults.push({ field: 'reason', key: 'scorecard:error.reason' });
  if (!LINK.test(evidence.trim()) || evidence.trim().length > MAX_EVIDENCE) faults.push({ field: 'evidence', key: 'scorecard:error.evidence' });
  return faults;
}
