import { newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface DomainEvent {
  /** `<domain>.<what happened>.v<version>`: `consultation.opinion_posted.v1`. */
  type: string;
  /** Ids only; whoever reacts reads the rows again. */
  payload: Record<string, string>;
  /** The department whose matter it is; that of the actor unless given. */
  tenantId?: string | null;
}

/** Puts an event into the outbox, in the transaction of the change: both happen or neither does. Nothing leaves the database yet. */
export async function emit(tx: TenantTx, event: DomainEvent): Promise<void> {
  await tx.query(
    `INSERT INTO outbox (city_id, id, tenant_id, type, payload, created_at, available_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [tx.cityId, newId(), event.tenantId === undefined ? tx.actor.tenantId : event.tenantId, event.type, JSON.stringify(event.payload), tx.at],
  );
}
