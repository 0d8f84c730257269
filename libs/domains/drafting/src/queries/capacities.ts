import type { TenantTx } from '@platform/persistence';
import type { Capacity } from '../domain/dockets';

/** As what the department of the person who acts takes part in a policy; empty if it does not. */
export async function capacitiesOf(tx: TenantTx, policyId: string): Promise<Capacity[]> {
  const rows = await tx.query<{ capacity: Capacity }>(
    'SELECT capacity FROM participation WHERE city_id = $1 AND policy_id = $2 AND tenant_id = $3', [tx.cityId, policyId, tx.actor.tenantId]);
  return rows.map((row) => row.capacity);
}
