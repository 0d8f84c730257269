import { changeValidity, DEPENDENT_SETTLED, type DependentSettled, type LifeCycle, policies, type PolicyRow } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { ABOLITION_DECIDED } from '../ledger.events';
import { settlementsOf } from '../persistence/settlements';

export interface PolicyEnd {
  caseId: string;
  /** First day on which the policy no longer holds. */
  effectOn: IsoDate;
  noticeText: string;
  replacedBy: string | null;
  /** For the record of its life. */
  details: Record<string, unknown>;
}

/**
 * Ends a policy by a case that is decided and written: its last day, the life cycle with its gates, the list of changes; and what was settled is told to the rooms that own it, one event a thing. The caller
 * holds the policy.
 */
export async function endByCase(tx: TenantTx, lifeCycle: LifeCycle, policy: PolicyRow, { caseId, effectOn, noticeText, replacedBy, details }: PolicyEnd): Promise<void> {
  await policies.update(tx, policy.id, { endedOn: effectOn });
  await lifeCycle.advance(tx, policy.id, 'abolish', { details: { caseId, effectOn, ...details, ...(replacedBy ? { replacedBy } : {}) } });
  await changeValidity(tx, policy, { kind: 'abolished', effectOn, noticeText, byPolicyId: replacedBy });
  for (const { kind, itemId, way } of await settlementsOf(tx, caseId)) {
    const payload: DependentSettled = { policyId: policy.id, caseId, kind, itemId, way, effectOn };
    await emit(tx, { type: DEPENDENT_SETTLED, tenantId: policy.tenantId, payload });
  }
  await emit(tx, { type: ABOLITION_DECIDED, tenantId: policy.tenantId, payload: { policyId: policy.id, caseId } });
}
