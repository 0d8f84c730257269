import type { Docket, Gate } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import { ARTICLES } from '../domain/articles';
import { procedureOf } from '../persistence/procedure';
import { dockets } from '../persistence/repositories';
import { passedKinds } from './standing-dockets';

const GATE = 'drafting.reviews_passed';
/** Legality and competition are told together, as they are asked of most documents. */
const TOLD_TOGETHER: readonly Docket[] = ['legality', 'fair_competition'];

/** Before the meeting: every review that the procedure of the policy has is passed for this very text. */
export const reviewsPassed: Gate = {
  key: 'drafting.reviews_passed',
  on: ['submit_for_deliberation'],
  async check(tx, policy) {
    const passed = await passedKinds(tx, policy.id);
    const missing = (await procedureOf(tx, policy)).steps.filter(({ kind }) => kind !== 'collective_deliberation' && !passed.has(kind));
    const unmet: UnmetGate[] = [];
    for (const { kind, article } of missing.filter((rule) => !TOLD_TOGETHER.includes(rule.kind))) {
      const [uncontrollable] = kind === 'risk_assessment' ? (await dockets.find(tx, { policyId: policy.id, kind }, { openedAt: 'DESC' })).filter((docket) => docket.outcome === 'returned') : [];
      unmet.push(uncontrollable ? { gate: GATE, key: 'procedure:gate.riskUncontrollable', article: ARTICLES.riskControl } : { gate: GATE, key: `procedure:gate.missing.${kind}`, article });
    }
    const together = missing.filter((rule) => TOLD_TOGETHER.includes(rule.kind));
    if (together.length > 0) {
      unmet.push({ gate: GATE, key: `drafting:gate.reviewsMissing.${together.map(({ kind }) => kind).join('_and_')}`, article: together.map(({ article }) => article).join('；') });
    }
    return unmet;
  },
};
