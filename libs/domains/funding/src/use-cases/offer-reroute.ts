import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE } from '../domain/application';
import { takesApplications } from '../domain/call';
import { match } from '../domain/eligibility';
import { requireStaff } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { writeHistory } from '../persistence/history.repository';
import { lockApplication } from '../persistence/locks';
import { applications, calls } from '../persistence/repositories';

/** Proposes another open call of the city to an applicant who came to the wrong one, instead of turning them away. */
@Injectable()
export class OfferReroute {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, applicationId: string, input: { targetCallId: string; reason: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { call, application } = await lockApplication(tx, applicationId);
      requireStaff(actor, 'funding.manage', call);
      const { to } = APPLICATION_LIFE.require('offer_reroute', application.state);
      const target = await calls.require(tx, input.targetCallId);
      if (target.id === call.id || !takesApplications(target, tx.at)) throw DomainError.conflict('funding:error.targetNotOpen');
      if (input.reason.trim() === '') throw DomainError.invalid('funding:error.reasonMissing', [{ field: 'reason', key: 'funding:error.reasonMissing' }]);
      await applications.update(tx, application.id, { state: to, rerouteCallId: target.id, rowVersion: application.rowVersion + 1 });
      await tx.query(
        `INSERT INTO completeness_check (city_id, id, tenant_id, call_id, application_id, outcome, findings, conditions, checked_by, checked_at)
         VALUES ($1, $2, $3, $4, $5, 'rerouting', $6, $7, $8, $9)`,
        [tx.cityId, newId(), call.tenantId, call.id, application.id, input.reason, JSON.stringify(match(target.conditions, application.facts)), actor.accountId, tx.at]);
      await writeHistory(tx, application, 'reroute_offered', `${target.title}：${input.reason}`);
      await emit(tx, { type: FUNDING_EVENTS.applicationChecked, payload: { applicationId: application.id } });
      recordAudit(tx, { action: 'funding.reroute_offered', subjectType: 'fund_application', subjectId: application.id, details: { ...input } });
    });
  }
}
