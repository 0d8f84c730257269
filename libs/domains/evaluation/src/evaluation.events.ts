import type { Conclusion } from './domain/report';

/** A report went public; its conclusion acts: an amendment enters the plan, an abolition opens its case. */
export const EVALUATION_PUBLISHED = 'evaluation.published.v1';

export interface EvaluationPublished extends Record<string, string> {
  policyId: string;
  reportId: string;
  conclusion: Conclusion;
}
