import { TenantRepository, type TenantTx } from '@platform/persistence';
import { type EntryState, planObstacle, type Standing } from '../domain/city-plan';
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

export interface PlanStanding {
  /** What keeps the item from being drafted; null where nothing does. */
  obstacle: string | null;
  /** The entry that stands for the item: its own, or the joint one that it was merged into; the newest where it has several. Null where it has none. */
  entry: { id: string; state: EntryState | null } | null;
}

/**
 * Where an item stands in the city's plan, in one statement. A joint entry that another department leads is not among the rows that one sees
 * before the plan is approved: it has no state then, and that it is led elsewhere is all that matters.
 */
export async function obstacleOf(tx: TenantTx, item: Pick<PlanItemRow, 'id' | 'tenantId' | 'year'>): Promise<PlanStanding> {
  const [row] = await tx.query<{ opened: boolean; id: string | null; joint: boolean; state: EntryState | null; leadTenantId: string | null }>(
    `WITH RECURSIVE way AS (
       (SELECT o.id, o.merged_into, 0 AS depth FROM city_plan_entry o WHERE o.city_id = $1 AND o.plan_item_id = $2
        ORDER BY (o.state IN ('submitted', 'listed', 'merged')) DESC, o.submitted_at DESC, o.id DESC LIMIT 1)
       UNION ALL
       SELECT e.id, e.merged_into, way.depth + 1 FROM way JOIN city_plan_entry e ON e.city_id = $1 AND e.id = way.merged_into
     ), last AS (SELECT coalesce(way.merged_into, way.id) AS id, way.depth > 0 OR way.merged_into IS NOT NULL AS joint FROM way ORDER BY way.depth DESC LIMIT 1)
     SELECT EXISTS (SELECT 1 FROM city_plan p WHERE p.city_id = $1 AND p.year = $3) AS opened, last.id, coalesce(last.joint, false) AS joint, e.state, e.tenant_id AS "leadTenantId"
     FROM (SELECT 1) always LEFT JOIN last ON true LEFT JOIN city_plan_entry e ON e.city_id = $1 AND e.id = last.id`, [tx.cityId, item.id, item.year]);
  const entry = row?.id ? { id: row.id, state: row.state } : null;
  const standing: Standing | null = entry && { state: entry.state ?? 'submitted', joint: row?.joint ?? false, leadTenantId: row?.leadTenantId ?? '' };
  return { obstacle: planObstacle(item.tenantId, row?.opened ?? false, standing), entry };
}
