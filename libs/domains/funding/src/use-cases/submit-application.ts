import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE, missingFields } from '../domain/application';
import { takesApplications } from '../domain/call';
import { match, together } from '../domain/eligibility';
import { requireRole } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { ownEnterprise } from '../persistence/enterprise.repository';
import { writeHistory } from '../persistence/history.repository';
import { lockApplication } from '../persistence/locks';
import { applications } from '../persistence/repositories';

/** Hands the application in, or in again after a correction. What the register says at this moment is kept with it. */
@Injectable()
export class SubmitApplication {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, applicationId: string): Promise<{ receipt: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'application.submit');
      const enterprise = await ownEnterprise(tx);
      const { call, application } = await lockApplication(tx, applicationId);
      if (application.enterpriseId !== enterprise.id) throw DomainError.notFound();
      const again = application.state === 'correction';
      const { to } = APPLICATION_LIFE.require(again ? 'resubmit' : 'submit', application.state);
      if (!again && !takesApplications(call, tx.at)) throw DomainError.conflict('funding:error.notTaking');
      if (again && application.correctionDue && chinaDate(tx.at) > application.correctionDue) {
        throw DomainError.conflict('funding:error.correctionOver', { due: application.correctionDue });
      }
      const missing = missingFields(application.data, call.perAwardMaxFen);
      if (missing.length > 0) throw DomainError.invalid('common:error.validation', missing);
      // The last digits of the id are random, so a receipt tells nothing about how many there are.
      const receipt = application.receipt ?? `ZJ${chinaDate(tx.at).replace(/-/g, '')}-${application.id.slice(-8).toUpperCase()}`;
      await applications.update(tx, application.id, {
        state: to, receipt, facts: enterprise.facts, submittedBy: actor.accountId, submittedAt: tx.at, correctionDue: null, rowVersion: application.rowVersion + 1,
      });
      await writeHistory(tx, application, again ? 'resubmitted' : 'submitted');
      await emit(tx, { type: FUNDING_EVENTS.applicationSubmitted, tenantId: call.tenantId, payload: { applicationId: application.id, callId: call.id } });
      recordAudit(tx, {
        action: 'funding.application_submitted', subjectType: 'fund_application', subjectId: application.id, tenantId: call.tenantId,
        details: { receipt, data: application.data, eligibility: together(match(call.conditions, enterprise.facts).map(({ verdict }) => verdict)) },
      });
      return { receipt };
    });
  }
}
