import { type Actor, DomainError, type Fen, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { CALL_LIFE } from '../domain/call';
import { requireStaff } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { writeHistory } from '../persistence/history.repository';
import { applications, awards, calls, decisions } from '../persistence/repositories';

export interface PayAwardInput {
  /** 1, 2, 3 …: named by who pays, so that a second click is the same instalment and not the next one. */
  instalment: number;
  amountFen: Fen;
  /** The number of the payment order. */
  voucher: string;
}

/**
 * Pays one instalment of an award, at most once and never past the budget. The budget row is locked first, so payments of a call follow each other;
 * behind that stand the unique entitlement and the CHECKs that the database counts payments against.
 */
@Injectable()
export class PayAward {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, awardId: string, input: PayAwardInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const seen = await awards.require(tx, awardId);
      const call = await calls.lockForUpdate(tx, seen.callId);
      const award = await awards.lockForUpdate(tx, awardId);
      requireStaff(actor, 'funding.pay', award);
      const paid = await tx.query<{ instalment: number }>('SELECT instalment FROM fund_payment WHERE city_id = $1 AND award_id = $2', [tx.cityId, award.id]);
      if (paid.some(({ instalment }) => instalment === input.instalment)) throw DomainError.conflict('funding:error.alreadyPaid', { instalment: input.instalment });
      if (call.state !== 'awarded') throw DomainError.conflict('common:error.wrongState', { subject: 'funding_call', state: call.state, transition: 'pay' });
      if (input.instalment !== paid.length + 1) throw DomainError.conflict('funding:error.instalmentOrder', { next: paid.length + 1 });
      const decision = await decisions.require(tx, award.decisionId);
      if (decision.decidedBy === actor.accountId || award.awardedBy === actor.accountId) throw DomainError.forbidden('funding:error.deciderPays', ARTICLES.separation);
      if (!Number.isSafeInteger(input.amountFen) || input.amountFen <= 0) throw DomainError.invalid('funding:error.amountMissing', [{ field: 'amountYuan', key: 'funding:error.amountMissing' }]);
      if (award.paidFen + input.amountFen > award.amountFen) throw DomainError.conflict('funding:error.overAward');
      if (call.paidFen + input.amountFen > call.budgetFen) throw new DomainError('conflict', 'funding:error.overBudget', { article: ARTICLES.budget });
      const id = newId();
      await tx.query(
        `INSERT INTO fund_payment (city_id, id, tenant_id, award_id, call_id, enterprise_id, programme_id, instalment, amount_fen, voucher, paid_by, paid_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [tx.cityId, id, award.tenantId, award.id, call.id, award.enterpriseId, award.programmeId, input.instalment, input.amountFen, input.voucher, actor.accountId, tx.at]);
      await writeHistory(tx, await applications.lockForUpdate(tx, award.applicationId), 'paid', input.voucher);
      await this.settleWhenPaid(tx, call.id);
      await emit(tx, { type: FUNDING_EVENTS.paid, payload: { paymentId: id, applicationId: award.applicationId } });
      recordAudit(tx, { action: 'funding.paid', subjectType: 'fund_award', subjectId: award.id, details: { paymentId: id, ...input } });
      return { id };
    });
  }

  private async settleWhenPaid(tx: TenantTx, callId: string): Promise<void> {
    const [open] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM fund_award WHERE city_id = $1 AND call_id = $2 AND paid_fen < amount_fen', [tx.cityId, callId]);
    if (open!.count > 0) return;
    const { to } = CALL_LIFE.require('settle', 'awarded');
    await calls.update(tx, callId, { state: to });
    recordAudit(tx, { action: 'funding.call_settled', subjectType: 'funding_call', subjectId: callId });
  }
}
