import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ReportRow } from '../persistence/report.entity';

/**
 * Puts the decision of the person who acts under the edition that he has read, over the hash of its content; once for each edition, which the key sees to.
 * Refuses (`conflict`) if a newer edition was handed in meanwhile. A report without a campaign has no editions.
 */
export async function signEdition(tx: TenantTx, report: ReportRow, seen: number | undefined, decision: 'returned' | 'published', reason: string): Promise<void> {
  if (!report.campaignId) return;
  if (seen !== report.edition) throw DomainError.conflict('common:error.changedMeanwhile');
  if (report.evaluatorId === tx.actor.accountId) throw DomainError.forbidden('evaluation:error.ownReport');
  await tx.query(
    `INSERT INTO evaluation_signature (city_id, report_id, edition, tenant_id, decision, reason, content_hash, signed_by, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tx.cityId, report.id, report.edition, report.tenantId, decision, reason, report.contentHash, tx.actor.accountId, tx.at]);
}
