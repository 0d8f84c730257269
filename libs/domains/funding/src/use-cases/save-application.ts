import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { ApplicationData } from '../domain/application';
import { takesApplications } from '../domain/call';
import { requireRole } from '../funding.access';
import { ownEnterprise } from '../persistence/enterprise.repository';
import { writeHistory } from '../persistence/history.repository';
import { applications, calls } from '../persistence/repositories';

/**
 * Saves what the applicant has written so far, complete or not: a new draft, the draft there is, or the application sent back for correction.
 * An enterprise has at most one application in a call.
 */
@Injectable()
export class SaveApplication {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string, data: ApplicationData): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'application.submit');
      const enterprise = await ownEnterprise(tx);
      const call = await calls.lockForShare(tx, callId);
      // Of two first saves at once one makes the draft and the other waits for it here.
      const [made] = await tx.query<{ id: string }>(
        `INSERT INTO fund_application (city_id, id, tenant_id, call_id, enterprise_id, state, data, created_at) VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7)
         ON CONFLICT (city_id, call_id, enterprise_id) WHERE state <> 'withdrawn' DO NOTHING RETURNING id`,
        [tx.cityId, newId(), call.tenantId, call.id, enterprise.id, JSON.stringify(data), tx.at]);
      const found = made ?? (await applications.find(tx, { callId: call.id, enterpriseId: enterprise.id })).find(({ state }) => state !== 'withdrawn');
      if (!found) throw DomainError.conflict('common:error.changedMeanwhile');
      const application = await applications.lockForUpdate(tx, found.id);
      if (application.state === 'draft') {
        if (!takesApplications(call, tx.at)) throw DomainError.conflict('funding:error.notTaking');
      } else if (application.state !== 'correction') {
        throw DomainError.conflict('funding:error.alreadyApplied');
      } else if (application.correctionDue && chinaDate(tx.at) > application.correctionDue) {
        throw DomainError.conflict('funding:error.correctionOver', { due: application.correctionDue });
      }
      if (made) await writeHistory(tx, application, 'started');
      else await applications.update(tx, application.id, { data, rowVersion: application.rowVersion + 1 });
      recordAudit(tx, { action: 'funding.application_saved', subjectType: 'fund_application', subjectId: application.id, tenantId: call.tenantId, details: { data } });
      return { id: application.id };
    });
  }
}
