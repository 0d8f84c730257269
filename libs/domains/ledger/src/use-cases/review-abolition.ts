import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { ReviewOutcome } from '../domain/abolition';
import { abolitionCases } from '../persistence/repositories';
import { caseAtHand } from './case-at-hand';

export interface AbolitionReview {
  outcome: ReviewOutcome;
  opinion: string;
}

/** The legality review of a prepared case, by a reviewer of the department who neither opened nor prepared it. What is returned is prepared anew. */
@Injectable()
export class ReviewAbolition {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `seen` is the version of the case that was read: what is signed is what stands. */
  run(actor: Actor, caseId: string, { outcome, opinion }: AbolitionReview, seen: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { matter, accountId } = await caseAtHand(tx, tx.actor, caseId, 'ledger.review_abolition');
      if (matter.openedBy === accountId || matter.preparedBy === accountId) throw DomainError.forbidden('abolition:error.ownPreparation');
      if (matter.preparedAt === null) throw DomainError.conflict('abolition:error.notPrepared');
      if (matter.reviewOutcome !== null) throw DomainError.conflict('abolition:error.alreadyReviewed');
      if (!opinion.trim()) throw DomainError.invalid('abolition:error.opinionNeeded', [{ field: 'reviewOpinion', key: 'abolition:error.opinionNeeded' }]);
      await abolitionCases.updateVersioned(tx, matter.id, seen, { reviewOutcome: outcome, reviewOpinion: opinion.trim(), reviewedBy: accountId, reviewedAt: tx.at });
      recordAudit(tx, { action: 'ledger.abolition_reviewed', subjectType: 'abolition_case', subjectId: matter.id, details: { outcome } });
    });
  }
}
