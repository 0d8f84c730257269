import { policies, type PolicyRow } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { can, type EvaluationAction } from '../evaluation.access';
import type { ReportRow } from '../persistence/report.entity';
import { reports } from '../persistence/repositories';

/** Locks the policy, then its report, and checks that this person may do this on it. */
export async function holdReport(tx: TenantTx, reportId: string, action: EvaluationAction): Promise<{ policy: PolicyRow; report: ReportRow }> {
  const { policyId } = await reports.require(tx, reportId);
  const policy = await policies.lockForShare(tx, policyId);
  const report = await reports.lockForUpdate(tx, reportId);
  if (report.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
  if (!can(tx.actor, action, report)) throw DomainError.forbidden();
  return { policy, report };
}

/** A report is written by the person who opened it. */
export async function holdOwnReport(tx: TenantTx, reportId: string): Promise<ReportRow> {
  const { report } = await holdReport(tx, reportId, 'evaluation.write');
  if (report.evaluatorId !== tx.actor.accountId) throw DomainError.forbidden('evaluation:error.notYours');
  return report;
}
