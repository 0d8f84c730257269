import type { DependentsRegistry, Gate } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import { type CaseFacts, opinionsUnstated, unreviewed, unsettled } from '../domain/settlement';
import { abolitionCases } from '../persistence/repositories';
import { caseFacts } from '../queries/case-facts';

const CHECKS = { 'ledger.abolition_reviewed': unreviewed, 'ledger.opinions_stated': opinionsUnstated, 'ledger.dependents_settled': unsettled } as const;

/** What a case lacks before it can be decided for abolition; empty when the way is free. */
export const missingOf = (facts: CaseFacts): UnmetGate[] => Object.values(CHECKS).flatMap((check) => check(facts));

/** The gates before `abolish` that look at the case by which it was decided: reviewed, the public asked or not with a reason, everything that hangs on the policy settled. */
export const caseGates = (registry: DependentsRegistry): Gate[] => (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).map((key): Gate => ({
  key,
  on: ['abolish'],
  async check(tx, policy) {
    const matter = await abolitionCases.findOne(tx, { policyId: policy.id, decision: 'abolish' });
    // Without a decided case another gate holds the way.
    return matter ? CHECKS[key](await caseFacts(tx, registry, policy, matter)) : null;
  },
}));
