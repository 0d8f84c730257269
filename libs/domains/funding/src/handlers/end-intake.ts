import { DEPENDENT_SETTLED } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { chinaInstant } from '@platform/kernel';
import type { EventHandler } from '@platform/messaging';
import { calls } from '../persistence/repositories';

/** 停止受理: a call of an abolished policy takes applications until the first instant on which the policy no longer holds. What came in before is worked off. */
export const endIntake: EventHandler = {
  name: 'funding.end_intake',
  types: [DEPENDENT_SETTLED],
  async handle(tx, { payload: { kind, itemId = '', way, effectOn = '', caseId } }) {
    if (kind !== 'funding.call' || way !== 'close') return;
    const call = await calls.lockForUpdate(tx, itemId);
    const endsAt = chinaInstant(effectOn);
    if (call.state !== 'open' || endsAt >= call.closesAt || call.intakeEndsAt !== null) return;
    await calls.update(tx, call.id, { intakeEndsAt: endsAt });
    recordAudit(tx, { action: 'funding.intake_shortened', subjectType: 'funding_call', subjectId: call.id, tenantId: call.tenantId, details: { caseId, endsAt } });
  },
};
