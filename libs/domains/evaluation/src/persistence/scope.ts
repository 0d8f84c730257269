import { policies, type PolicyRow } from '@core/policy';
import type { TenantTx } from '@platform/persistence';

/** Whether a campaign that is under way judges a policy. */
export async function isBeingScored(tx: TenantTx, policyId: string): Promise<boolean> {
  const found = await tx.query('SELECT 1 FROM evaluation_campaign_policy WHERE city_id = $1 AND policy_id = $2 AND is_open', [tx.cityId, policyId]);
  return found.length > 0;
}

/** The policies that a campaign judges, in one order for everybody. */
export async function scopeOf(tx: TenantTx, campaignId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT policy_id AS id FROM evaluation_campaign_policy WHERE city_id = $1 AND campaign_id = $2 ORDER BY policy_id', [tx.cityId, campaignId]);
  return rows.map(({ id }) => id);
}

/** Locks policies in the order of their ids, so that two campaigns that want the same follow each other. */
export async function lockPolicies(tx: TenantTx, ids: readonly string[]): Promise<PolicyRow[]> {
  const locked: PolicyRow[] = [];
  for (const id of [...new Set(ids)].sort()) locked.push(await policies.lockForUpdate(tx, id));
  return locked;
}
