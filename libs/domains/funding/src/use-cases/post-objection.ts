import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { requireRole } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { noticeOf } from '../persistence/notice.repository';
import { calls, decisions, objections } from '../persistence/repositories';

/** A named enterprise or resident objects while the notice runs, to one grant or to the whole; nothing is awarded before it is answered. */
@Injectable()
export class PostObjection {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string, input: { decisionId?: string | null; text: string }): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'objection.post');
      const call = await calls.lockForShare(tx, callId);
      const notice = await noticeOf(tx, call.id);
      if (call.state !== 'noticed' || !notice || chinaDate(tx.at) > notice.endsOn) {
        throw new DomainError('conflict', 'funding:error.noNotice', { article: ARTICLES.notice });
      }
      const text = input.text.trim();
      if (text.length < 10 || text.length > 4000) throw DomainError.invalid('funding:error.objectionText', [{ field: 'text', key: 'funding:error.objectionText' }]);
      const decision = input.decisionId ? await decisions.require(tx, input.decisionId) : null;
      if (decision && decision.callId !== call.id) throw DomainError.notFound();
      const id = newId();
      await objections.insert(tx, {
        id, tenantId: call.tenantId, callId: call.id, decisionId: decision?.id ?? null, accountId: actor.accountId, authorName: actor.name, text,
        state: 'open', upheld: null, answer: null, answeredBy: null, answeredAt: null, createdAt: tx.at,
      });
      await emit(tx, { type: FUNDING_EVENTS.objectionPosted, tenantId: call.tenantId, payload: { objectionId: id, callId: call.id } });
      recordAudit(tx, { action: 'funding.objection_posted', subjectType: 'fund_objection', subjectId: id, tenantId: call.tenantId, details: { callId: call.id, text } });
      return { id };
    });
  }
}
