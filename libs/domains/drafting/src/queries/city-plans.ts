import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ChangeKind, ChangeState, CityPlanState, EntryState } from '../domain/city-plan';
import type { PlanKind } from '../domain/plan-item';

export interface CityPlanEntry {
  id: string;
  departmentId: string;
  department: string;
  /** Names of the other departments of a joint entry. */
  coDepartments: string[];
  kind: PlanKind;
  title: string;
  reason: string;
  /** The policy that is revised or abolished, where one sees it. */
  targetTitle: string | null;
  /** Whether an evaluation asked for it. */
  fromEvaluation: boolean;
  dueMonth: string | null;
  position: number;
  state: EntryState;
  mergedInto: string | null;
  mergedTitle: string | null;
  movedTo: number | null;
  supplement: boolean;
  note: string;
  policyId: string | null;
}

export interface CityPlanChange {
  id: string;
  kind: ChangeKind;
  /** The entry that is to be taken off, or that the supplement made. */
  entryId: string | null;
  title: string;
  department: string;
  reason: string;
  urgent: boolean;
  state: ChangeState;
  requestedBy: string;
  requester: string;
  requestedAt: Date;
  decider: string | null;
  decidedAt: Date | null;
  note: string;
  edition: number | null;
}

export interface CityPlanSummary {
  id: string;
  year: number;
  state: CityPlanState;
  edition: number;
  department: string;
  openedAt: Date;
  proposedBy: string | null;
  proposer: string | null;
  proposedAt: Date | null;
  approver: string | null;
  approvedAt: Date | null;
  note: string;
  entries: number;
  rowVersion: number;
}

const SUMMARY = `SELECT p.id, p.year, p.state, p.edition, d.name AS department, p.opened_at AS "openedAt", p.proposed_by AS "proposedBy", a.display_name AS proposer,
    p.proposed_at AS "proposedAt", b.display_name AS approver, p.approved_at AS "approvedAt", p.note, p.row_version AS "rowVersion",
    (SELECT count(*)::int FROM city_plan_entry e WHERE e.city_id = p.city_id AND e.plan_id = p.id AND e.state IN ('submitted', 'listed')) AS entries
  FROM city_plan p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
  LEFT JOIN account a ON a.city_id = p.city_id AND a.id = p.proposed_by
  LEFT JOIN account b ON b.city_id = p.city_id AND b.id = p.approved_by`;

/** The city's plans, newest year first. One a year, so they need no pages. */
export const listCityPlans = (tx: TenantTx): Promise<CityPlanSummary[]> =>
  tx.query<CityPlanSummary>(`${SUMMARY} WHERE p.city_id = $1 ORDER BY p.year DESC LIMIT 50`, [tx.cityId]);

export interface CityPlanDetail extends CityPlanSummary {
  entryList: CityPlanEntry[];
  changes: CityPlanChange[];
}

const CO_DEPARTMENTS = `(SELECT coalesce(array_agg(c.short_name ORDER BY c.short_name), '{}') FROM department c WHERE c.city_id = e.city_id AND c.id = ANY (e.co_tenants))`;

/** One year's plan with what the person may see of its entries: all for the overseer, one's own and what is listed for departments. */
export async function readCityPlan(tx: TenantTx, planId: string): Promise<CityPlanDetail> {
  if (!isId(planId)) throw DomainError.notFound();
  const [plan] = await tx.query<CityPlanSummary>(`${SUMMARY} WHERE p.city_id = $1 AND p.id = $2`, [tx.cityId, planId]);
  if (!plan) throw DomainError.notFound();
  const entryList = await tx.query<CityPlanEntry>(
    `SELECT e.id, e.tenant_id AS "departmentId", d.short_name AS department, ${CO_DEPARTMENTS} AS "coDepartments", e.kind, e.title, e.reason, t.title AS "targetTitle", coalesce(i.source = 'evaluation', false) AS "fromEvaluation",
       e.due_month AS "dueMonth", e.position, e.state,
       e.merged_into AS "mergedInto", m.title AS "mergedTitle", e.moved_to AS "movedTo", e.supplement, e.note, e.policy_id AS "policyId"
     FROM city_plan_entry e JOIN department d ON d.city_id = e.city_id AND d.id = e.tenant_id
     LEFT JOIN city_plan_entry m ON m.city_id = e.city_id AND m.id = e.merged_into
     LEFT JOIN plan_item i ON i.city_id = e.city_id AND i.id = e.plan_item_id
     LEFT JOIN policy t ON t.city_id = e.city_id AND t.id = e.target_policy_id
     WHERE e.city_id = $1 AND e.plan_id = $2 ORDER BY e.position, e.id`, [tx.cityId, planId]);
  const changes = await tx.query<CityPlanChange>(
    `SELECT c.id, c.kind, c.entry_id AS "entryId", coalesce(i.title, e.title) AS title, d.short_name AS department, c.reason, c.urgent, c.state, c.requested_by AS "requestedBy", a.display_name AS requester,
       c.requested_at AS "requestedAt", b.display_name AS decider, c.decided_at AS "decidedAt", c.note, c.edition
     FROM city_plan_change c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id JOIN account a ON a.city_id = c.city_id AND a.id = c.requested_by
     LEFT JOIN account b ON b.city_id = c.city_id AND b.id = c.decided_by
     LEFT JOIN plan_item i ON i.city_id = c.city_id AND i.id = c.plan_item_id
     LEFT JOIN city_plan_entry e ON e.city_id = c.city_id AND e.id = c.entry_id
     WHERE c.city_id = $1 AND c.plan_id = $2 ORDER BY c.requested_at DESC, c.id DESC LIMIT 200`, [tx.cityId, planId]);
  return { ...plan, entryList, changes };
}

