import { DUE_LIMIT, type DueItem, type DueSource, NOTICE_MONTHS } from '@core/policy';
import { effectiveParameter } from '@core/statutes';
import { chinaDate, type IsoDate } from '@platform/kernel';

interface Row {
  id: string;
  tenantId: string;
  title: string;
  responsibleId: string;
  effectiveTo: IsoDate;
  /** Evaluated since the first notice, or an extension or an abolition was proposed. */
  answered: boolean;
}

/** Policies whose last day is near: they are to be assessed some months before it (nrd.validity), or they lapse. */
export const endingPolicies: DueSource = {
  key: 'ledger.ending',
  async list(tx, { departmentId, whole }) {
    const today = chinaDate(tx.at);
    const rule = await effectiveParameter(tx, 'nrd.validity', today, departmentId);
    const rows = await tx.query<Row>(
      `SELECT id, tenant_id AS "tenantId", title, responsible_id AS "responsibleId", effective_to::text AS "effectiveTo",
         (EXISTS (SELECT 1 FROM life_cycle_event e CROSS JOIN LATERAL (SELECT to_char((p.effective_to - make_interval(months => $4)) AT TIME ZONE 'Asia/Shanghai' AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at) w
            WHERE e.city_id = $1 AND e.policy_id = p.id AND e.name IN ('evaluation_published', 'abolition_opened') AND e.at >= w.at)
          OR EXISTS (SELECT 1 FROM validity_case x WHERE x.city_id = $1 AND x.policy_id = p.id AND x.kind = 'extend' AND (x.decision IS NULL OR x.proposed_at >= (p.effective_to - make_interval(months => $4)) AT TIME ZONE 'Asia/Shanghai'))
          OR EXISTS (SELECT 1 FROM abolition_case a WHERE a.city_id = $1 AND a.policy_id = p.id AND a.decision IS NULL)) AS answered
       FROM policy p
       WHERE city_id = $1 AND state = 'published' AND ended_on IS NULL AND effective_to >= $3::date AND (effective_to - make_interval(months => $4))::date <= $3::date
         AND ($2::uuid IS NULL OR tenant_id = $2)
       ORDER BY effective_to, id LIMIT $5`, [tx.cityId, departmentId, today, Math.max(NOTICE_MONTHS, rule.value.assess_before_m), whole ? null : DUE_LIMIT]);
    return rows.map((row): DueItem => ({
      key: `policy_end/${row.id}`, kind: 'ledger.ending', title: row.title, href: `/console/policies/${row.id}/evaluation`, policyId: row.id, departmentId: row.tenantId,
      accountId: row.responsibleId, role: null, roleIn: [], dueOn: row.effectiveTo, notice: { of: 'expiry', answered: row.answered },
      basis: { paramId: rule.id, article: rule.source.zh, from: null, days: null, unit: null },
    }));
  },
};
