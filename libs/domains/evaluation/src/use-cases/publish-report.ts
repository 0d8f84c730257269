import { LifeCycle } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { REPORT_LIFE } from '../domain/report';
import { EVALUATION_PUBLISHED, type EvaluationPublished } from '../evaluation.events';
import { openFollowUp } from '../persistence/follow-ups';
import { reports } from '../persistence/repositories';
import { holdReport } from './hold-report';
import { signEdition } from './sign-edition';

/** A second person publishes a report. It enters the policy's public record, and its conclusion acts through the event. */
@Injectable()
export class PublishReport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /** `edition`: of a campaign's report, the one that the person has read. */
  run(actor: Actor, reportId: string, edition?: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policy, report } = await holdReport(tx, reportId, 'evaluation.publish');
      const { to } = REPORT_LIFE.require('publish', report.state);
      if (!report.conclusion) throw DomainError.conflict('evaluation:error.incomplete');
      if (report.evaluatorId === tx.actor.accountId) throw DomainError.forbidden('evaluation:error.ownReport');
      await signEdition(tx, report, edition, 'published', '');
      await reports.update(tx, report.id, { state: to, approvedBy: tx.actor.accountId, publishedAt: tx.at, rowVersion: report.rowVersion + 1 });
      const { conclusion } = report;
      await this.lifeCycle.record(tx, policy, 'evaluation_published', { details: { reportId: report.id, conclusion } });
      const payload: EvaluationPublished = { policyId: policy.id, reportId: report.id, conclusion };
      await openFollowUp(tx, report, conclusion);
      await emit(tx, { type: EVALUATION_PUBLISHED, tenantId: policy.tenantId, payload });
      recordAudit(tx, { action: 'evaluation.published', subjectType: 'evaluation_report', subjectId: report.id, details: { policyId: policy.id, conclusion } });
    });
  }
}
