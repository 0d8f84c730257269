import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isDay } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { incompleteness, type Rating, REPORT_LIFE, type ReportContent, SIDES } from '../domain/report';
import { RatingRow, type ReportRow } from '../persistence/report.entity';
import { reports } from '../persistence/repositories';
import { holdOwnReport } from './hold-report';

export interface SaveReportInput extends ReportContent {
  /** The version of the row that the person saw. */
  rowVersion: number;
  /** Hands it in after saving; everything must then be there. */
  submit: boolean;
}

/** Saves a report, unfinished as it may be, and hands it in when asked; then every side, the conclusion and its reason must be there. */
@Injectable()
export class SaveReport {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, reportId: string, input: SaveReportInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const report = await holdOwnReport(tx, reportId);
      if (report.campaignId) throw DomainError.conflict('appraisal:error.writtenElsewhere');
      const { to } = REPORT_LIFE.require('submit', report.state);
      if (input.submit) {
        const faults = incompleteness(input, chinaDate(tx.at));
        if (faults.length > 0) throw DomainError.invalid('evaluation:error.incomplete', faults);
      }
      if (input.nextReviewOn && !isDay(input.nextReviewOn)) throw DomainError.invalid('evaluation:error.dayNeeded', [{ field: 'nextReviewOn', key: 'evaluation:error.dayNeeded' }]);
      await this.saveRatings(tx, report, input.ratings);
      await reports.updateVersioned(tx, report.id, input.rowVersion, {
        summary: input.summary.trim(), conclusion: input.conclusion, reason: input.reason.trim(),
        nextReviewOn: input.conclusion === 'keep' ? input.nextReviewOn : null,
        ...(input.submit ? { state: to, submittedAt: tx.at, returnedReason: null } : {}),
      });
      recordAudit(tx, { action: input.submit ? 'evaluation.submitted' : 'evaluation.saved', subjectType: 'evaluation_report', subjectId: report.id, details: { conclusion: input.conclusion } });
    });
  }

  /** A side without rating or evidence is simply not there yet. */
  private async saveRatings(tx: TenantTx, report: ReportRow, ratings: readonly Rating[]): Promise<void> {
    for (const side of SIDES) {
      const given = ratings.find((rating) => rating.side === side);
      if (!given?.evidence.trim()) continue;
      if (!Number.isInteger(given.rating) || given.rating < 0 || given.rating > 100) {
        throw DomainError.invalid('evaluation:error.ratingRange', [{ field: `${side}Rating`, key: 'evaluation:error.ratingRange' }]);
      }
      await tx.repository(RatingRow).upsert(
        { cityId: tx.cityId, reportId: report.id, side, tenantId: report.tenantId, rating: given.rating, evidence: given.evidence.trim() }, ['cityId', 'reportId', 'side']);
    }
  }
}
