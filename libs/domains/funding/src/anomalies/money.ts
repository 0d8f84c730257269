import { ANOMALY_LIMIT, type AnomalyCase, type AnomalySource } from '@core/policy';
import type { IsoDate } from '@platform/kernel';

interface Row {
  rule: string;
  callId: string;
  tenantId: string;
  title: string;
  since: IsoDate | null;
  figure: string;
  more: string;
}

/** Awards beyond a call's budget, an enterprise that one programme gives to twice in a year, and calls that take applications under a policy that is over. */
export const fundAnomalies: AnomalySource = {
  key: 'funding.money',
  rules: [
    { key: 'funding.overBudget', params: {}, article: null },
    { key: 'funding.twice', params: {}, article: null },
    { key: 'funding.callAfterEnd', params: {}, article: null },
  ],
  async find(tx) {
    const rows = await tx.query<Row>(
      `(SELECT 'funding.overBudget' AS rule, c.id AS "callId", c.tenant_id AS "tenantId", c.title, (max(f.decided_at) AT TIME ZONE 'Asia/Shanghai')::date::text AS since, sum(f.amount_fen)::text AS figure, c.budget_fen::text AS more
         FROM funding_call c JOIN fund_decision f ON f.city_id = c.city_id AND f.call_id = c.id
         WHERE c.city_id = $1 AND f.granted GROUP BY c.city_id, c.id HAVING sum(f.amount_fen) > c.budget_fen ORDER BY 5, c.id LIMIT ${ANOMALY_LIMIT})
       UNION ALL
       (SELECT 'funding.twice', (array_agg(a.call_id ORDER BY a.awarded_at DESC))[1], a.tenant_id, e.name, (max(a.awarded_at) AT TIME ZONE 'Asia/Shanghai')::date::text, count(*)::text, g.title
         FROM fund_award a JOIN enterprise e ON e.city_id = a.city_id AND e.id = a.enterprise_id JOIN fund_programme g ON g.city_id = a.city_id AND g.id = a.programme_id
         WHERE a.city_id = $1 GROUP BY a.tenant_id, a.programme_id, g.title, a.enterprise_id, e.name, extract(year FROM a.awarded_at AT TIME ZONE 'Asia/Shanghai')
         HAVING count(*) > 1 ORDER BY 5, a.enterprise_id LIMIT ${ANOMALY_LIMIT})
       UNION ALL
       (SELECT 'funding.callAfterEnd', c.id, c.tenant_id, c.title, least(p.effective_to + 1, p.ended_on)::text, p.title, ''
         FROM funding_call c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
         WHERE c.city_id = $1 AND c.state = 'open' AND c.closes_at > $2 AND least(p.effective_to + 1, p.ended_on) <= ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
         ORDER BY 5, c.id LIMIT ${ANOMALY_LIMIT})`, [tx.cityId, tx.at]);
    return rows.map(({ rule, callId, tenantId, title, since, figure, more }): AnomalyCase => ({
      rule, title, departmentId: tenantId, since, href: `/console/calls/${callId}`,
      figures: rule === 'funding.overBudget' ? { granted: yuan(figure), budget: yuan(more) } : { figure, more },
    }));
  },
};

/** Ten thousands of yuan of so many fen, to the second place. */
const yuan = (fen: string): string => (Number(fen) / 1_000_000).toFixed(2);
