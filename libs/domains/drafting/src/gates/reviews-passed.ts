import type { Gate } from '@core/policy';
import { docketArticle, reviewsBefore } from '../domain/dockets';
import { passedKinds } from './standing-dockets';

/** Before the meeting: every review that the kind of document needs is passed for this very text. */
export const reviewsPassed: Gate = {
  key: 'drafting.reviews_passed',
  on: ['submit_for_deliberation'],
  async check(tx, policy) {
    const passed = await passedKinds(tx, policy.id);
    const missing = reviewsBefore(policy.kind, policy.affectsMarket).filter((kind) => !passed.has(kind));
    if (missing.length === 0) return null;
    return {
      gate: 'drafting.reviews_passed',
      key: `drafting:gate.reviewsMissing.${missing.join('_and_')}`,
      article: missing.map((kind) => docketArticle(kind, policy.kind)).join('；'),
    };
  },
};
