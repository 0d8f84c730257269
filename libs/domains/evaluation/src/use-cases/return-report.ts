import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { REPORT_LIFE } from '../domain/report';
import { reports } from '../persistence/repositories';
import { holdReport } from './hold-report';
import { signEdition } from './sign-edition';

/** Sends a report that was handed in back to its evaluator, with the reason. */
@Injectable()
export class ReturnReport {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `edition`: of a campaign's report, the one that the person has read. */
  run(actor: Actor, reportId: string, reason: string, edition?: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { report } = await holdReport(tx, reportId, 'evaluation.publish');
      const { to } = REPORT_LIFE.require('return', report.state);
      if (!reason.trim()) throw DomainError.invalid('evaluation:error.returnReasonNeeded', [{ field: 'returnReason', key: 'evaluation:error.returnReasonNeeded' }]);
      await signEdition(tx, report, edition, 'returned', reason.trim());
      await reports.update(tx, report.id, { state: to, submittedAt: null, returnedReason: reason.trim(), rowVersion: report.rowVersion + 1 });
      recordAudit(tx, { action: 'evaluation.returned', subjectType: 'evaluation_report', subjectId: report.id, details: { reason: reason.trim() } });
    });
  }
}
