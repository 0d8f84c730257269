import type { Dependent, DependentSource } from '@core/policy';
import { ABOLITION_ARTICLE } from '../domain/abolition';

/** Published policies that amend or carry out the one that ends: their own department ends them too or keeps them, another department is told. */
export const restingPolicies: DependentSource = {
  key: 'ledger.policies',
  async list(tx, policyId) {
    const rows = await tx.query<{ id: string; title: string; link: 'amends' | 'implements'; own: boolean }>(
      `SELECT p.id, p.title, min(l.kind) AS link, p.tenant_id = t.tenant_id AS own FROM policy_link l JOIN policy p ON p.city_id = l.city_id AND p.id = l.policy_id AND p.state = 'published'
       JOIN policy t ON t.city_id = l.city_id AND t.id = l.target_id
       WHERE l.city_id = $1 AND l.target_id = $2 AND l.kind IN ('amends', 'implements') GROUP BY p.id, p.title, own ORDER BY p.id`, [tx.cityId, policyId]);
    return rows.map(({ id, title, link, own }): Dependent => ({
      kind: 'ledger.policy', id, title, stateKey: `abolition:state.policy.${link}`, href: `/console/policies/${id}`, role: 'drafter', people: 0, fundsFen: 0,
      ways: own ? ['abolish', 'keep'] : ['tell', 'keep'], article: ABOLITION_ARTICLE,
    }));
  },
};
