import { latestSubmittedVersion, policies, provisionsOf } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isDay } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { REPORT_LIFE } from '../domain/report';
import { type CampaignReportContent, reportFaults, seal } from '../domain/report-content';
import type { ReportRow } from '../persistence/report.entity';
import { reports } from '../persistence/repositories';
import { holdOwnReport } from './hold-report';

export interface SaveCampaignReportInput extends CampaignReportContent {
  /** The version of the row that the person saw. */
  rowVersion: number;
  /** Hands it in as a new edition after saving; everything must then be there. */
  submit: boolean;
}

/**
 * Saves the words of a campaign's report beside its scores and its evidence, which nobody changes. Handed in, the whole becomes an edition that is kept
 * and that the second person signs.
 */
@Injectable()
export class SaveCampaignReport {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, reportId: string, input: SaveCampaignReportInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const report = await holdOwnReport(tx, reportId);
      if (!report.campaignId) throw DomainError.notFound();
      const { to } = REPORT_LIFE.require('submit', report.state);
      if (input.nextReviewOn && !isDay(input.nextReviewOn)) throw DomainError.invalid('evaluation:error.dayNeeded', [{ field: 'nextReviewOn', key: 'evaluation:error.dayNeeded' }]);
      const faults = reportFaults(input, await clauseIdsOf(tx, report.policyId), chinaDate(tx.at), input.submit);
      if (faults[0]) throw DomainError.invalid(input.submit ? 'evaluation:error.incomplete' : faults[0].key, faults);
      const content = {
        sections: Object.fromEntries(Object.entries(input.sections).map(([key, text]) => [key, text.trim()])), conclusion: input.conclusion, reason: input.reason.trim(),
        clauses: input.clauses.map((one) => ({ ...one, reason: one.reason.trim() })), nextReviewOn: input.conclusion === 'keep' ? input.nextReviewOn : null,
      };
      const handedIn = input.submit ? await this.handIn(tx, report, content) : {};
      await reports.updateVersioned(tx, report.id, input.rowVersion, { ...content, summary: content.sections['practice'] ?? '', ...handedIn, ...(input.submit ? { state: to, submittedAt: tx.at, returnedReason: null } : {}) });
      recordAudit(tx, { action: input.submit ? 'evaluation.submitted' : 'evaluation.saved', subjectType: 'evaluation_report', subjectId: report.id, details: { conclusion: input.conclusion, ...handedIn } });
    });
  }

  private async handIn(tx: TenantTx, report: ReportRow, words: object): Promise<{ edition: number; contentHash: string }> {
    const { policyId, periodFrom, periodTo, scores, evidence } = report;
    const { content, hash } = seal({ ...words, policyId, periodFrom, periodTo, scores, evidence });
    const edition = report.edition + 1;
    await tx.query(
      `INSERT INTO evaluation_edition (city_id, report_id, no, tenant_id, content, content_hash, submitted_by, submitted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.cityId, report.id, edition, report.tenantId, content, hash, tx.actor.accountId, tx.at]);
    return { edition, contentHash: hash };
  }
}

/** The clauses of the text in force, which proposals may name. */
async function clauseIdsOf(tx: TenantTx, policyId: string): Promise<Set<string>> {
  const policy = await policies.require(tx, policyId);
  const versionId = policy.currentVersionId ?? (await latestSubmittedVersion(tx, policyId))?.id;
  return new Set(versionId ? (await provisionsOf(tx, versionId)).map(({ clauseId }) => clauseId) : []);
}
