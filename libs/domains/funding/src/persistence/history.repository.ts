import type { TenantTx } from '@platform/persistence';
import type { ApplicationRow } from './application.entity';

/** One more line in the history of an application that this transaction has locked; the lock makes the numbers follow each other. */
export async function writeHistory(tx: TenantTx, application: Pick<ApplicationRow, 'id' | 'tenantId' | 'callId'>, what: string, note = ''): Promise<void> {
  const [last] = await tx.query<{ seq: number }>(
    'SELECT coalesce(max(seq), 0)::int AS seq FROM fund_application_history WHERE city_id = $1 AND application_id = $2', [tx.cityId, application.id]);
  await tx.query(
    `INSERT INTO fund_application_history (city_id, application_id, seq, tenant_id, call_id, what, note, actor_id, actor_name, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [tx.cityId, application.id, last!.seq + 1, application.tenantId, application.callId, what, note, tx.actor.accountId, tx.actor.name, tx.at]);
}
