import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { PlanKind, PlanState } from '../domain/plan-item';

export interface PlanEntry {
  id: string;
  year: number;
  kind: PlanKind;
  title: string;
  reason: string;
  source: 'department' | 'evaluation';
  state: PlanState;
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

const COLUMNS = `i.id, i.year, i.kind, i.title, i.reason, i.source, i.state, i.proposed_by AS "proposedBy", a.display_name AS proposer,
  b.display_name AS decider, i.decided_at AS "decidedAt", i.decision_note AS "decisionNote", i.policy_id AS "policyId",
  i.target_policy_id AS "targetPolicyId", t.title AS "targetTitle"`;
const TABLES = `plan_item i
  LEFT JOIN account a ON a.city_id = i.city_id AND a.id = i.proposed_by
  LEFT JOIN account b ON b.city_id = i.city_id AND b.id = i.decided_by
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
