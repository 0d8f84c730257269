import { type Gate, KIND_RULES, type PolicyRow } from '@core/policy';
import { parameter } from '@core/statutes';
import { chinaDate, type UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { minimumsFor } from '../domain/window';

interface Coverage {
  state: string;
  waiting: number;
}

/** Every consultation of the policy is closed, every opinion that was not withdrawn answered and approved, the result published; and one was held where the law asks for it. */
export const coverageGate: Gate = {
  key: 'consultation.coverage',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const held = await tx.query<Coverage>(
      // An answer is to an opinion that was not withdrawn, and one opinion has one: two counts from indexes tell what a join of all would. An open one is refused as such, and a result is
      // not out before all is approved.
      `SELECT c.state, CASE WHEN c.state = 'closed' THEN (SELECT count(*)::integer FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = c.id AND o.moderation <> 'withdrawn')
         - (SELECT count(*)::integer FROM opinion_answer a WHERE a.city_id = $1 AND a.consultation_id = c.id AND a.approved_at IS NOT NULL) ELSE 0 END AS waiting
       FROM consultation c WHERE c.city_id = $1 AND c.policy_id = $2`, [tx.cityId, policy.id]);
    if (held.length === 0) return KIND_RULES[policy.kind].consultation ? unmet(tx, policy, 'consultation:gate.none') : null;
    if (held.some((one) => one.state === 'open')) return unmet(tx, policy, 'consultation:gate.open');
    const waiting = held.reduce((sum, one) => sum + one.waiting, 0);
    if (waiting > 0) return unmet(tx, policy, 'consultation:gate.waiting', { count: waiting });
    return held.every((one) => one.state === 'result_published') ? null : unmet(tx, policy, 'consultation:gate.resultMissing');
  },
};

/** The article that makes this policy's consultation necessary: the first rule of its window. No day is counted, so it is there in a year without a calendar too. */
export function articleOf(tx: TenantTx, policy: PolicyRow): string {
  const [id] = minimumsFor(policy);
  return id ? parameter(id, chinaDate(tx.at)).source.zh : '';
}

function unmet(tx: TenantTx, policy: PolicyRow, key: string, params?: Record<string, unknown>): UnmetGate {
  return { gate: coverageGate.key, key, article: articleOf(tx, policy), ...(params ? { params } : {}) };
}
