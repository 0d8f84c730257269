import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import type { OpinionFilter } from '../domain/opinion-filter';
import { requiredText } from '../domain/opinion-text';
import { consultations } from '../persistence/repositories';
import type { AnswerInput } from './answer-content';
import { ApproveAnswers } from './approve-answers';
import { giveAnswer } from './give-answer';
import { lockSelection } from './lock-selection';

/** The same work on every opinion that fits a filter, as it was previewed: all or nothing. */
@Injectable()
export class WorkOnSelection {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly approveAnswers: ApproveAnswers,
  ) {}

  /**
   * Gives one answer to those that have none and want one, a row to each, which a second person approves like any other.
   *
   * @throws DomainError as `lockSelection`; invalid `opinion-desk:error.allAnswered` where each has one; as `AnswerOpinion` for the answer itself
   */
  answer(actor: Actor, consultationId: string, filter: OpinionFilter, { key, ...input }: AnswerInput & { key: string }): Promise<{ answered: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.lockForShare(tx, consultationId);
      assertCan(tx.actor, 'consultation.answer', consultation);
      if (consultation.state === 'result_published') throw DomainError.conflict('consultation:error.resultIsOut');
      const { ids } = await lockSelection(tx, consultation.id, filter, key);
      const receiving = await unanswered(tx, ids);
      if (receiving.length === 0) throw DomainError.invalid('opinion-desk:error.allAnswered');
      const { disposition, adoptedIdentity } = await giveAnswer(tx, consultation, receiving, input);
      recordAudit(tx, { action: 'consultation.selection_answered', subjectType: 'consultation', subjectId: consultation.id, details: { filter: { ...filter }, disposition, adoptedIdentity, opinions: receiving } });
      return { answered: receiving.length };
    });
  }

  /**
   * Approves, as the second person, the answers that somebody else gave and that wait; one's own stay as they are.
   *
   * @throws DomainError as `lockSelection`; invalid `opinion-desk:error.nonePending`
   */
  approve(actor: Actor, consultationId: string, filter: OpinionFilter, { key }: { key: string }): Promise<{ approved: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.lockForShare(tx, consultationId);
      assertCan(tx.actor, 'consultation.approve', consultation);
      const { pendingIds } = await lockSelection(tx, consultation.id, filter, key);
      if (pendingIds.length === 0) throw DomainError.invalid('opinion-desk:error.nonePending');
      return this.approveAnswers.within(tx, consultation.id, pendingIds);
    });
  }

  /**
   * Takes those that are shown out of the public view, for one reason that each of their authors reads and may appeal against.
   *
   * @throws DomainError as `lockSelection`; invalid `opinion-desk:error.noneShown`
   */
  hide(actor: Actor, consultationId: string, filter: OpinionFilter, { key, reason }: { key: string; reason: string }): Promise<{ hidden: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.lockForUpdate(tx, consultationId);
      assertCan(tx.actor, 'consultation.moderate', consultation);
      const { ids } = await lockSelection(tx, consultation.id, filter, key);
      const moderationReason = requiredText(reason, 'reason', 500);
      const hidden = await tx.query<{ id: string }>(
        `UPDATE opinion SET moderation = 'hidden', moderation_reason = $3, moderated_by = $4, moderated_at = $5 WHERE city_id = $1 AND id = ANY($2::uuid[]) AND moderation = 'shown' RETURNING id`,
        [tx.cityId, ids, moderationReason, tx.actor.accountId, tx.at]);
      if (hidden.length === 0) throw DomainError.invalid('opinion-desk:error.noneShown');
      await consultations.update(tx, consultation.id, { hiddenCount: consultation.hiddenCount + hidden.length, rowVersion: consultation.rowVersion + 1 });
      recordAudit(tx, {
        action: 'consultation.selection_hidden', subjectType: 'consultation', subjectId: consultation.id, details: { filter: { ...filter }, reason: moderationReason, opinions: hidden.map(({ id }) => id) },
      });
      return { hidden: hidden.length };
    });
  }
}

async function unanswered(tx: TenantTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT o.id FROM opinion o LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id
     WHERE o.city_id = $1 AND o.id = ANY($2::uuid[]) AND a.id IS NULL AND o.moderation <> 'withdrawn' ORDER BY o.id`, [tx.cityId, ids]);
  return rows.map(({ id }) => id);
}
