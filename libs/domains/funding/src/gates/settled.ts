import type { Gate } from '@core/policy';
import { ARTICLES } from '../domain/articles';

/** A policy is not abolished while money under it is still promised: no call on its way, no award unpaid. Calls that never opened do not count. */
export const fundsSettled: Gate = {
  key: 'funding.settled',
  on: ['abolish'],
  async check(tx, policy) {
    const [open] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM funding_call WHERE city_id = $1 AND policy_id = $2 AND state NOT IN ('draft', 'settled')`, [tx.cityId, policy.id]);
    if (open!.count === 0) return null;
    return { gate: 'funding.settled', key: 'funding:gate.unsettled', params: { count: open!.count }, article: ARTICLES.budget };
  },
};
