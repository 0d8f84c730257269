import { type Actor, DomainError, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CALL_LIFE, takesUntil } from '../domain/call';
import { requireStaff } from '../funding.access';
import { calls } from '../persistence/repositories';

/** Ends the time of applying, at its hour and not before: by the fund manager, or by the worker for every call that is due. */
@Injectable()
export class CloseCall {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { tenantId } = await calls.require(tx, callId);
      requireStaff(actor, 'funding.manage', { tenantId });
      await this.close(tx, callId);
    });
  }

  /** Closes what is due in a city; answers how many. */
  async runDue(cityId: string): Promise<number> {
    const actor = systemActor(cityId);
    const due = await this.unitOfWork.run(actor, (tx) =>
      tx.query<{ id: string }>(`SELECT id FROM funding_call WHERE city_id = $1 AND state = 'open' AND least(closes_at, intake_ends_at) <= $2 ORDER BY closes_at`, [cityId, tx.at]));
    for (const { id } of due) {
      await this.unitOfWork.run(actor, async (tx) => {
        const call = await calls.lockForUpdate(tx, id);
        // The fund manager may have been quicker.
        if (call.state === 'open') await this.close(tx, id);
      });
    }
    return due.length;
  }

  private async close(tx: TenantTx, callId: string): Promise<void> {
    const call = await calls.lockForUpdate(tx, callId);
    const { to } = CALL_LIFE.require('close', call.state);
    if (tx.at < takesUntil(call)) throw DomainError.conflict('funding:error.notYetClosed', { at: takesUntil(call).toISOString() });
    await calls.update(tx, call.id, { state: to });
    recordAudit(tx, { action: 'funding.call_closed', subjectType: 'funding_call', subjectId: call.id, tenantId: call.tenantId });
  }
}
