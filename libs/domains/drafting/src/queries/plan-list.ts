import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { EntryState } from '../domain/city-plan';
import type { PlanKind, PlanState } from '../domain/plan-item';

export interface PlanEntry {
  id: string;
  year: number;
  kind: PlanKind;
  title: string;
  reason: string;
  source: 'department' | 'evaluation' | 'cleanup';
  state: PlanState;
  basis: string;
  dueMonth: string | null;
  leadPerson: string | null;
  /** Where it stands in the city's plan of its year; null where it is not in one, or the city makes none. */
  entryState: EntryState | null;
  /** The city's plan that it stands in, and the joint matter that took it up. */
  cityPlanId: string | null;
  mergedTitle: string | null;
  /** Whether another department leads the joint matter. */
  ledByOther: boolean;
  cityNote: string;
  /** The year to which the city moved it. */
  movedTo: number | null;
  /** Whether the city's approved plan of the year may take it in as a supplement. */
  maySupplement: boolean;
  proposedBy: string | null;
  proposer: string | null;
  decider: string | null;
  decidedAt: Date | null;
  decisionNote: string;
  policyId: string | null;
  targetPolicyId: string | null;
  targetTitle: string | null;
}

export interface PlanFilter {
  /** None, nought and an empty word mean every year and every state. */
  year?: number | undefined;
  state?: PlanState | '' | undefined;
  /** The last entry of the page before: `<year>_<id>`. */
  after?: string | undefined;
}

const PAGE = 20;

function parseCursor(after: string | undefined): [number | null, string | null] {
  if (!after) return [null, null];
  const [year, id] = after.split('_');
  if (!/^\d{4}$/.test(year ?? '') || !isId(id)) throw DomainError.invalid('common:error.badCursor');
  return [Number(year), id];
}

// Of several entries the one that stands; what was moved or refused before is history.
const COLUMNS = `i.basis, i.due_month AS "dueMonth", l.display_name AS "leadPerson", e.state AS "entryState", e.plan_id AS "cityPlanId", m.title AS "mergedTitle",
  coalesce(e.state = 'merged', false) AND m.tenant_id IS DISTINCT FROM i.tenant_id AS "ledByOther",
  coalesce(e.note, '') AS "cityNote", e.moved_to AS "movedTo",
  i.state = 'approved' AND coalesce(e.state IN ('refused', 'cancelled'), true)
    AND EXISTS (SELECT 1 FROM city_plan c WHERE c.city_id = i.city_id AND c.year = i.year AND c.state = 'approved')
    AND NOT EXISTS (SELECT 1 FROM city_plan_change w WHERE w.city_id = i.city_id AND w.plan_item_id = i.id AND w.state = 'requested') AS "maySupplement", i.id, i.year, i.kind, i.title, i.reason, i.source, i.state, i.proposed_by AS "proposedBy", a.display_name AS proposer,
  b.display_name AS decider, i.decided_at AS "decidedAt", i.decision_note AS "decisionNote", i.policy_id AS "policyId",
  i.target_policy_id AS "targetPolicyId", t.title AS "targetTitle"`;
const TABLES = `plan_item i
  LEFT JOIN account a ON a.city_id = i.city_id AND a.id = i.proposed_by
  LEFT JOIN account b ON b.city_id = i.city_id AND b.id = i.decided_by
  LEFT JOIN account l ON l.city_id = i.city_id AND l.id = i.lead_person_id
  LEFT JOIN LATERAL (SELECT x.state, x.plan_id, x.merged_into, x.note, x.moved_to FROM city_plan_entry x WHERE x.city_id = i.city_id AND x.plan_item_id = i.id
    ORDER BY (x.state IN ('submitted', 'listed', 'merged')) DESC, x.submitted_at DESC, x.id DESC LIMIT 1) e ON true
  LEFT JOIN city_plan_entry m ON m.city_id = i.city_id AND m.id = e.merged_into
  LEFT JOIN policy t ON t.city_id = i.city_id AND t.id = i.target_policy_id`;

/** The plan of one's own department, newest year first, twenty a page. */
export async function listPlan(tx: TenantTx, filter: PlanFilter = {}): Promise<{ items: PlanEntry[]; next: string | null }> {
  const [year, id] = parseCursor(filter.after);
  const rows = await tx.query<PlanEntry>(
    `SELECT ${COLUMNS} FROM ${TABLES}
     WHERE i.city_id = $1 AND i.tenant_id = $2 AND ($3::integer IS NULL OR i.year = $3) AND ($4::text IS NULL OR i.state = $4)
       AND ($5::integer IS NULL OR (i.year, i.id) < ($5, $6::uuid))
     ORDER BY i.year DESC, i.id DESC LIMIT ${PAGE + 1}`,
    [tx.cityId, tx.actor.tenantId, filter.year || null, filter.state || null, year, id]);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.year}_${last.id}` : null };
}

/** One item of the plan; "not found" for those of other departments. */
export async function readPlanItem(tx: TenantTx, id: string): Promise<PlanEntry> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await tx.query<PlanEntry>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE i.city_id = $1 AND i.tenant_id = $2 AND i.id = $3`, [tx.cityId, tx.actor.tenantId, id]);
  if (!row) throw DomainError.notFound();
  return row;
}
