import type { EventProcessor } from './event-processor';

/** Where the relay hands events to: the worker itself, or Bull. */
export interface Dispatcher {
  dispatch(cityId: string, eventId: string): Promise<void>;
  close(): Promise<void>;
}

/** How long the relay waits for one event before it goes on to others, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Without Redis the worker runs the handlers itself. An event that takes long is left to go on, so that the others do not wait for it; delivered again
 * meanwhile, as its lease ends, it is not begun again.
 */
export class LocalDispatcher implements Dispatcher {
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly processor: EventProcessor,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async dispatch(cityId: string, eventId: string): Promise<void> {
    const work = this.inHand.get(eventId) ?? this.begin(cityId, eventId);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => { timer = setTimeout(resolve, this.patienceMs); });
    await Promise.race([work, patience]).finally(() => clearTimeout(timer));
  }

  /** Waits for what is in hand. */
  async close(): Promise<void> {
    await Promise.allSettled(this.inHand.values());
  }

  private begin(cityId: string, eventId: string): Promise<void> {
    const work = this.processor.process(cityId, eventId).finally(() => this.inHand.delete(eventId));
    this.inHand.set(eventId, work);
    // Where nobody waits any more, a failure leaves the event to the end of its lease.
    work.catch(() => undefined);
    return work;
  }
}
