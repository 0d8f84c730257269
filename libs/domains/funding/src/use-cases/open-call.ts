import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { LifeCycle, policies } from '@core/policy';
import { Injectable } from '@nestjs/common';
import { CALL_LIFE } from '../domain/call';
import { requireStaff } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { calls } from '../persistence/repositories';

/** Publishes a call. From here its budget, conditions and criteria are fixed, by the database too. */
@Injectable()
export class OpenCall {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, callId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const seen = await calls.require(tx, callId);
      // The policy first: an abolition that runs at the same time waits for us, and then finds the open call.
      const policy = await policies.lockForShare(tx, seen.policyId);
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.manage', call);
      const { to } = CALL_LIFE.require('open', call.state);
      if (policy.state !== 'published') throw DomainError.conflict('funding:error.policyNotPublished');
      if (call.closesAt <= tx.at) throw DomainError.conflict('funding:error.closesInPast');
      await calls.update(tx, call.id, { state: to, openedAt: tx.at });
      await this.lifeCycle.record(tx, policy, 'call_opened', {
        details: { callId: call.id, title: call.title, budgetFen: call.budgetFen, opensAt: call.opensAt, closesAt: call.closesAt },
      });
      await emit(tx, { type: FUNDING_EVENTS.callOpened, payload: { callId: call.id, policyId: policy.id } });
      recordAudit(tx, { action: 'funding.call_opened', subjectType: 'funding_call', subjectId: call.id, details: { conditions: call.conditions, criteria: call.criteria } });
    });
  }
}
