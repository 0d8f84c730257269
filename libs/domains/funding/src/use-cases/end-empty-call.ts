import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CALL_LIFE } from '../domain/call';
import { requireStaff } from '../funding.access';
import { calls } from '../persistence/repositories';

/** Ends a closed call that nobody's application is left in. */
@Injectable()
export class EndEmptyCall {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.manage', call);
      const { to } = CALL_LIFE.require('end_empty', call.state);
      const [left] = await tx.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM fund_application WHERE city_id = $1 AND call_id = $2 AND state IN ('submitted', 'correction', 'rerouting', 'accepted')`,
        [tx.cityId, call.id]);
      if (left!.count > 0) throw DomainError.conflict('funding:error.notEmpty', { count: left!.count });
      await calls.update(tx, call.id, { state: to });
      recordAudit(tx, { action: 'funding.call_ended_empty', subjectType: 'funding_call', subjectId: call.id, details: { reason } });
    });
  }
}
