import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { requireStaff } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { calls, decisions, objections } from '../persistence/repositories';

/** Answers an objection, upheld or not. Nobody answers an objection to what they decided themselves; an upheld one takes that grant away. */
@Injectable()
export class ResolveObjection {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, objectionId: string, input: { upheld: boolean; answer: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const seen = await objections.require(tx, objectionId);
      const call = await calls.lockForShare(tx, seen.callId);
      const objection = await objections.lockForUpdate(tx, objectionId);
      requireStaff(actor, 'funding.resolve', objection);
      if (objection.state !== 'open' || call.state !== 'noticed') throw DomainError.conflict('funding:error.objectionClosed');
      const own = await decisions.find(tx, { callId: call.id, decidedBy: actor.accountId });
      if (own.length > 0) throw DomainError.forbidden('funding:error.deciderAnswers', ARTICLES.separation);
      if (input.answer.trim() === '') throw DomainError.invalid('funding:error.answerMissing', [{ field: 'answer', key: 'funding:error.answerMissing' }]);
      await objections.update(tx, objection.id, { state: 'resolved', upheld: input.upheld, answer: input.answer.trim(), answeredBy: actor.accountId, answeredAt: tx.at });
      await emit(tx, { type: FUNDING_EVENTS.objectionResolved, payload: { objectionId: objection.id, accountId: objection.accountId, callId: call.id } });
      recordAudit(tx, { action: 'funding.objection_resolved', subjectType: 'fund_objection', subjectId: objection.id, details: { ...input } });
    });
  }
}
