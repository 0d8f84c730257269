import { LifeCycle, policies } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { CONSULTATION_CLOSED, type ConsultationClosed } from '../consultation.events';
import { CONSULTATION } from '../domain/transitions';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { consultations } from '../persistence/repositories';
import { publishRoot } from './publish-root';

/**
 * Marks a window as closed, counts what came in and publishes the root over it. The window itself ends at its instant whether or not anybody closes it; before that instant
 * nobody may, as the public was promised the whole of it.
 */
@Injectable()
export class CloseConsultation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, consultationId: string): Promise<{ received: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policyId } = await consultations.require(tx, consultationId);
      const policy = await policies.lockForUpdate(tx, policyId);
      const consultation = await consultations.lockForUpdate(tx, consultationId);
      assertCan(tx.actor, 'consultation.close', consultation);
      if (tx.at < consultation.closesAt) throw DomainError.conflict('consultation:error.notYetOver', { closesAt: consultation.closesAt.toISOString() });
      const closed = await closeNow(tx, consultation);
      await this.lifeCycle.record(tx, policy, 'consultation_closed', { details: { consultationId, ...closed } });
      return { received: closed.received };
    });
  }
}

/**
 * Closes a consultation that the transaction has locked: with the lock held, no post is under way, so the count is final and the root is over every
 * opinion that was acknowledged. Answers what goes into the record of the policy.
 */
export async function closeNow(tx: TenantTx, consultation: ConsultationRow): Promise<{ received: number; root: string; fingerprint: string }> {
  CONSULTATION.require('close', consultation.state);
  const [counted] = await tx.query<{ received: number }>(
    'SELECT count(*)::integer AS received FROM opinion WHERE city_id = $1 AND consultation_id = $2', [tx.cityId, consultation.id]);
  const received = counted?.received ?? 0;
  await consultations.update(tx, consultation.id, { state: 'closed', closedAt: tx.at, receivedCount: received, rowVersion: consultation.rowVersion + 1 });
  const { root, fingerprint } = await publishRoot(tx, consultation, tx.at);
  const payload: ConsultationClosed = { consultationId: consultation.id, policyId: consultation.policyId };
  await emit(tx, { type: CONSULTATION_CLOSED, tenantId: consultation.tenantId, payload });
  recordAudit(tx, { action: 'consultation.closed', subjectType: 'consultation', subjectId: consultation.id, tenantId: consultation.tenantId, details: { received } });
  return { received, root, fingerprint };
}
