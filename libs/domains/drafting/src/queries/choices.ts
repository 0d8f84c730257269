import type { TenantTx } from '@platform/persistence';

export interface Choice {
  id: string;
  name: string;
}

/** The people of one's own department, for the choice of who answers for a policy. */
export const colleagues = (tx: TenantTx): Promise<Choice[]> =>
  tx.query<Choice>(
    `SELECT DISTINCT a.id, a.display_name AS name FROM membership m JOIN account a ON a.city_id = m.city_id AND a.id = m.account_id
     WHERE m.city_id = $1 AND m.tenant_id = $2 AND m.revoked_at IS NULL AND a.disabled_at IS NULL ORDER BY a.display_name`,
    [tx.cityId, tx.actor.tenantId]);

/** The other departments of the city. */
export const otherDepartments = (tx: TenantTx): Promise<Choice[]> =>
  tx.query<Choice>('SELECT id, name FROM department WHERE city_id = $1 AND id <> $2 ORDER BY name', [tx.cityId, tx.actor.tenantId]);

/** The policy that a revision is of, as the plan had it; null for a new one. */
export async function revisedPolicy(tx: TenantTx, policyId: string): Promise<string | null> {
  const [link] = await tx.query<{ target_id: string }>(
    `SELECT target_id FROM policy_link WHERE city_id = $1 AND policy_id = $2 AND kind = 'amends' LIMIT 1`, [tx.cityId, policyId]);
  return link?.target_id ?? null;
}

/** One's own department's policies in force, which may be revised, replaced or abolished; newest first, a hundred at most. */
export const publishedPolicies = (tx: TenantTx): Promise<Choice[]> =>
  tx.query<Choice>(
    `SELECT id, title || '（' || document_number || '）' AS name FROM policy WHERE city_id = $1 AND tenant_id = $2 AND state = 'published'
     ORDER BY created_at DESC, id DESC LIMIT 100`, [tx.cityId, tx.actor.tenantId]);
