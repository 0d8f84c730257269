import type { Gate } from '@core/policy';
import { ABOLITION_ARTICLE } from '../domain/abolition';
import { abolitionCases } from '../persistence/repositories';

/** Nothing is abolished without a case in which a second person decided it, with a notice and a day. */
export const abolitionDecidedGate: Gate = {
  key: 'ledger.abolition_decided',
  on: ['abolish'],
  async check(tx, policy) {
    const decided = await abolitionCases.findOne(tx, { policyId: policy.id, decision: 'abolish' });
    return decided ? null : { gate: 'ledger.abolition_decided', key: 'ledger:gate.abolitionDecided', article: ABOLITION_ARTICLE };
  },
};
