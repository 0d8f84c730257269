import { ANOMALY_LIMIT, type AnomalyCase, type AnomalySource, STAGES } from '@core/policy';
import { chinaDate, type IsoDate } from '@platform/kernel';

/** Calendar days without any record after which a life cycle that is under way stands still; the product's own. */
const STILL_DAYS = 90;

interface Row {
  rule: string;
  id: string;
  tenantId: string;
  title: string;
  since: IsoDate | null;
  figure: string;
}

/** What the record of the policies itself shows: work that has stopped, documents that are past their last day and were not taken off, and numbers that neither a document of the register nor a notice has. */
export const policyAnomalies: AnomalySource = {
  key: 'ledger.policies',
  rules: [
    { key: 'ledger.still', params: { days: STILL_DAYS }, article: null },
    { key: 'ledger.pastValidity', params: {}, article: null },
    { key: 'ledger.numberGap', params: {}, article: null },
  ],
  async find(tx) {
    const rows = await tx.query<Row>(
      `(SELECT 'ledger.still' AS rule, p.id, p.tenant_id AS "tenantId", p.title, m.day::text AS since, p.state AS figure FROM policy p
         CROSS JOIN LATERAL (SELECT (coalesce(max(e.at)::timestamptz, p.created_at) AT TIME ZONE 'Asia/Shanghai')::date AS day FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = p.id) m
         WHERE p.city_id = $1 AND p.state = ANY ($3) AND m.day <= $2::date - ${STILL_DAYS} ORDER BY m.day, p.id LIMIT ${ANOMALY_LIMIT})
       UNION ALL
       (SELECT 'ledger.pastValidity', p.id, p.tenant_id, p.title, (p.effective_to + 1)::text, p.effective_to::text FROM policy p
         WHERE p.city_id = $1 AND p.state = 'published' AND p.effective_to < $2::date ORDER BY p.effective_to, p.id LIMIT ${ANOMALY_LIMIT})
       UNION ALL
       (SELECT 'ledger.numberGap', c.tenant_id, c.tenant_id, c.code || '〔' || c.year || '〕', NULL, string_agg(n.seq::text, '、' ORDER BY n.seq) FROM document_counter c
         CROSS JOIN LATERAL generate_series(1, c.last) AS n (seq)
         WHERE c.city_id = $1 AND NOT EXISTS (SELECT 1 FROM document_register r WHERE r.city_id = $1 AND r.tenant_id = c.tenant_id AND r.code = c.code AND r.year = c.year AND r.seq = n.seq)
           AND NOT EXISTS (SELECT 1 FROM abolition_case a WHERE a.city_id = $1 AND a.tenant_id = c.tenant_id AND a.notice_number = c.code || '〔' || c.year || '〕' || n.seq || '号')
         GROUP BY c.tenant_id, c.code, c.year ORDER BY c.code, c.year LIMIT ${ANOMALY_LIMIT})`, [tx.cityId, chinaDate(tx.at), STAGES]);
    return rows.map(({ rule, id, tenantId, title, since, figure }): AnomalyCase => ({
      rule, title, departmentId: tenantId, since, figures: { figure }, href: rule === 'ledger.numberGap' ? '/console/register' : `/console/ledger/${id}`,
    }));
  },
};
