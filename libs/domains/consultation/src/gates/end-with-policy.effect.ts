import type { LifeCycle, TransitionEffect } from '@core/policy';
import { consultations } from '../persistence/repositories';
import { closeNow } from '../use-cases/close-consultation';

/** A withdrawn draft takes no more opinions; those that came in are kept and counted. */
export const endWithPolicy = (lifeCycle: LifeCycle): TransitionEffect => ({
  key: 'consultation.end_with_policy',
  on: ['withdraw'],
  async run(tx, policy) {
    const open = await consultations.findOne(tx, { policyId: policy.id, state: 'open' });
    if (!open) return;
    const closed = await closeNow(tx, await consultations.lockForUpdate(tx, open.id));
    await lifeCycle.record(tx, policy, 'consultation_closed', { details: { consultationId: open.id, ...closed } });
  },
});
