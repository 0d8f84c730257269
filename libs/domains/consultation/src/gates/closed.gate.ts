import type { Gate } from '@core/policy';
import { articleOf } from './coverage.gate';

/** A draft does not change under the eyes of those who are still asked about it. */
export const closedGate: Gate = {
  key: 'consultation.closed',
  on: ['revise'],
  async check(tx, policy) {
    const [open] = await tx.query<{ closes_at: Date }>(
      `SELECT closes_at FROM consultation WHERE city_id = $1 AND policy_id = $2 AND state = 'open'`, [tx.cityId, policy.id]);
    return open ? { gate: closedGate.key, key: 'consultation:gate.open', article: articleOf(tx, policy) } : null;
  },
};
