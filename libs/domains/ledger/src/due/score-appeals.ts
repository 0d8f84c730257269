import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import type { IsoDate } from '@platform/kernel';

interface Row {
  id: string;
  tenantId: string;
  policyId: string | null;
  title: string;
  filedOn: IsoDate;
  dueOn: IsoDate;
  days: number;
  roleIn: string[];
}

/** Appeals against cases of the scorecard that wait for an overseer; whoever oversees, in whichever department. */
export const scoreAppealsDue: DueSource = {
  key: 'ledger.score_appeal',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT a.id, a.tenant_id AS "tenantId", c.policy_id AS "policyId", c.title, (a.filed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "filedOn", a.due_on::text AS "dueOn", s.decide_days AS days, o.departments AS "roleIn"
       FROM scorecard_appeal a JOIN scorecard_case c ON c.city_id = a.city_id AND c.period_id = a.period_id AND c.key = a.case_key JOIN scorecard_period s ON s.city_id = a.city_id AND s.id = a.period_id
       CROSS JOIN (SELECT coalesce(array_agg(DISTINCT m.tenant_id), '{}') AS departments FROM membership m WHERE m.city_id = $1 AND m.role = 'overseer' AND m.revoked_at IS NULL) o
       WHERE a.city_id = $1 AND a.decision IS NULL AND ($2::uuid IS NULL OR a.tenant_id = $2 OR $2 = ANY (o.departments)) ORDER BY a.due_on, a.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => ({
      key: `score_appeal/${row.id}`, kind: 'ledger.score_appeal', title: row.title, href: `/console/scorecard-appeals/${row.id}`, policyId: row.policyId, departmentId: row.tenantId,
      accountId: null, role: 'overseer', roleIn: row.roleIn, dueOn: row.dueOn, basis: { paramId: null, article: '', from: row.filedOn, days: row.days, unit: 'cd' },
    }));
  },
};
