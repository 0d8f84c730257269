import { policies, versions } from '@core/policy';
import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Conclusion, mayEvaluate, type Rating, type ReportState } from '../domain/report';
import { can } from '../evaluation.access';

export interface DeskReportItem {
  id: string;
  policyId: string;
  policyTitle: string;
  evaluator: string;
  state: ReportState;
  conclusion: Conclusion | null;
  createdAt: Date;
  publishedAt: Date | null;
}

export interface DeskReport extends DeskReportItem {
  evaluatorId: string;
  tenantId: string;
  /** The campaign that it reports on; such a report has a page of its own. */
  campaignId: string | null;
  periodFrom: IsoDate;
  periodTo: IsoDate;
  summary: string;
  reason: string;
  nextReviewOn: IsoDate | null;
  returnedReason: string | null;
  approver: string | null;
  rowVersion: number;
  ratings: Rating[];
  mayWrite: boolean;
  /** May publish it or send it back. */
  mayDecide: boolean;
}

const PAGE = 20;
const ITEM = `r.id, r.policy_id AS "policyId", p.title AS "policyTitle", e.display_name AS evaluator, r.state, r.conclusion, r.created_at AS "createdAt", r.published_at AS "publishedAt"`;
const JOINS = `evaluation_report r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id JOIN account e ON e.city_id = r.city_id AND e.id = r.evaluator_id`;

/** Reports of the department, or of the whole city for its overseer, newest first, twenty a page. */
export async function listReports(tx: TenantTx, after?: string): Promise<{ items: DeskReportItem[]; next: string | null }> {
  const [at, id] = after ? after.split('_') : [null, null];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const rows = await tx.query<DeskReportItem>(
    `SELECT ${ITEM} FROM ${JOINS}
     WHERE r.city_id = $1 AND ($2::uuid IS NULL OR r.tenant_id = $2) AND ($3::timestamptz IS NULL OR (r.created_at, r.id) < ($3::timestamptz, $4::uuid))
     ORDER BY r.created_at DESC, r.id DESC LIMIT ${PAGE + 1}`, [tx.cityId, tx.actor.scope === 'own' ? tx.actor.tenantId : null, at, id]);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.createdAt.toISOString()}_${last.id}` : null };
}

export interface EvaluationDesk {
  /** Newest first; the first may still be open. */
  reports: DeskReport[];
  mayOpen: boolean;
  /** False for whoever drafted or handed in a version of this policy. */
  independent: boolean;
}

/** The evaluations of one policy, with what the person who looks may do. */
export async function evaluationDesk(tx: TenantTx, policyId: string): Promise<EvaluationDesk> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<Omit<DeskReport, 'mayWrite' | 'mayDecide'>>(
    `SELECT ${ITEM}, r.evaluator_id AS "evaluatorId", r.tenant_id AS "tenantId", r.campaign_id AS "campaignId", r.period_from::text AS "periodFrom", r.period_to::text AS "periodTo", r.summary, r.reason,
       r.next_review_on::text AS "nextReviewOn", r.returned_reason AS "returnedReason", r.row_version AS "rowVersion", b.display_name AS approver,
       coalesce((SELECT json_agg(json_build_object('side', a.side, 'rating', a.rating, 'evidence', a.evidence)
                   ORDER BY array_position(ARRAY['department', 'authority', 'enterprises'], a.side)) FROM evaluation_rating a
                 WHERE a.city_id = $1 AND a.report_id = r.id), '[]') AS ratings
     FROM ${JOINS} LEFT JOIN account b ON b.city_id = r.city_id AND b.id = r.approved_by
     WHERE r.city_id = $1 AND r.policy_id = $2 ORDER BY r.created_at DESC, r.id DESC`, [tx.cityId, policyId]);
  const { accountId } = tx.actor;
  const independent = accountId !== null && mayEvaluate(accountId, await versions.find(tx, { policyId }));
  return {
    reports: rows.map((row) => ({
      ...row,
      mayWrite: row.state === 'draft' && row.evaluatorId === accountId && can(tx.actor, 'evaluation.write', row),
      mayDecide: row.state === 'submitted' && row.evaluatorId !== accountId && can(tx.actor, 'evaluation.publish', row),
    })),
    mayOpen: policy.state === 'published' && rows.every((row) => row.state === 'published') && independent && can(tx.actor, 'evaluation.write', policy),
    independent,
  };
}
