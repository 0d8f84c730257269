import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { effectiveParameter } from '@core/statutes';
import { chinaDate, type IsoDate } from '@platform/kernel';

interface Row {
  id: string;
  tenantId: string;
  title: string;
  responsibleId: string;
  effectiveTo: IsoDate;
}

/** Policies whose last day is near: they are to be assessed some months before it (nrd.validity), or they lapse. */
export const endingPolicies: DueSource = {
  key: 'ledger.ending',
  async list(tx, { departmentId }) {
    const today = chinaDate(tx.at);
    const rule = await effectiveParameter(tx, 'nrd.validity', today, departmentId);
    const rows = await tx.query<Row>(
      `SELECT id, tenant_id AS "tenantId", title, responsible_id AS "responsibleId", effective_to::text AS "effectiveTo" FROM policy
       WHERE city_id = $1 AND state = 'published' AND ended_on IS NULL AND effective_to >= $3::date AND effective_to <= ($3::date + make_interval(months => $4))::date
         AND ($2::uuid IS NULL OR tenant_id = $2)
       ORDER BY effective_to, id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId, today, rule.value.assess_before_m]);
    return rows.map((row): DueItem => ({
      key: `policy_end/${row.id}`, kind: 'ledger.ending', title: row.title, href: `/console/policies/${row.id}/evaluation`, policyId: row.id, departmentId: row.tenantId,
      accountId: row.responsibleId, role: null, roleIn: [], dueOn: row.effectiveTo,
      basis: { paramId: rule.id, article: rule.source.zh, from: null, days: null, unit: null },
    }));
  },
};
