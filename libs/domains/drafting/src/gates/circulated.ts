import type { Gate } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import { circulationArticle } from '../domain/articles';
import { circulationStanding } from '../persistence/circulation-standing';

const GATE = 'drafting.circulated';

/**
 * Before review: every department that countersigns was asked, and where others' duties are concerned at least one was; nobody's reply is awaited any more.
 * A department that let its day pass counts as asked once a person ended the circulation, never as one that agreed.
 */
export const circulated: Gate = {
  key: 'drafting.circulated',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const { concernsOthers, notAsked, held, awaited } = await circulationStanding(tx, policy.id);
    const unmet = (key: string, params?: Record<string, unknown>): UnmetGate => ({ gate: GATE, key: `circulation:gate.${key}`, article: circulationArticle(policy.kind), ...(params ? { params } : {}) });
    return [
      ...(notAsked.length > 0 ? [unmet('notAsked', { departments: notAsked.join('、') })] : concernsOthers && held === 0 ? [unmet('none')] : []),
      ...(awaited.length > 0 ? [unmet('open', { departments: awaited.join('、') })] : []),
    ];
  },
};
