import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE } from '../domain/application';
import { takesApplications } from '../domain/call';
import { requireRole } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { ownEnterprise } from '../persistence/enterprise.repository';
import { writeHistory } from '../persistence/history.repository';
import { lockApplication } from '../persistence/locks';
import { applications, calls } from '../persistence/repositories';

/**
 * The applicant's answer to the proposed call. Accepted, the same application moves there with its receipt, its text and its history; nothing is
 * typed again.
 */
@Injectable()
export class AnswerReroute {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, applicationId: string, accept: boolean): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'application.submit');
      const enterprise = await ownEnterprise(tx);
      const { call, application } = await lockApplication(tx, applicationId);
      if (application.enterpriseId !== enterprise.id) throw DomainError.notFound();
      const { to } = APPLICATION_LIFE.require(accept ? 'accept_reroute' : 'decline_reroute', application.state);
      const rowVersion = application.rowVersion + 1;
      let moved = application;
      if (accept) {
        const target = await calls.lockForShare(tx, application.rerouteCallId!);
        if (!takesApplications(target, tx.at)) throw DomainError.conflict('funding:error.targetNotOpen');
        const there = await applications.find(tx, { callId: target.id, enterpriseId: enterprise.id });
        if (there.some(({ state }) => state !== 'withdrawn')) throw DomainError.conflict('funding:error.alreadyApplied');
        const patch = { state: to, callId: target.id, tenantId: target.tenantId, reroutedFrom: call.id, rerouteCallId: null, facts: enterprise.facts, rowVersion };
        await applications.update(tx, application.id, patch);
        moved = { ...application, ...patch };
      } else {
        await applications.update(tx, application.id, { state: to, rerouteCallId: null, rowVersion });
      }
      await writeHistory(tx, moved, accept ? 'reroute_accepted' : 'reroute_declined');
      await emit(tx, { type: FUNDING_EVENTS.rerouteAnswered, tenantId: moved.tenantId, payload: { applicationId: application.id, callId: moved.callId } });
      recordAudit(tx, {
        action: accept ? 'funding.reroute_accepted' : 'funding.reroute_declined', subjectType: 'fund_application', subjectId: application.id,
        tenantId: moved.tenantId, details: { from: call.id, to: moved.callId },
      });
    });
  }
}
