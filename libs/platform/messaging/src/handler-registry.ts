import { Injectable } from '@nestjs/common';
import type { TenantTx } from '@platform/persistence';

export interface StoredEvent {
  id: string;
  cityId: string;
  tenantId: string | null;
  type: string;
  payload: Record<string, string>;
}

/**
 * A reaction to an event. It runs as the machinery of the city, in a transaction of its own in which "this handler has handled this event"
 * is written too, so that its effect in the database happens once, however often the event is delivered.
 */
export interface EventHandler {
  /** Unique and lasting: it is written down with the event. */
  name: string;
  types: readonly string[];
  /**
   * Work that takes seconds, done before the transaction begins so that none is open meanwhile. It has no effect, as it is done again when the event is delivered
   * again; what it answers is given to `handle`.
   */
  prepare?(event: StoredEvent): Promise<unknown>;
  handle(tx: TenantTx, event: StoredEvent, prepared?: unknown): Promise<void>;
}

/** Domains register their handlers here when they start. */
@Injectable()
export class HandlerRegistry {
  private readonly handlers = new Map<string, EventHandler>();

  register(handler: EventHandler): void {
    if (this.handlers.has(handler.name)) throw new Error(`two handlers are called ${handler.name}`);
    this.handlers.set(handler.name, handler);
  }

  for(type: string): EventHandler[] {
    return [...this.handlers.values()].filter((handler) => handler.types.includes(type));
  }
}
