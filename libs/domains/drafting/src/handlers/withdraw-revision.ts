import { DEPENDENT_SETTLED, LIFE_CYCLE, type LifeCycle, policies } from '@core/policy';
import type { EventHandler } from '@platform/messaging';

/** A draft that would amend an abolished policy is withdrawn, where that was settled; a consultation on it ends with it. One that is out meanwhile stays. */
export const withdrawRevision = (lifeCycle: LifeCycle): EventHandler => ({
  name: 'drafting.withdraw_revision',
  types: [DEPENDENT_SETTLED],
  async handle(tx, { payload: { kind, itemId = '', way, caseId, policyId } }) {
    if (kind !== 'drafting.revision' || way !== 'withdraw') return;
    const draft = await policies.lockForUpdate(tx, itemId);
    if (!LIFE_CYCLE.from(draft.state).some(({ name }) => name === 'withdraw')) return;
    await lifeCycle.advance(tx, draft.id, 'withdraw', { details: { caseId, abolished: policyId } });
  },
});
