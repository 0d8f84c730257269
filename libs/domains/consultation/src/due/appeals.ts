import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { APPEAL_DAYS, type Decider } from '../domain/appeal';

interface Row {
  id: string;
  tenantId: string;
  policyId: string;
  title: string;
  dueOn: IsoDate;
  filedOn: IsoDate;
  decider: Decider;
  /** Departments in which somebody holds the role. */
  roleIn: string[];
}

/** Appeals against hiding that wait for a decision. */
export const appealsDue: DueSource = {
  key: 'consultation.appeal',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT p.id, p.tenant_id AS "tenantId", c.policy_id AS "policyId", c.title, p.due_on::text AS "dueOn", (p.filed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "filedOn", p.decider,
         CASE p.decider WHEN 'overseer' THEN (SELECT coalesce(array_agg(DISTINCT m.tenant_id), '{}') FROM membership m WHERE m.city_id = $1 AND m.role = 'overseer' AND m.revoked_at IS NULL) ELSE ARRAY[p.tenant_id] END AS "roleIn"
       FROM opinion_appeal p JOIN opinion o ON o.city_id = $1 AND o.id = p.opinion_id JOIN consultation c ON c.city_id = $1 AND c.id = p.consultation_id
       WHERE p.city_id = $1 AND p.decision IS NULL AND o.moderation = 'hidden' AND o.moderated_at = p.hidden_at AND ($2::uuid IS NULL OR p.tenant_id = $2)
       ORDER BY p.due_on, p.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => ({
      key: `appeal/${row.id}`, kind: 'consultation.appeal', title: row.title, href: `/console/moderation/${row.id}`, policyId: row.policyId, departmentId: row.tenantId,
      accountId: null, role: row.decider, roleIn: row.roleIn, dueOn: row.dueOn, basis: { paramId: null, article: '', from: row.filedOn, days: APPEAL_DAYS, unit: 'cd' },
    }));
  },
};
