import type { Gate } from '@core/policy';
import { meetingArticle } from '../domain/articles';
import { passedKinds } from './standing-dockets';

/** Nobody approves what the meeting has not passed. */
export const deliberated: Gate = {
  key: 'drafting.deliberated',
  on: ['approve'],
  async check(tx, policy) {
    const passed = await passedKinds(tx, policy.id);
    if (passed.has('collective_deliberation')) return null;
    return { gate: 'drafting.deliberated', key: 'drafting:gate.deliberated', article: meetingArticle(policy.kind) };
  },
};
