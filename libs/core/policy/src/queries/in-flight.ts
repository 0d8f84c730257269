import { chinaDate, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { PolicyState } from '../domain/life-cycle';

/** The stages of a life cycle that is under way, in their order. */
export const STAGES = ['planned', 'drafting', 'consulting', 'reviewing', 'deliberating', 'approved'] as const satisfies readonly PolicyState[];
export type Stage = (typeof STAGES)[number];

export interface StageCount {
  stage: Stage;
  count: number;
  /** The day on which the one that has been longest in the stage came into it; null where nothing is. */
  oldest: IsoDate | null;
  /** Calendar days in the stage, of the one in the middle. */
  medianDays: number | null;
}

export interface InFlight {
  stages: StageCount[];
  departments: { id: string; name: string; total: number; counts: Record<Stage, number> }[];
  /** All of them, those that have been longest in their stage first. */
  total: number;
}

interface Row {
  tenantId: string;
  department: string;
  stage: Stage;
  since: IsoDate;
}

const DAY_MS = 86_400_000;

/** The life cycles of the city that are under way, by stage and department, with how long they have been there: since they last came into it, by their own record. One statement. */
export async function inFlight(tx: TenantTx): Promise<InFlight> {
  const rows = await tx.query<Row>(
    `SELECT p.tenant_id AS "tenantId", d.short_name AS department, p.state AS stage, (coalesce(s.at::timestamptz, p.created_at) AT TIME ZONE 'Asia/Shanghai')::date::text AS since
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     LEFT JOIN LATERAL (SELECT e.at FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = p.id AND e.to_state = p.state AND (e.from_state <> e.to_state OR e.seq = 1)
       ORDER BY e.seq DESC LIMIT 1) s ON true
     WHERE p.city_id = $1 AND p.state = ANY ($2)`, [tx.cityId, STAGES]);
  const today = Date.parse(chinaDate(tx.at));
  const departments = new Map<string, InFlight['departments'][number]>();
  for (const { tenantId, department, stage } of rows) {
    const own = departments.get(tenantId) ?? { id: tenantId, name: department, total: 0, counts: Object.fromEntries(STAGES.map((one) => [one, 0])) as Record<Stage, number> };
    own.counts[stage] += 1;
    own.total += 1;
    departments.set(tenantId, own);
  }
  return {
    total: rows.length,
    stages: STAGES.map((stage) => {
      const days = rows.filter((row) => row.stage === stage).map(({ since }) => since).sort();
      return { stage, count: days.length, oldest: days[0] ?? null, medianDays: median(days.map((since) => Math.round((today - Date.parse(since)) / DAY_MS))) };
    }),
    departments: [...departments.values()].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)),
  };
}

/** The middle one, or the mean of the two in the middle; null for none. */
function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] ?? null : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
