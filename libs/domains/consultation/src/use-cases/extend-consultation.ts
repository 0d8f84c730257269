import { LifeCycle, policies } from '@core/policy';
import { type Actor, DomainError, type IsoDate } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { requiredText } from '../domain/opinion-text';
import { closingInstant } from '../domain/window';
import { consultations } from '../persistence/repositories';

/** Gives the public more time, with a notice that tells why. Only while the window is open: what has closed stays closed. */
@Injectable()
export class ExtendConsultation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, consultationId: string, input: { lastDay: IsoDate; notice: string }): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.extend(tx, consultationId, input));
  }

  private async extend(tx: TenantTx, consultationId: string, input: { lastDay: IsoDate; notice: string }): Promise<void> {
    const { policyId } = await consultations.require(tx, consultationId);
    const policy = await policies.lockForUpdate(tx, policyId);
    const consultation = await consultations.lockForUpdate(tx, consultationId);
    assertCan(tx.actor, 'consultation.extend', consultation);
    const notice = requiredText(input.notice, 'notice', 500);
    if (consultation.state !== 'open' || tx.at >= consultation.closesAt) throw DomainError.conflict('consultation:error.alreadyClosed');
    const closesAt = closingInstant(input.lastDay);
    if (closesAt <= consultation.closesAt) {
      throw DomainError.invalid('consultation:error.notLater', [{ field: 'lastDay', key: 'consultation:error.notLater' }]);
    }
    await consultations.update(tx, consultation.id, { closesAt, extensionNotice: notice, extendedAt: tx.at, rowVersion: consultation.rowVersion + 1 });
    await this.lifeCycle.record(tx, policy, 'consultation_extended', { details: { consultationId: consultation.id, from: consultation.closesAt, to: closesAt, notice } });
    recordAudit(tx, { action: 'consultation.extended', subjectType: 'consultation', subjectId: consultation.id, details: { from: consultation.closesAt, to: closesAt } });
  }
}
