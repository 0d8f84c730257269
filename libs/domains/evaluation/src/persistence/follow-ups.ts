import type { OpenConclusion, Outcome } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import type { Conclusion } from '../domain/report';

export type FollowUpState = 'waiting' | Outcome['state'];

/** Begins to follow a conclusion that asks for something; one that keeps the policy asks for the next review alone, which has its day. */
export async function openFollowUp(tx: TenantTx, report: { id: string; tenantId: string; policyId: string }, conclusion: Conclusion): Promise<void> {
  if (conclusion === 'keep') return;
  await tx.query(
    `INSERT INTO evaluation_follow_up (city_id, report_id, tenant_id, policy_id, conclusion, state, opened_at) VALUES ($1, $2, $3, $4, $5, 'waiting', $6)`,
    [tx.cityId, report.id, report.tenantId, report.policyId, conclusion, tx.at]);
}

export interface OpenFollowUp extends OpenConclusion {
  /** The policy has ended in whatever way: nothing is left to amend or abolish. */
  ended: boolean;
}

/** What is not settled, locked, in one order for everybody; of one department, the oldest first. */
export const lockOpenFollowUps = (tx: TenantTx, tenantId: string, limit: number): Promise<OpenFollowUp[]> =>
  tx.query<OpenFollowUp>(
    `SELECT f.report_id AS "reportId", f.policy_id AS "policyId", f.conclusion, f.opened_at AS "publishedAt", p.state IN ('superseded', 'expired', 'abolished') AS ended
     FROM evaluation_follow_up f JOIN policy p ON p.city_id = f.city_id AND p.id = f.policy_id
     WHERE f.city_id = $1 AND f.tenant_id = $2 AND f.settled_at IS NULL ORDER BY f.opened_at, f.report_id LIMIT ${limit} FOR UPDATE OF f`, [tx.cityId, tenantId]);

/** Writes how far a conclusion has come. */
export async function advanceFollowUp(tx: TenantTx, reportId: string, { state, stage, planYear, reason }: Omit<Outcome, 'reportId'>): Promise<void> {
  const settled = state === 'done' || state === 'refused';
  await tx.query(
    `UPDATE evaluation_follow_up SET state = $3, stage = $4, plan_year = $5, reason = $6, taken_up_at = coalesce(taken_up_at, $7), settled_at = $8, row_version = row_version + 1
     WHERE city_id = $1 AND report_id = $2 AND settled_at IS NULL AND (state, stage, plan_year, reason) IS DISTINCT FROM ($3, $4, $5, $6)`,
    [tx.cityId, reportId, state, stage, planYear, reason, tx.at, settled ? tx.at : null]);
}
