import { DomainError, isId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import type { TenantTx } from '@platform/persistence';

export interface DeadEvent {
  id: string;
  type: string;
  createdAt: Date;
  deadAt: Date;
  attempts: number;
  lastError: string;
}

/** Events of the city whose handlers have failed too often, newest first. */
export async function listDeadEvents(tx: TenantTx): Promise<DeadEvent[]> {
  return tx.query<DeadEvent>(
    `SELECT id, type, created_at AS "createdAt", dead_at AS "deadAt", attempts, last_error AS "lastError"
     FROM outbox WHERE city_id = $1 AND dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT 200`, [tx.cityId]);
}

/** Puts a dead event back into the outbox, to be tried from the start. */
export async function rerunDeadEvent(tx: TenantTx, id: string): Promise<void> {
  if (!isId(id)) throw DomainError.notFound();
  const revived = await tx.query(
    `UPDATE outbox SET dead_at = NULL, attempts = 0, available_at = $3 WHERE city_id = $1 AND id = $2 AND dead_at IS NOT NULL RETURNING id`,
    [tx.cityId, id, tx.at]);
  if (revived.length === 0) throw DomainError.notFound();
  recordAudit(tx, { action: 'messaging.rerun', subjectType: 'outbox', subjectId: id });
}
