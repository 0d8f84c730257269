import { chinaDate, type IsoDate, newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { PolicyRow } from '../persistence/policy.entity';
import { validityChanges } from '../persistence/repositories';
import type { NamedClause } from '../persistence/validity-change.entity';

export type ValidityChange =
  | { kind: 'amended' | 'replaced'; effectOn: IsoDate; byPolicyId: string }
  | { kind: 'lapsed'; effectOn: IsoDate; previousTo: IsoDate | null; noticeText: string }
  | { kind: 'abolished'; effectOn: IsoDate; noticeText: string | null; byPolicyId?: string | null }
  | { kind: 'partly_repealed'; effectOn: IsoDate; clauses: NamedClause[]; noticeText: string }
  | { kind: 'extended'; previousTo: IsoDate; newTo: IsoDate; noticeText: string };

/** Writes down a change of a policy's validity. The caller holds the policy, has judged the change, and writes the record of the life cycle. */
export async function changeValidity(tx: TenantTx, policy: Pick<PolicyRow, 'id' | 'tenantId'>, change: ValidityChange): Promise<void> {
  await validityChanges.insert(tx, {
    byPolicyId: null, clauses: null, previousTo: null, newTo: null, noticeText: null, effectOn: chinaDate(tx.at), ...change,
    id: newId(), tenantId: policy.tenantId, policyId: policy.id, knownAt: tx.at,
  });
}
