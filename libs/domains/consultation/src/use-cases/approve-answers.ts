import { type Actor, DomainError, isId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { consultations } from '../persistence/repositories';

interface Pending {
  id: string;
  opinion_id: string;
  answered_by: string;
}

/** A second person approves answers, many at a time: all that were asked for, or none. */
@Injectable()
export class ApproveAnswers {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses if one of them is the person's own, unknown, or approved already. Answers how many were approved. */
  run(actor: Actor, consultationId: string, answerIds: readonly string[]): Promise<{ approved: number }> {
    return this.unitOfWork.run(actor, (tx) => this.within(tx, consultationId, [...new Set(answerIds)]));
  }

  /** As `run`, in a transaction that is open already; ids without repeats. */
  async within(tx: TenantTx, consultationId: string, answerIds: readonly string[]): Promise<{ approved: number }> {
    const consultation = await consultations.lockForShare(tx, consultationId);
    assertCan(tx.actor, 'consultation.approve', consultation);
    if (answerIds.length === 0) throw DomainError.invalid('consultation:error.nothingChosen', [{ field: 'answerIds', key: 'consultation:error.nothingChosen' }]);
    if (!answerIds.every(isId)) throw DomainError.notFound();
    const pending = await tx.query<Pending>(
      `SELECT id, opinion_id, answered_by FROM opinion_answer
       WHERE city_id = $1 AND consultation_id = $2 AND id = ANY($3::uuid[]) AND approved_at IS NULL ORDER BY id FOR UPDATE`,
      [tx.cityId, consultation.id, answerIds]);
    if (pending.length !== answerIds.length) throw DomainError.conflict('common:error.changedMeanwhile');
    if (pending.some((answer) => answer.answered_by === tx.actor.accountId)) throw DomainError.forbidden('consultation:error.secondPerson');
    await tx.query(
      `UPDATE opinion_answer SET approved_by = $4, approved_at = $5, row_version = row_version + 1 WHERE city_id = $1 AND consultation_id = $2 AND id = ANY($3::uuid[])`,
      [tx.cityId, consultation.id, answerIds, tx.actor.accountId, tx.at]);
    recordAudit(tx, {
      action: 'consultation.answers_approved', subjectType: 'consultation', subjectId: consultation.id, details: { opinions: pending.map((answer) => answer.opinion_id) },
    });
    return { approved: pending.length };
  }
}
