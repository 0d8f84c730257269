import type { TenantTx } from '@platform/persistence';

/** Writes down that the person who acts had a hand in the text of this policy. */
export async function noteDrafter(tx: TenantTx, policy: { id: string; tenantId: string }): Promise<void> {
  await tx.query(
    `INSERT INTO policy_drafter (city_id, policy_id, account_id, tenant_id, since) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (city_id, policy_id, account_id) DO NOTHING`,
    [tx.cityId, policy.id, tx.actor.accountId, policy.tenantId, tx.at]);
}

/** Whether a person wrote, opened or submitted any version of this policy: who did neither reviews nor approves it. */
export async function hasDrafted(tx: TenantTx, policyId: string, accountId: string | null): Promise<boolean> {
  const [row] = await tx.query<{ drafted: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM policy_drafter WHERE city_id = $1 AND policy_id = $2 AND account_id = $3)
         OR EXISTS (SELECT 1 FROM policy_version WHERE city_id = $1 AND policy_id = $2 AND (created_by = $3 OR submitted_by = $3)) AS drafted`,
    [tx.cityId, policyId, accountId]);
  return row?.drafted ?? false;
}
