import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE } from '../domain/application';
import { requireRole } from '../funding.access';
import { ownEnterprise } from '../persistence/enterprise.repository';
import { writeHistory } from '../persistence/history.repository';
import { lockApplication } from '../persistence/locks';
import { applications } from '../persistence/repositories';

/** Takes an application back, as long as it has not been accepted for review. */
@Injectable()
export class WithdrawApplication {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, applicationId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireRole(actor, 'application.submit');
      const enterprise = await ownEnterprise(tx);
      const { application } = await lockApplication(tx, applicationId);
      if (application.enterpriseId !== enterprise.id) throw DomainError.notFound();
      const { to } = APPLICATION_LIFE.require('withdraw', application.state);
      await applications.update(tx, application.id, { state: to, rerouteCallId: null, rowVersion: application.rowVersion + 1 });
      await writeHistory(tx, application, 'withdrawn');
      recordAudit(tx, { action: 'funding.application_withdrawn', subjectType: 'fund_application', subjectId: application.id, tenantId: application.tenantId });
    });
  }
}
