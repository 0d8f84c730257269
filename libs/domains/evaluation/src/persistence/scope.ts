import { policies, type PolicyRow } from '@core/policy';
import type { TenantTx } from '@platform/persistence';

/** Whether a campaign that is under way judges a policy. */
export async function isBeingScored(tx: TenantTx, policyId: string): Promise<boolean> {
  const found = await tx.query('SELECT 1 FROM evaluation_campaign_policy WHERE city_id = $1 AND policy_id = $2 AND is_open', [tx.cityId, policyId]);
  return found.length > 0;
}

/** The policies that a campaign judges, in one order for everybody; without those that were abolished and have left it. */
export async function scopeOf(tx: TenantTx, campaignId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT x.policy_id AS id FROM evaluation_campaign_policy x JOIN evaluation_campaign m ON m.city_id = x.city_id AND m.id = x.campaign_id
     WHERE x.city_id = $1 AND x.campaign_id = $2 AND (x.is_open OR m.state NOT IN ('preparing', 'scoring')) ORDER BY x.policy_id`, [tx.cityId, campaignId]);
  return rows.map(({ id }) => id);
}

/** Locks policies in the order of their ids, so that two campaigns that want the same follow each other. */
export async function lockPolicies(tx: TenantTx, ids: readonly string[]): Promise<PolicyRow[]> {
  const locked: PolicyRow[] = [];
  for (const id of [...new Set(ids)].sort()) locked.push(await policies.lockForUpdate(tx, id));
  return locked;
}
