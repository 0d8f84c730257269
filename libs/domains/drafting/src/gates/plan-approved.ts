import type { Gate } from '@core/policy';
import { planArticle } from '../domain/articles';
import { planItems } from '../persistence/repositories';

/** Drafting begins with an item of the plan that a second person approved. */
export const planApproved: Gate = {
  key: 'drafting.plan_approved',
  on: ['start_drafting'],
  async check(tx, policy) {
    const item = await planItems.findOne(tx, { policyId: policy.id });
    if (item?.state === 'approved' || item?.state === 'started') return null;
    return { gate: 'drafting.plan_approved', key: 'drafting:gate.planApproved', article: planArticle(policy.kind) };
  },
};
