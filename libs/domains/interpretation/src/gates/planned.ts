import { type Gate, KIND_RULES } from '@core/policy';
import { INTERPRETATION_ARTICLE } from '../domain/material';
import { plans } from '../persistence/repositories';

/** A plan of interpretation stands before the draft is shown to the public or handed in for review. */
export const plannedGate: Gate = {
  key: 'interpretation.planned',
  on: ['open_consultation', 'submit_for_review'],
  async check(tx, policy) {
    if (!KIND_RULES[policy.kind].interpretation) return null;
    const plan = await plans.findOne(tx, { policyId: policy.id });
    return plan ? null : { gate: 'interpretation.planned', key: 'interpretation:gate.planned', article: INTERPRETATION_ARTICLE };
  },
};
