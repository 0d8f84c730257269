import type { Dependent, DependentSource } from '@core/policy';
import { ARTICLES } from '../domain/articles';

/** Drafts and plan items that would amend the policy. A draft is withdrawn or goes on as a document of its own; a plan item is refused in the plan, or goes on so. */
export const revisionsUnderWay: DependentSource = {
  key: 'drafting.revisions',
  async list(tx, policyId) {
    const drafts = await tx.query<{ id: string; title: string; state: string }>(
      `SELECT p.id, p.title, p.state FROM policy_link l JOIN policy p ON p.city_id = l.city_id AND p.id = l.policy_id
       WHERE l.city_id = $1 AND l.target_id = $2 AND l.kind = 'amends' AND p.published_at IS NULL AND p.state <> 'withdrawn' ORDER BY p.created_at, p.id`, [tx.cityId, policyId]);
    const items = await tx.query<{ id: string; title: string; state: string; year: number }>(
      `SELECT id, title, state, year FROM plan_item WHERE city_id = $1 AND target_policy_id = $2 AND kind = 'revise' AND policy_id IS NULL AND state IN ('proposed', 'approved') ORDER BY year, id`,
      [tx.cityId, policyId]);
    const common = { role: 'drafter', people: 0, fundsFen: 0 } as const;
    return [
      ...drafts.map(({ id, title, state }): Dependent => (
        { ...common, kind: 'drafting.revision', id, title, stateKey: `lifecycle:state.${state}`, href: `/console/policies/${id}`, ways: ['withdraw', 'go_on'], article: ARTICLES.normative })),
      ...items.map(({ id, title, state, year }): Dependent => (
        { ...common, kind: 'drafting.plan_item', id, title, stateKey: `abolition:state.plan.${state}`, href: `/console/plan?year=${year}`, ways: ['go_on'], article: ARTICLES.normative })),
    ];
  },
};
