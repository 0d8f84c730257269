import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { requiredText } from '../domain/opinion-text';
import { consultations, opinions } from '../persistence/repositories';
import { readBy } from './mark-read';

export interface ModerateInput {
  moderation: 'shown' | 'hidden';
  /** Why; the author reads it. */
  reason: string;
}

/** Takes an opinion out of the public view, or puts it back. It is never deleted, still needs its answer, and still counts. */
@Injectable()
export class ModerateOpinion {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, opinionId: string, input: ModerateInput): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.moderate(tx, opinionId, input));
  }

  private async moderate(tx: TenantTx, opinionId: string, { moderation, reason }: ModerateInput): Promise<void> {
    const { consultationId } = await opinions.require(tx, opinionId);
    const consultation = await consultations.lockForUpdate(tx, consultationId);
    assertCan(tx.actor, 'consultation.moderate', consultation);
    const opinion = await opinions.lockForUpdate(tx, opinionId);
    if (opinion.moderation === 'withdrawn') throw DomainError.conflict('intake:error.withdrawn');
    if (opinion.moderation === moderation) throw DomainError.conflict('common:error.changedMeanwhile');
    const moderationReason = requiredText(reason, 'moderationReason', 500);
    await opinions.update(tx, opinion.id, { moderation, moderationReason, moderatedBy: tx.actor.accountId, moderatedAt: tx.at });
    const step = moderation === 'hidden' ? 1 : -1;
    await consultations.update(tx, consultation.id, { hiddenCount: consultation.hiddenCount + step, rowVersion: consultation.rowVersion + 1 });
    await readBy(tx, consultation, [opinion.id]);
    recordAudit(tx, { action: `consultation.opinion_${moderation}`, subjectType: 'opinion', subjectId: opinion.id, details: { reason: moderationReason } });
  }
}
