import type { Conclusion } from './domain/report';

/** A report went public; its conclusion acts: an amendment enters the plan, an abolition opens its case. */
export const EVALUATION_PUBLISHED = 'evaluation.published.v1';

export interface EvaluationPublished extends Record<string, string> {
  policyId: string;
  reportId: string;
  conclusion: Conclusion;
}

/** People are asked for their marks: `{campaignId}`. */
export const ASSESSORS_ASKED = 'evaluation.assessors_asked.v1';

/** What drafting, the ledger and the spine tell, after which a conclusion may have come further. The rooms do not import each other. */
export const MAY_ADVANCE_CONCLUSIONS = [
  'drafting.plan_item_proposed.v1', 'drafting.plan_item_decided.v1', 'drafting.city_plan_approved.v1', 'drafting.city_plan_changed.v1', 'ledger.abolition_opened.v1', 'ledger.abolition_decided.v1',
  'policy.advanced.v1',
] as const;

/** A sample of enterprises was drawn, and they are asked to answer: `{surveyId}`. */
export const SURVEY_DRAWN = 'evaluation.survey_drawn.v1';
