import { newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CityPlanRow } from '../persistence/city-plan.entity';
import { planEntries } from '../persistence/city-plans';
import type { PlanItemRow } from '../persistence/plan-item.entity';
import { planItems } from '../persistence/repositories';

/** The place after the last one of a plan. */
export async function nextPosition(tx: TenantTx, planId: string): Promise<number> {
  const [row] = await tx.query<{ next: number }>(
    'SELECT coalesce(max(position), 0) + 1 AS next FROM city_plan_entry WHERE city_id = $1 AND plan_id = $2', [tx.cityId, planId]);
  return row?.next ?? 1;
}

type Item = Pick<PlanItemRow, 'id' | 'tenantId' | 'kind' | 'title' | 'reason' | 'targetPolicyId' | 'dueMonth' | 'policyId'>;

/** Takes items that their heads approved into a plan that still collects. */
export async function collect(tx: TenantTx, plan: CityPlanRow, items: readonly Item[]): Promise<void> {
  let position = await nextPosition(tx, plan.id);
  for (const item of items) {
    await planEntries.insert(tx, {
      id: newId(), tenantId: item.tenantId, planId: plan.id, planItemId: item.id, kind: item.kind, title: item.title, reason: item.reason,
      targetPolicyId: item.targetPolicyId, dueMonth: item.dueMonth,
      coTenants: [], position: position++, state: 'submitted', mergedInto: null, movedTo: null, supplement: false, note: '', submittedAt: tx.at,
      decidedBy: null, decidedAt: null, policyId: item.policyId, isPublic: false, rowVersion: 1,
    });
  }
}

/** Takes in what the departments of the city had decided before the city began to collect or while its plan waited, and what was put off to this year. */
export async function collectApproved(tx: TenantTx, plan: CityPlanRow): Promise<void> {
  const placed = await tx.query<{ id: string }>(
    `SELECT plan_item_id AS id FROM city_plan_entry WHERE city_id = $1 AND plan_item_id IS NOT NULL AND state <> 'moved'`, [tx.cityId]);
  const known = new Set(placed.map(({ id }) => id));
  const items = await planItems.find(tx, { year: plan.year, state: 'approved' }, { tenantId: 'ASC', decidedAt: 'ASC', id: 'ASC' });
  await collect(tx, plan, items.filter(({ id }) => !known.has(id)));
}
