import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { consultations, opinionAnswers, opinions } from '../persistence/repositories';
import { answerContent, type AnswerInput } from './answer-content';
import { readBy } from './mark-read';

/** Writes or rewrites the answer to one opinion. A rewritten answer loses its approval; a published one stays. */
@Injectable()
export class AnswerOpinion {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, opinionId: string, input: AnswerInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.answer(tx, opinionId, input));
  }

  private async answer(tx: TenantTx, opinionId: string, input: AnswerInput): Promise<{ id: string }> {
    const opinion = await opinions.require(tx, opinionId);
    const consultation = await consultations.lockForShare(tx, opinion.consultationId);
    assertCan(tx.actor, 'consultation.answer', consultation);
    if (consultation.state === 'result_published') throw DomainError.conflict('consultation:error.resultIsOut');
    // Two officers who answer the same opinion at once follow each other.
    const { moderation } = await opinions.lockForUpdate(tx, opinionId);
    if (moderation === 'withdrawn') throw DomainError.conflict('intake:error.withdrawn');
    const content = await answerContent(tx, consultation.policyId, input);
    const earlier = await opinionAnswers.findOne(tx, { opinionId });
    const id = earlier?.id ?? newId();
    if (earlier) await opinionAnswers.update(tx, id, { ...content, rowVersion: earlier.rowVersion + 1 });
    else await opinionAnswers.insert(tx, { id, tenantId: consultation.tenantId, consultationId: consultation.id, opinionId, publishedAt: null, rowVersion: 1, ...content });
    await readBy(tx, consultation, [opinionId]);
    recordAudit(tx, {
      action: 'consultation.opinion_answered', subjectType: 'opinion', subjectId: opinionId,
      details: { disposition: input.disposition, adoptedIdentity: content.adoptedIdentity, rewritten: earlier !== null },
    });
    return { id };
  }
}
