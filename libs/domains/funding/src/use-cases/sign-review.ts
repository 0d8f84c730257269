import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { totalOf } from '../domain/review';
import { requireRole } from '../funding.access';
import { assignments, calls } from '../persistence/repositories';

/** The expert's scores, 0–100 each, with a comment; signed at once and unchangeable from then on. */
@Injectable()
export class SignReview {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, assignmentId: string, input: { scores: Record<string, number>; comment: string }): Promise<{ total: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'funding.review');
      const seen = await assignments.require(tx, assignmentId);
      const call = await calls.lockForShare(tx, seen.callId);
      const assignment = await assignments.lockForUpdate(tx, assignmentId);
      if (assignment.accountId !== actor.accountId) throw DomainError.notFound();
      if (call.state !== 'reviewing') throw DomainError.conflict('funding:error.reviewOver');
      if (assignment.signedAt) throw DomainError.conflict('funding:error.alreadySigned');
      if (assignment.conflict !== 'none') throw new DomainError('conflict', 'funding:error.declareFirst', { article: ARTICLES.recuse });
      const total = totalOf(assignment.criteria, input.scores);
      if (total === null) throw DomainError.invalid('funding:error.scores', [{ field: 'scores', key: 'funding:error.scores' }]);
      if (input.comment.trim().length < 5) throw DomainError.invalid('funding:error.commentShort', [{ field: 'comment', key: 'funding:error.commentShort' }]);
      await assignments.update(tx, assignment.id, { scores: input.scores, total, comment: input.comment.trim(), signedAt: tx.at });
      recordAudit(tx, {
        action: 'funding.review_signed', subjectType: 'review_assignment', subjectId: assignment.id, tenantId: call.tenantId,
        details: { scores: input.scores, total, comment: input.comment, applicationId: assignment.applicationId },
      });
      return { total };
    });
  }
}
