import { newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { blinded } from '../domain/review';
import { FUNDING_EVENTS } from '../funding.events';
import type { ApplicationRow } from './application.entity';
import type { CallRow } from './call.entity';
import type { AssignmentRow, DrawRow } from './draw.entity';
import type { Enterprise } from './enterprise.repository';
import { assignments } from './repositories';

/** The expert whom a step of the draw picked; null past the end of the pool. */
export function expertAtStep(draw: DrawRow, step: number): string | null {
  const pick = draw.selection?.find((candidate) => candidate.step === step);
  return draw.pool.find((entry) => entry.no === pick?.no)?.expertId ?? null;
}

/** Gives an expert a blinded copy of an application. The expert's account reads this copy and has no right to the application itself. */
export async function assignExpert(
  tx: TenantTx, call: CallRow, application: ApplicationRow, enterprise: Enterprise,
  expert: { expertId: string; accountId: string; step: number; why: AssignmentRow['why'] },
): Promise<void> {
  const id = newId();
  await assignments.insert(tx, {
    id, tenantId: call.tenantId, callId: call.id, applicationId: application.id, ...expert, callTitle: call.title, criteria: call.criteria,
    snapshot: blinded(application.data, enterprise), conflict: null, conflictReason: null, declaredAt: null, scores: null, total: null,
    comment: null, signedAt: null, assignedAt: tx.at,
  });
  await emit(tx, { type: FUNDING_EVENTS.reviewAssigned, payload: { assignmentId: id, accountId: expert.accountId } });
}

/** The accounts behind experts. */
export async function expertAccounts(tx: TenantTx, expertIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; accountId: string }>(
    `SELECT id, account_id AS "accountId" FROM expert_profile WHERE city_id = $1 AND id = ANY($2::uuid[])`, [tx.cityId, expertIds]);
  return new Map(rows.map(({ id, accountId }) => [id, accountId]));
}
