import type { Gate } from '@core/policy';
import { planArticle } from '../domain/articles';
import { obstacleOf } from '../persistence/city-plans';
import { planItems } from '../persistence/repositories';

/** Drafting begins with an item of the plan that a second person approved, and that the city listed where it makes a plan for the year. */
export const planApproved: Gate = {
  key: 'drafting.plan_approved',
  on: ['start_drafting'],
  async check(tx, policy) {
    const item = await planItems.findOne(tx, { policyId: policy.id });
    const approved = item?.state === 'approved' || item?.state === 'started';
    const key = approved ? (await obstacleOf(tx, item)).obstacle : 'drafting:gate.planApproved';
    return key === null ? null : { gate: 'drafting.plan_approved', key, article: planArticle(policy.kind) };
  },
};
