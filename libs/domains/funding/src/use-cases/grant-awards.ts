import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { LifeCycle, policies } from '@core/policy';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE } from '../domain/application';
import { ARTICLES } from '../domain/articles';
import { CALL_LIFE } from '../domain/call';
import { requireStaff } from '../funding.access';
import { writeHistory } from '../persistence/history.repository';
import { noticeOf } from '../persistence/notice.repository';
import { applications, awards, calls, decisions, objections } from '../persistence/repositories';

/**
 * Turns what stood in the public notice into awards, when the notice has run its days and every objection is answered. What an upheld objection
 * hit, or an objection to the whole call, is not awarded.
 */
@Injectable()
export class GrantAwards {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, callId: string): Promise<{ awards: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const seen = await calls.require(tx, callId);
      const policy = await policies.lockForShare(tx, seen.policyId);
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.decide', call);
      const { to } = CALL_LIFE.require('award', call.state);
      const notice = await noticeOf(tx, call.id);
      if (!notice || chinaDate(tx.at) <= notice.endsOn) {
        throw new DomainError('conflict', 'funding:error.noticeRunning', { params: { endsOn: notice?.endsOn }, article: ARTICLES.notice });
      }
      const all = await objections.find(tx, { callId: call.id });
      const open = all.filter(({ state }) => state === 'open').length;
      if (open > 0) throw new DomainError('conflict', 'funding:error.objectionsOpen', { params: { count: open }, article: ARTICLES.notice });
      const upheld = all.filter((objection) => objection.upheld);
      const granted = await decisions.find(tx, { callId: call.id, granted: true });
      const struck = granted.filter(({ id }) => upheld.some(({ decisionId }) => decisionId === null || decisionId === id));
      const stands = granted.filter((decision) => !struck.includes(decision));
      for (const { applicationId } of struck) await this.strike(tx, applicationId);
      await awards.insertMany(tx, stands.map(({ id, applicationId, enterpriseId, amountFen }) => ({
        id: newId(), tenantId: call.tenantId, callId: call.id, programmeId: call.programmeId, applicationId, decisionId: id, enterpriseId, amountFen,
        paidFen: 0, awardedBy: actor.accountId, awardedAt: tx.at,
      })));
      // Nothing to pay is settled at once.
      await calls.update(tx, call.id, { state: stands.length > 0 ? to : CALL_LIFE.require('settle', to).to });
      const totalFen = stands.reduce((sum, { amountFen }) => sum + amountFen, 0);
      await this.lifeCycle.record(tx, policy, 'award_decided', { details: { callId: call.id, awards: stands.length, totalFen } });
      recordAudit(tx, { action: 'funding.awarded', subjectType: 'funding_call', subjectId: call.id, details: { awards: stands.length, struck: struck.length, totalFen } });
      return { awards: stands.length };
    });
  }

  private async strike(tx: TenantTx, applicationId: string): Promise<void> {
    const application = await applications.lockForUpdate(tx, applicationId);
    const { to } = APPLICATION_LIFE.require('strike', application.state);
    await applications.update(tx, application.id, { state: to, rowVersion: application.rowVersion + 1 });
    await writeHistory(tx, application, 'struck');
  }
}
