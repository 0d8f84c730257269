import type { EvidenceFigure, EvidenceSource } from '@core/policy';

type Key = 'calls' | 'applications' | 'enterprises' | 'corrections' | 'granted' | 'rejected' | 'objections' | 'upheld' | 'daysMedian' | 'daysLongest' | 'budgetFen' | 'awardedFen' | 'paidFen';

const FEN: readonly Key[] = ['budgetFen', 'awardedFen', 'paidFen'];
const DAYS: readonly Key[] = ['daysMedian', 'daysLongest'];
const ORDER: readonly Key[] = [
  'calls', 'applications', 'enterprises', 'corrections', 'granted', 'rejected', 'daysMedian', 'daysLongest', 'budgetFen', 'awardedFen', 'paidFen', 'objections', 'upheld',
];

/**
 * Money under a policy in a time: calls opened, applications handed in, what was decided, calendar days from application to decision, and fen. The days are those in China. Where no call
 * was open there is nothing to count, and every other figure is unknown.
 */
export const fundEvidence: EvidenceSource = {
  key: 'funding',
  async gather(tx, policyId, { from, to }) {
    const [row] = await tx.query<Record<Key, string | number | null>>(
      `WITH span AS (SELECT ($3::date)::timestamp AT TIME ZONE 'Asia/Shanghai' AS a, ($4::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS b),
         calls AS (SELECT c.id, c.budget_fen, c.opened_at FROM funding_call c WHERE c.city_id = $1 AND c.policy_id = $2 AND c.opened_at IS NOT NULL),
         apps AS (SELECT p.id, p.enterprise_id, p.submitted_at FROM fund_application p, span WHERE p.city_id = $1 AND p.call_id IN (SELECT id FROM calls) AND p.submitted_at >= a AND p.submitted_at < b),
         decided AS (SELECT d.granted, extract(epoch FROM d.decided_at - p.submitted_at) / 86400 AS days FROM fund_decision d
           JOIN fund_application p ON p.city_id = d.city_id AND p.id = d.application_id, span WHERE d.city_id = $1 AND d.call_id IN (SELECT id FROM calls) AND d.decided_at >= a AND d.decided_at < b)
       SELECT (SELECT count(*) FROM calls, span WHERE opened_at >= a AND opened_at < b)::int AS calls, (SELECT count(*) FROM apps)::int AS applications, (SELECT count(DISTINCT enterprise_id) FROM apps)::int AS enterprises,
         (SELECT count(DISTINCT k.application_id) FROM completeness_check k WHERE k.city_id = $1 AND k.outcome = 'correction' AND k.application_id IN (SELECT id FROM apps))::int AS corrections,
         (SELECT count(*) FILTER (WHERE granted) FROM decided)::int AS granted, (SELECT count(*) FILTER (WHERE NOT granted) FROM decided)::int AS rejected,
         (SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)) FROM decided)::int AS "daysMedian", (SELECT ceil(max(days)) FROM decided)::int AS "daysLongest",
         (SELECT sum(budget_fen) FROM calls, span WHERE opened_at >= a AND opened_at < b) AS "budgetFen",
         (SELECT coalesce(sum(w.amount_fen), 0) FROM fund_award w, span WHERE w.city_id = $1 AND w.call_id IN (SELECT id FROM calls) AND w.awarded_at >= a AND w.awarded_at < b) AS "awardedFen",
         (SELECT coalesce(sum(y.amount_fen), 0) FROM fund_payment y, span WHERE y.city_id = $1 AND y.call_id IN (SELECT id FROM calls) AND y.paid_at >= a AND y.paid_at < b) AS "paidFen",
         (SELECT count(*) FROM fund_objection j, span WHERE j.city_id = $1 AND j.call_id IN (SELECT id FROM calls) AND j.created_at >= a AND j.created_at < b)::int AS objections,
         (SELECT count(*) FROM fund_objection j, span WHERE j.city_id = $1 AND j.call_id IN (SELECT id FROM calls) AND j.created_at >= a AND j.created_at < b AND j.upheld)::int AS upheld`,
      [tx.cityId, policyId, from, to]);
    const [ever] = await tx.query<{ any: boolean }>('SELECT EXISTS (SELECT 1 FROM funding_call WHERE city_id = $1 AND policy_id = $2 AND opened_at IS NOT NULL) AS any', [tx.cityId, policyId]);
    return ORDER.map((key): EvidenceFigure => {
      const value = row?.[key] ?? null;
      return { key, value: key === 'calls' || ever?.any ? value === null ? null : Number(value) : null, unit: FEN.includes(key) ? 'fen' : DAYS.includes(key) ? 'days' : 'count' };
    });
  },
  voices: (tx, departmentId, since) => tx.query<{ policyId: string; count: number }>(
    `SELECT c.policy_id AS "policyId", count(*)::int AS count FROM fund_objection o JOIN funding_call c ON c.city_id = o.city_id AND c.id = o.call_id
     JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id AND p.state = 'published'
     WHERE o.city_id = $1 AND ($2::uuid IS NULL OR c.tenant_id = $2) AND o.created_at >= $3 GROUP BY 1`, [tx.cityId, departmentId, since]),
};
