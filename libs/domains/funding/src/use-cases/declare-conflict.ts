import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { requireRole } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { assignments, calls } from '../persistence/repositories';

/** The expert declares whether something ties them to the application; before scoring, and a declared conflict is not taken back. */
@Injectable()
export class DeclareConflict {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, assignmentId: string, input: { conflict: boolean; reason?: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'funding.review');
      const seen = await assignments.require(tx, assignmentId);
      const call = await calls.lockForShare(tx, seen.callId);
      const assignment = await assignments.lockForUpdate(tx, assignmentId);
      if (assignment.accountId !== actor.accountId) throw DomainError.notFound();
      if (call.state !== 'reviewing') throw DomainError.conflict('funding:error.reviewOver');
      if (assignment.signedAt || assignment.conflict === 'declared') throw new DomainError('conflict', 'funding:error.alreadyDeclared', { article: ARTICLES.recuse });
      if (input.conflict && !input.reason?.trim()) throw DomainError.invalid('funding:error.reasonMissing', [{ field: 'reason', key: 'funding:error.reasonMissing' }]);
      await assignments.update(tx, assignment.id, {
        conflict: input.conflict ? 'declared' : 'none', conflictReason: input.conflict ? input.reason!.trim() : null, declaredAt: tx.at,
      });
      if (input.conflict) await emit(tx, { type: FUNDING_EVENTS.conflictDeclared, tenantId: call.tenantId, payload: { callId: call.id, applicationId: assignment.applicationId } });
      recordAudit(tx, {
        action: input.conflict ? 'funding.conflict_declared' : 'funding.no_conflict_declared', subjectType: 'review_assignment', subjectId: assignment.id,
        tenantId: call.tenantId, details: { reason: input.reason },
      });
    });
  }
}
