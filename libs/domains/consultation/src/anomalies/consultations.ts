import { ANOMALY_LIMIT, type AnomalyCase, type AnomalySource } from '@core/policy';
import type { IsoDate } from '@platform/kernel';

/** Calendar days after the close within which the result is expected; no rule sets a day, so the number is the product's own. */
const RESULT_DAYS = 30;
/** Opinions of the last seven days that make a surge, and how many times the weekly mean before they must be. */
const SURGE = 50;
const SURGE_TIMES = 3;

interface Row {
  rule: string;
  policyId: string;
  tenantId: string;
  title: string;
  since: IsoDate;
  figure: number;
  usual: number;
}

/** Consultations that were shorter than the law's least time, that closed and were never answered in public, and that many people speak up in at once. */
export const consultationAnomalies: AnomalySource = {
  key: 'consultation.consultations',
  rules: [
    { key: 'consultation.short', params: {}, article: '《优化营商环境条例》第六十二条、《重大行政决策程序暂行条例》第十五条' },
    { key: 'consultation.silent', params: { days: RESULT_DAYS }, article: null },
    { key: 'consultation.surge', params: { least: SURGE, times: SURGE_TIMES }, article: null },
  ],
  async find(tx) {
    const rows = await tx.query<Row>(
      `(SELECT 'consultation.short' AS rule, c.policy_id AS "policyId", c.tenant_id AS "tenantId", c.title, (c.opens_at AT TIME ZONE 'Asia/Shanghai')::date::text AS since, (w.due - w.last)::int AS figure, 0 AS usual
         FROM consultation c CROSS JOIN LATERAL (SELECT max((r.rule ->> 'due')::date) AS due, (c.closes_at AT TIME ZONE 'Asia/Shanghai' - interval '1 second')::date AS last
           FROM jsonb_array_elements(c.basis -> 'rules') AS r (rule)) w
         WHERE c.city_id = $1 AND w.last < w.due ORDER BY c.opens_at, c.id LIMIT ${ANOMALY_LIMIT})
       UNION ALL
       (SELECT 'consultation.silent', c.policy_id, c.tenant_id, c.title, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date::text,
          ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date - (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date, 0
         FROM consultation c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
         WHERE c.city_id = $1 AND c.state = 'closed' AND p.state <> 'withdrawn' AND (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date < ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date - ${RESULT_DAYS}
         ORDER BY c.closed_at, c.id LIMIT ${ANOMALY_LIMIT})
       UNION ALL
       (SELECT 'consultation.surge', c.policy_id, c.tenant_id, c.title, (($2::timestamptz - interval '7 days') AT TIME ZONE 'Asia/Shanghai')::date::text, o.fresh::int, o.usual::int
         FROM consultation c CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE x.received_at > $2::timestamptz - interval '7 days') AS fresh,
             round(count(*) FILTER (WHERE x.received_at <= $2::timestamptz - interval '7 days') * 7 / greatest(1, extract(epoch FROM $2::timestamptz - interval '7 days' - c.opens_at) / 86400)) AS usual
           FROM opinion x WHERE x.city_id = $1 AND x.consultation_id = c.id) o
         WHERE c.city_id = $1 AND c.state = 'open' AND o.fresh >= ${SURGE} AND o.fresh >= ${SURGE_TIMES} * o.usual ORDER BY o.fresh DESC, c.id LIMIT ${ANOMALY_LIMIT})`, [tx.cityId, tx.at]);
    return rows.map(({ rule, policyId, tenantId, title, since, figure, usual }): AnomalyCase => ({
      rule, title, departmentId: tenantId, since, figures: { figure, usual }, href: `/console/policies/${policyId}/consultation`,
    }));
  },
};
