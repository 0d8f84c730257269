import type { PolicyState } from '@core/policy';
import { chinaDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { type ChangeKind, lastDayOf } from '../domain/city-plan';
import type { PlanKind } from '../domain/plan-item';

export interface PublicPlanEntry {
  id: string;
  position: number;
  title: string;
  kind: PlanKind;
  department: string;
  departmentEn: string;
  /** Names of the departments that make it together with the first. */
  coDepartments: string[];
  dueMonth: string;
  supplement: boolean;
  cancelled: boolean;
  /** Why it was cancelled. */
  note: string;
  /** The policy that is revised or abolished. */
  targetId: string | null;
  targetTitle: string | null;
  /** The policy and its state, once everybody may know that there is one; null before. */
  policyId: string | null;
  policyState: PolicyState | null;
  progress: PublicProgress;
  /** Its month is over, and it is neither published nor cancelled. */
  overdue: boolean;
}

/** What everybody may know of a matter: nothing public yet, being made in public, done, taken off the plan. */
export type PublicProgress = 'waiting' | 'under_way' | 'done' | 'cancelled';

/** A change of the approved plan: it made this edition. */
export interface PublicPlanChange {
  edition: number;
  kind: ChangeKind;
  title: string;
  reason: string;
  urgent: boolean;
  decidedAt: Date;
}

export interface PublicPlan {
  year: number;
  edition: number;
  approvedAt: Date;
  entries: PublicPlanEntry[];
  /** Latest first. */
  changes: PublicPlanChange[];
  /** The years that have an approved plan, newest first. */
  years: number[];
}

type Row = Omit<PublicPlanEntry, 'progress' | 'overdue' | 'dueMonth'> & { dueMonth: string | null; targetEnded: boolean };

const MADE: readonly PolicyState[] = ['published', 'superseded', 'expired', 'abolished'];

function progressOf({ cancelled, policyState, targetEnded, kind }: Row): PublicProgress {
  if (cancelled || policyState === 'withdrawn') return 'cancelled';
  if ((policyState !== null && MADE.includes(policyState)) || (kind === 'abolish' && targetEnded)) return 'done';
  return policyState === null ? 'waiting' : 'under_way';
}

/**
 * The approved plan of a year, or without one of the newest approved year; null where there is none. For everybody; of a policy it tells what
 * is public. `now` decides what is overdue.
 */
export async function readPublicPlan(reader: PublicReader, cityId: string, now: Date, year?: number): Promise<PublicPlan | null> {
  const plans = await reader.query<{ id: string; year: number; edition: number; approvedAt: Date }>(
    `SELECT id, year, edition, approved_at AS "approvedAt" FROM city_plan WHERE city_id = $1 AND state = 'approved' ORDER BY year DESC`, [cityId]);
  const plan = year === undefined ? plans[0] : plans.find((one) => one.year === year);
  if (!plan) return null;
  const rows = await reader.query<Row>(
    `SELECT e.id, e.position, e.title, e.kind, d.name AS department, d.name_en AS "departmentEn",
       (SELECT coalesce(array_agg(c.name ORDER BY c.name), '{}') FROM department c WHERE c.city_id = e.city_id AND c.id = ANY (e.co_tenants)) AS "coDepartments",
       e.due_month AS "dueMonth", e.supplement, e.state = 'cancelled' AS cancelled, e.note, t.id AS "targetId", t.title AS "targetTitle",
       coalesce(t.state IN ('abolished', 'superseded', 'expired'), false) AS "targetEnded", p.id AS "policyId", p.state AS "policyState"
     FROM city_plan_entry e JOIN department d ON d.city_id = e.city_id AND d.id = e.tenant_id
     LEFT JOIN policy p ON p.city_id = e.city_id AND p.id = e.policy_id
     LEFT JOIN policy t ON t.city_id = e.city_id AND t.id = e.target_policy_id
     WHERE e.city_id = $1 AND e.plan_id = $2 AND e.is_public ORDER BY e.position, e.id`, [cityId, plan.id]);
  const changes = await reader.query<PublicPlanChange>(
    `SELECT c.edition, c.kind, e.title, c.reason, c.urgent, c.decided_at AS "decidedAt"
     FROM city_plan_change c JOIN city_plan_entry e ON e.city_id = c.city_id AND e.id = c.entry_id
     WHERE c.city_id = $1 AND c.plan_id = $2 AND c.state = 'approved' ORDER BY c.edition DESC`, [cityId, plan.id]);
  const today = chinaDate(now);
  const entries = rows.map(({ targetEnded, ...row }): PublicPlanEntry => {
    const progress = progressOf({ targetEnded, ...row });
    const dueMonth = row.dueMonth ?? `${plan.year}-12`;
    return { ...row, dueMonth, progress, overdue: (progress === 'waiting' || progress === 'under_way') && lastDayOf(dueMonth) < today };
  });
  const { id: _id, ...head } = plan;
  return { ...head, entries, changes, years: plans.map((one) => one.year) };
}
