import type { Outcome, OutcomeSource } from '@core/policy';
import { type AbolitionDecision, evaluationKey } from '../domain/abolition';

/** What became of the cases that reports opened; or of another case of the policy that was open already when the report came, and took its place. */
export const abolitionOutcomes: OutcomeSource = {
  key: 'ledger.abolition',
  async outcomes(tx, conclusions) {
    const asked = conclusions.filter(({ conclusion }) => conclusion === 'abolish');
    if (asked.length === 0) return [];
    const rows = await tx.query<{ reportId: string; decision: AbolitionDecision | null; reason: string }>(
      `SELECT r.report_id AS "reportId", c.decision, c.decision_reason AS reason
       FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[]) AS r (report_id, policy_id, published_at, key)
       JOIN LATERAL (SELECT x.decision, x.decision_reason FROM abolition_case x WHERE x.city_id = $1 AND x.policy_id = r.policy_id
           AND (x.source_key = r.key OR (x.opened_at <= r.published_at AND (x.decided_at IS NULL OR x.decided_at > r.published_at)))
         ORDER BY (x.source_key = r.key) DESC, x.opened_at DESC LIMIT 1) c ON true`,
      [tx.cityId, asked.map(({ reportId }) => reportId), asked.map(({ policyId }) => policyId), asked.map(({ publishedAt }) => publishedAt), asked.map(({ reportId }) => evaluationKey(reportId))]);
    return rows.map(({ reportId, decision, reason }): Outcome => ({
      reportId, planYear: null, reason: decision === 'keep' ? reason : '',
      ...(decision === null ? { state: 'taken_up', stage: 'caseOpen' } : decision === 'keep' ? { state: 'refused', stage: 'caseKept' } : { state: 'done', stage: 'abolished' }),
    }));
  },
};
