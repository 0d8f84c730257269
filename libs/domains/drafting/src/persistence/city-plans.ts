import { TenantRepository, type TenantTx } from '@platform/persistence';
import { planObstacle, type Standing } from '../domain/city-plan';
import { CityPlanChangeRow, CityPlanEntryRow, CityPlanRow } from './city-plan.entity';
import type { PlanItemRow } from './plan-item.entity';

export const cityPlans = new TenantRepository(CityPlanRow);
export const planEntries = new TenantRepository(CityPlanEntryRow);
export const planChanges = new TenantRepository(CityPlanChangeRow);

/**
 * Opening a year's collection and deciding a department's item of that year must see each other: whichever comes second takes the item in.
 * The year may have no row yet that could be locked, so the lock is on its name, until the transaction ends.
 */
export async function lockYear(tx: TenantTx, year: number, mode: 'open' | 'enter'): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock${mode === 'open' ? '' : '_shared'}(hashtext('city_plan/' || $1 || '/' || $2))`, [tx.cityId, String(year)]);
}

export const planOfYear = (tx: TenantTx, year: number): Promise<CityPlanRow | null> => cityPlans.findOne(tx, { year });

/** The entry that stands for a department's item now: its own, or the joint one that it was merged into; the newest where it has several. */
export async function entryOf(tx: TenantTx, planItemId: string): Promise<{ id: string; joint: boolean } | null> {
  const [row] = await tx.query<{ id: string; joint: boolean }>(
    `WITH RECURSIVE way AS (
       (SELECT id, merged_into, 0 AS depth FROM city_plan_entry WHERE city_id = $1 AND plan_item_id = $2
        ORDER BY (state IN ('submitted', 'listed', 'merged')) DESC, submitted_at DESC, id DESC LIMIT 1)
       UNION ALL
       SELECT e.id, e.merged_into, way.depth + 1 FROM way JOIN city_plan_entry e ON e.city_id = $1 AND e.id = way.merged_into
     )
     SELECT coalesce(merged_into, id) AS id, depth > 0 OR merged_into IS NOT NULL AS joint FROM way ORDER BY depth DESC LIMIT 1`, [tx.cityId, planItemId]);
  return row ?? null;
}

/**
 * What keeps an item from being drafted, and the entry of the city's plan that stands for it. A joint entry that another department leads is
 * not among the rows that one sees before the plan is approved; that it is led elsewhere is all that matters then.
 */
export async function obstacleOf(tx: TenantTx, item: PlanItemRow): Promise<{ obstacle: string | null; entry: CityPlanEntryRow | null }> {
  const found = await entryOf(tx, item.id);
  const entry = found && (await planEntries.findOne(tx, { id: found.id }));
  const standing: Standing | null = found && {
    state: entry?.state ?? 'submitted', joint: found.joint, leadTenantId: entry?.tenantId ?? '',
  };
  return { obstacle: planObstacle(item.tenantId, (await planOfYear(tx, item.year)) !== null, standing), entry };
}
