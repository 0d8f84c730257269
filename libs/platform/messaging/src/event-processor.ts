import { type Clock, systemActor } from '@platform/kernel';
import { CLOCK, type TenantTx, UnitOfWork } from '@platform/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { type EventHandler, HandlerRegistry, type StoredEvent } from './handler-registry';

interface OutboxRow {
  id: string;
  tenant_id: string | null;
  type: string;
  payload: Record<string, string>;
  attempts: number;
}

/** Tries before an event becomes a dead letter. */
export const MAX_ATTEMPTS = 10;

/** Seconds to wait after the nth failed try: 2, 4, 8 … up to ten minutes. */
export const backOffSeconds = (attempt: number): number => Math.min(2 ** attempt, 600);

/** Runs the handlers of one event, each in its own transaction, and closes the event when all have run. */
@Injectable()
export class EventProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: HandlerRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Delivering an event twice, or to two workers at once, is harmless. A handler's failure is written down and the event tried again later. */
  async process(cityId: string, eventId: string): Promise<void> {
    const row = await this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [found] = await tx.query<OutboxRow>(
        `SELECT id, tenant_id, type, payload, attempts FROM outbox WHERE city_id = $1 AND id = $2 AND done_at IS NULL AND dead_at IS NULL`,
        [cityId, eventId]);
      return found;
    });
    if (!row) return;
    const event: StoredEvent = { id: row.id, cityId, tenantId: row.tenant_id, type: row.type, payload: row.payload };
    try {
      for (const handler of this.registry.for(event.type)) await this.runOnce(handler, event);
      await this.unitOfWork.run(systemActor(cityId), (tx) => this.close(tx, event));
    } catch (error) {
      await this.unitOfWork.run(systemActor(cityId), (tx) => this.fail(tx, event, row.attempts, error));
    }
  }

  private async runOnce(handler: EventHandler, event: StoredEvent): Promise<void> {
    // An event whose later handler failed comes again: what is long is not done again for nothing.
    const prepared = handler.prepare && !(await this.isHandled(handler, event)) ? await handler.prepare(event) : undefined;
    await this.unitOfWork.run(systemActor(event.cityId, event.tenantId), async (tx) => {
      const claimed = await tx.query(
        `INSERT INTO handled_event (city_id, event_id, handler, handled_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (city_id, event_id, handler) DO NOTHING RETURNING handler`,
        [event.cityId, event.id, handler.name, this.clock.now()]);
      if (claimed.length > 0) await handler.handle(tx, event, prepared);
    });
  }

  private isHandled(handler: EventHandler, { cityId, id }: StoredEvent): Promise<boolean> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) =>
      (await tx.query('SELECT 1 FROM handled_event WHERE city_id = $1 AND event_id = $2 AND handler = $3', [cityId, id, handler.name])).length > 0);
  }

  private async close(tx: TenantTx, event: StoredEvent): Promise<void> {
    await tx.query('UPDATE outbox SET done_at = $3, last_error = NULL WHERE city_id = $1 AND id = $2', [event.cityId, event.id, tx.at]);
  }

  private async fail(tx: TenantTx, event: StoredEvent, attempts: number, error: unknown): Promise<void> {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const next = new Date(tx.at.getTime() + backOffSeconds(attempts) * 1000);
    await tx.query(
      `UPDATE outbox SET last_error = $3, available_at = $4, dead_at = CASE WHEN attempts >= $5 THEN $6::timestamptz END
       WHERE city_id = $1 AND id = $2 AND done_at IS NULL`,
      [event.cityId, event.id, message.slice(0, 1000), next, MAX_ATTEMPTS, tx.at]);
  }
}
