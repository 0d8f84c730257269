import type { PolicyState } from '@core/policy';
import { chinaDate, DomainError, type IsoDate, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type EntryState, lastDayOf } from '../domain/city-plan';
import type { PlanKind, PlanState } from '../domain/plan-item';

export const PROGRESS_STATES = ['waiting', 'under_way', 'done', 'dropped'] as const;
/** Not begun, being made, published (or ended, where that was the matter), given up. */
export type ProgressState = (typeof PROGRESS_STATES)[number];

export interface PlanProgress {
  id: string;
  year: number;
  kind: PlanKind;
  title: string;
  departmentId: string;
  department: string;
  leadPerson: string | null;
  state: PlanState;
  source: 'department' | 'evaluation' | 'cleanup';
  /** Where it stands in the city's plan; null where it is not in one. */
  entryState: EntryState | null;
  dueMonth: string | null;
  policyId: string | null;
  policyState: PolicyState | null;
  progress: ProgressState;
  /** Calendar days since the last step of the policy; null while none is under way. */
  daysInStep: number | null;
  /** Calendar days after the last day of its month; nought when it is not overdue. */
  overdueDays: number;
}

export interface ProgressFilter {
  year?: number | undefined;
  departmentId?: string | undefined;
  progress?: ProgressState | '' | undefined;
  overdue?: boolean | undefined;
  /** The last entry of the page before: `<month>_<id>`. */
  after?: string | undefined;
}

const PAGE = 20;
/** Most rows of the file; a city's plan has hundreds. */
const EXPORT = 5_000;
const NO_MONTH = '9999-12';

function parseCursor(after: string | undefined): [string | null, string | null] {
  if (!after) return [null, null];
  const [month, id] = after.split('_');
  if (!/^\d{4}-\d{2}$/.test(month ?? '') || !isId(id)) throw DomainError.invalid('common:error.badCursor');
  return [month ?? null, id];
}

// An item that was merged into a joint entry goes on with it in the department that leads, and is done with in the others. Abolition is done
// when its target has ended.
const ROWS = `SELECT i.id, i.year, i.kind, i.title, i.tenant_id AS "departmentId", d.short_name AS department, a.display_name AS "leadPerson", i.state, i.source, e.state AS "entryState",
    coalesce(m.due_month, e.due_month, i.due_month) AS "dueMonth", p.id AS "policyId", p.state AS "policyState",
    CASE WHEN i.state = 'refused' OR e.state IN ('refused', 'cancelled') OR m.state IN ('refused', 'cancelled') OR p.state = 'withdrawn'
           OR (e.state = 'merged' AND m.tenant_id IS DISTINCT FROM i.tenant_id) THEN 'dropped'
         WHEN p.state IN ('published', 'superseded', 'expired', 'abolished') OR (i.kind = 'abolish' AND t.state IN ('abolished', 'superseded', 'expired')) THEN 'done'
         WHEN p.state IS NOT NULL AND p.state <> 'planned' THEN 'under_way' ELSE 'waiting' END AS progress,
    (SELECT max(l.at) FROM life_cycle_event l WHERE l.city_id = i.city_id AND l.policy_id = p.id AND l.from_state <> l.to_state) AS since
  FROM plan_item i JOIN department d ON d.city_id = i.city_id AND d.id = i.tenant_id
  LEFT JOIN account a ON a.city_id = i.city_id AND a.id = i.lead_person_id
  LEFT JOIN LATERAL (SELECT x.state, x.due_month, x.merged_into FROM city_plan_entry x WHERE x.city_id = i.city_id AND x.plan_item_id = i.id
    ORDER BY (x.state IN ('submitted', 'listed', 'merged')) DESC, x.submitted_at DESC, x.id DESC LIMIT 1) e ON true
  LEFT JOIN city_plan_entry m ON m.city_id = i.city_id AND m.id = e.merged_into
  LEFT JOIN policy p ON p.city_id = i.city_id AND p.id = coalesce(i.policy_id, CASE WHEN m.tenant_id = i.tenant_id THEN m.policy_id END)
  LEFT JOIN policy t ON t.city_id = i.city_id AND t.id = i.target_policy_id
  WHERE i.city_id = $1 AND ($2::uuid IS NULL OR i.tenant_id = $2) AND ($3::integer IS NULL OR i.year = $3)`;

