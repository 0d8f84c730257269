import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { AssignmentRow } from '../persistence/draw.entity';
import { assignments } from '../persistence/repositories';

/** What an expert may know of a review: the blinded copy, and no id that leads to the applicant. */
export type ReviewView = Pick<AssignmentRow, 'id' | 'callTitle' | 'criteria' | 'snapshot' | 'conflict' | 'conflictReason' | 'scores' | 'total' | 'comment' | 'signedAt' | 'assignedAt'>;

const view = (row: AssignmentRow): ReviewView => ({
  id: row.id, callTitle: row.callTitle, criteria: row.criteria, snapshot: row.snapshot, conflict: row.conflict, conflictReason: row.conflictReason,
  scores: row.scores, total: row.total, comment: row.comment, signedAt: row.signedAt, assignedAt: row.assignedAt,
});

/** The reviews of the expert who acts, newest first. */
export async function listReviews(tx: TenantTx): Promise<ReviewView[]> {
  if (!tx.actor.accountId) throw DomainError.notFound();
  return (await assignments.find(tx, { accountId: tx.actor.accountId }, { assignedAt: 'DESC' })).map(view);
}

/** One of them. */
export async function readReview(tx: TenantTx, id: string): Promise<ReviewView> {
  const row = await assignments.require(tx, id);
  if (row.accountId !== tx.actor.accountId) throw DomainError.notFound();
  return view(row);
}
