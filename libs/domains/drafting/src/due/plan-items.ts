import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { lastDayOf } from '../domain/city-plan';
import { openPlanItems } from '../queries/plan-progress';

/** Matters of the plan that are not finished, due on the last day of their month, with the drafters of the department. */
export const planItemsDue: DueSource = {
  key: 'drafting.plan_item',
  async list(tx, { departmentId }) {
    const rows = await openPlanItems(tx, departmentId, DUE_LIMIT);
    return rows.map((row): DueItem => ({
      key: `plan_item/${row.id}`, kind: 'drafting.plan_item', title: row.title, href: row.policyId ? `/console/policies/${row.policyId}` : `/console/plan?year=${row.year}`,
      policyId: row.policyId, departmentId: row.departmentId, accountId: null, role: 'drafter', roleIn: [row.departmentId], dueOn: lastDayOf(row.dueMonth ?? ''),
      basis: { paramId: null, article: '', from: null, days: null, unit: null },
    }));
  },
};
