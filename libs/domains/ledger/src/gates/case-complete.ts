import type { DependentsRegistry, Gate, PolicyRow } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type CaseFacts, opinionsUnstated, unreviewed, unsettled } from '../domain/settlement';
import { abolitionCases } from '../persistence/repositories';
import { caseFacts } from '../queries/case-facts';

/** What a case lacks before it can be decided for abolition; empty when the way is free. */
export const missingOf = (facts: CaseFacts): UnmetGate[] => [unreviewed, opinionsUnstated, unsettled].flatMap((lack) => lack(facts));

/** The gates before `abolish` that look at the case by which it was decided: reviewed, the public asked or not with a reason, everything that hangs on the policy settled. */
export function caseGates(registry: DependentsRegistry): Gate[] {
  // Without a decided case another gate holds the way.
  const asked = async (tx: TenantTx, policy: PolicyRow, lack: (facts: CaseFacts) => UnmetGate[], ofCleanups = false): Promise<UnmetGate[] | null> => {
    const matter = await abolitionCases.findOne(tx, { policyId: policy.id, decision: 'abolish' });
    // The joint check of a clean-up stands for the review of its documents, and for what the public would be asked about each.
    if (matter?.cleanupItemId && !ofCleanups) return null;
    return matter && lack(await caseFacts(tx, registry, policy, matter));
  };
  return [
    { key: 'ledger.abolition_reviewed', on: ['abolish'], check: (tx, policy) => asked(tx, policy, unreviewed) },
    { key: 'ledger.opinions_stated', on: ['abolish'], check: (tx, policy) => asked(tx, policy, opinionsUnstated) },
    { key: 'ledger.dependents_settled', on: ['abolish'], check: (tx, policy) => asked(tx, policy, unsettled, true) },
  ];
}
