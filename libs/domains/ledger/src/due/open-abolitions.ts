import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import type { Role } from '@platform/kernel';
import { ABOLITION_ARTICLE } from '../domain/abolition';

interface Row {
  id: string;
  tenantId: string;
  policyId: string;
  title: string;
  stage: 'prepare' | 'review' | 'decide';
}

const HANDS: Readonly<Record<Row['stage'], Role>> = { prepare: 'drafter', review: 'legal_reviewer', decide: 'department_head' };

/** Cases of abolition that wait for somebody: to be prepared, reviewed or decided. No rule sets a day. */
export const openAbolitions: DueSource = {
  key: 'ledger.abolition',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT c.id, c.tenant_id AS "tenantId", c.policy_id AS "policyId", p.title,
         CASE WHEN c.prepared_at IS NULL OR c.review_outcome = 'returned' THEN 'prepare' WHEN c.review_outcome IS NULL THEN 'review' ELSE 'decide' END AS stage
       FROM abolition_case c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       WHERE c.city_id = $1 AND c.decision IS NULL AND ($2::uuid IS NULL OR c.tenant_id = $2) ORDER BY c.opened_at, c.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map(({ id, tenantId, policyId, title, stage }): DueItem => ({
      key: `abolition/${id}/${stage}`, kind: `ledger.abolition_${stage}`, title, href: `/console/policies/${policyId}/abolition`, policyId, departmentId: tenantId, accountId: null, role: HANDS[stage],
      roleIn: [tenantId], dueOn: null, basis: { paramId: null, article: ABOLITION_ARTICLE, from: null, days: null, unit: null },
    }));
  },
};
