import { LifeCycle } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { circulationArticle } from '../domain/articles';
import { isLate } from '../domain/circulation';
import { GRANTS } from '../drafting.access';
import { CIRCULATION_REPLIED } from '../drafting.events';
import { replies } from '../persistence/repositories';
import { askedAtHand, assertOnItsWay } from './circulation-at-hand';

/**
 * The head of an asked department signs its reply, as he read it: from then on the drafting department sees it, and nobody changes it. Who drafted
 * it does not sign it. After its day, or once the circulation is over, it is taken all the same and marked late.
 */
@Injectable()
export class SignReply {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /** `seen` is the reply's `rowVersion` as the head read it. */
  run(actor: Actor, circulationId: string, seen: number): Promise<{ late: boolean }> {
    return this.unitOfWork.run(actor, (tx) => this.sign(tx, circulationId, seen));
  }

  private async sign(tx: TenantTx, circulationId: string, seen: number): Promise<{ late: boolean }> {
    const { policy, circulation } = await askedAtHand(tx, circulationId);
    const article = circulationArticle(policy.kind);
    if (!tx.actor.roles.some((role) => (GRANTS['drafting.sign_reply'] as readonly string[]).includes(role))) throw DomainError.forbidden();
    assertOnItsWay(policy);
    const draft = await replies.findOne(tx, { circulationId, tenantId: tx.actor.tenantId ?? '' });
    if (!draft) throw new DomainError('conflict', 'circulation:error.nothingToSign', { article });
    const reply = await replies.lockForUpdate(tx, draft.id);
    if (reply.signedAt) throw new DomainError('conflict', 'circulation:error.signed', { article });
    const me = tx.actor.accountId ?? '';
    if (reply.drafters.includes(me)) throw DomainError.forbidden('circulation:error.ownReply', article);
    const late = isLate({ replyOn: circulation.replyOn, closed: circulation.state === 'closed' }, chinaDate(tx.at));
    await replies.updateVersioned(tx, reply.id, seen, { signedBy: me, signedAt: tx.at, late });
    await this.lifeCycle.record(tx, policy, 'circulation_replied', { details: { circulationId, replyId: reply.id, departmentId: reply.tenantId, stance: reply.stance, late } });
    await emit(tx, { type: CIRCULATION_REPLIED, payload: { policyId: policy.id, circulationId, replyId: reply.id } });
    recordAudit(tx, { action: 'drafting.reply_signed', subjectType: 'circulation_reply', subjectId: reply.id, tenantId: reply.tenantId, details: { circulationId, stance: reply.stance, late } });
    return { late };
  }
}
