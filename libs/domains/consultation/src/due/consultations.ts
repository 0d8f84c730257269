import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { lastDayOf, type WindowBasis } from '../domain/window';

interface Row {
  id: string;
  state: 'open' | 'closed';
  policyId: string;
  tenantId: string;
  title: string;
  closesAt: Date;
  basis: WindowBasis;
}

/** Windows that will close, and closed ones whose answers or result are outstanding, for which no rule sets a day. */
export const consultationsDue: DueSource = {
  key: 'consultation.consultation',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT c.id, c.state, c.policy_id AS "policyId", c.tenant_id AS "tenantId", c.title, c.closes_at AS "closesAt", c.basis
       FROM consultation c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       WHERE c.city_id = $1 AND c.state IN ('open', 'closed') AND p.state NOT IN ('withdrawn') AND ($2::uuid IS NULL OR c.tenant_id = $2)
       ORDER BY c.state DESC, c.closes_at, c.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => {
      const open = row.state === 'open';
      // The longest minimum is the one that set the window, unless it was made longer still.
      const rule = row.basis.rules.reduce<WindowBasis['rules'][number] | null>((longest, one) => (longest && longest.due >= one.due ? longest : one), null);
      return {
        key: `consultation/${row.id}/${row.state}`, kind: open ? 'consultation.closing' : 'consultation.answers', title: row.title,
        href: `/console/policies/${row.policyId}/consultation`, policyId: row.policyId, departmentId: row.tenantId, accountId: null, role: 'drafter', roleIn: [row.tenantId],
        dueOn: open ? lastDayOf(row.closesAt) : null,
        basis: rule && open
          ? { paramId: rule.id, article: rule.source.zh, from: row.basis.openedOn, days: rule.days, unit: rule.unit }
          : { paramId: null, article: rule?.source.zh ?? '', from: null, days: null, unit: null },
      };
    });
  },
};