/** The department whose items one sees: one's own, or for the overseer the one asked for, or all. */
const scopeOf = (tx: TenantTx, wanted: string | undefined): string | null => (tx.actor.scope === 'city' ? (isId(wanted) ? wanted : null) : tx.actor.tenantId);

const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

type Row = Omit<PlanProgress, 'daysInStep' | 'overdueDays'> & { since: string | null };

function toProgress({ since, ...rest }: Row, today: IsoDate): PlanProgress {
  const open = rest.progress === 'waiting' || rest.progress === 'under_way';
  return {
    ...rest,
    daysInStep: since && rest.progress === 'under_way' ? daysBetween(chinaDate(new Date(since)), today) : null,
    overdueDays: open && rest.dueMonth ? Math.max(0, daysBetween(lastDayOf(rest.dueMonth), today)) : 0,
  };
}

async function rowsOf(tx: TenantTx, filter: ProgressFilter, limit: number): Promise<PlanProgress[]> {
  const [month, id] = parseCursor(filter.after);
  const today = chinaDate(tx.at);
  const rows = await tx.query<Row>(
    `SELECT * FROM (${ROWS}) r
     WHERE ($4::text IS NULL OR r.progress = $4) AND (NOT $5::boolean OR (r.progress IN ('waiting', 'under_way') AND r."dueMonth" < $6))
       AND ($7::text IS NULL OR (coalesce(r."dueMonth", '${NO_MONTH}'), r.id) > ($7, $8::uuid))
     ORDER BY coalesce(r."dueMonth", '${NO_MONTH}'), r.id LIMIT ${limit}`,
    [tx.cityId, scopeOf(tx, filter.departmentId), filter.year || null, filter.progress || null, filter.overdue ?? false, today.slice(0, 7), month, id]);
  return rows.map((row) => toProgress(row, today));
}

/** Where the items of the plan stand, those due first at the top, twenty a page; of one's own department, of the city for its overseer. */
export async function planProgress(tx: TenantTx, filter: ProgressFilter = {}): Promise<{ items: PlanProgress[]; next: string | null }> {
  const rows = await rowsOf(tx, filter, PAGE + 1);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.dueMonth ?? NO_MONTH}_${last.id}` : null };
}

/** The same as a whole, for a file. */
export const planProgressExport = (tx: TenantTx, filter: Omit<ProgressFilter, 'after'>): Promise<PlanProgress[]> => rowsOf(tx, filter, EXPORT);

/** How many of the items stand where; `overdue` counts among the waiting and those under way. */
export async function planProgressCounts(tx: TenantTx, filter: Pick<ProgressFilter, 'year' | 'departmentId'>): Promise<Record<ProgressState | 'overdue', number>> {
  const [row] = await tx.query<Record<ProgressState | 'overdue', number>>(
    `SELECT ${PROGRESS_STATES.map((state) => `count(*) FILTER (WHERE r.progress = '${state}')::int AS ${state}`).join(', ')},
       count(*) FILTER (WHERE r.progress IN ('waiting', 'under_way') AND r."dueMonth" < $4)::int AS overdue FROM (${ROWS}) r`,
    [tx.cityId, scopeOf(tx, filter.departmentId), filter.year || null, chinaDate(tx.at).slice(0, 7)]);
  return row ?? { waiting: 0, under_way: 0, done: 0, dropped: 0, overdue: 0 };
}

/** The items of the plan that are decided, not finished and have a month, earliest first; of one department, or of the city for null. */
export const openPlanItems = (tx: TenantTx, departmentId: string | null, limit: number): Promise<Row[]> =>
  tx.query<Row>(
    `SELECT * FROM (${ROWS}) r WHERE r.state IN ('approved', 'started') AND r.progress IN ('waiting', 'under_way') AND r."dueMonth" IS NOT NULL
     ORDER BY r."dueMonth", r.id LIMIT ${limit}`, [tx.cityId, departmentId, null]);
