import { type Clock, systemActor } from '@platform/kernel';
import type { UnitOfWork } from '@platform/persistence';
import type { Dispatcher } from './dispatcher';

export interface RelayOptions {
  /** Cities are asked one by one: a distributed database refuses `SKIP LOCKED` without the city. */
  cities(): Promise<string[]>;
  clock: Clock;
  onError(error: unknown): void;
  /** Events claimed from a city at a time. */
  batch?: number;
  /** Milliseconds between two looks at an empty outbox. */
  idleMs?: number;
  /** Seconds for which a claimed event is left to whoever took it; afterwards it is handed out again. */
  leaseSeconds?: number;
}

/**
 * Takes events from the outbox and hands them to the dispatcher. A claim is a lease: if the worker, the queue or the whole machine dies with
 * it, the event is due again when the lease ends. Several relays may run side by side.
 */
export class OutboxRelay {
  private running: Promise<void> | null = null;
  private stopped = false;
  private wake: (() => void) | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dispatcher: Dispatcher,
    private readonly options: RelayOptions,
  ) {}

  start(): void {
    this.running ??= this.loop();
  }

  /** Stops taking events and waits for those in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.running;
    await this.dispatcher.close();
  }

  /** Looks once at every city and returns how many events were handed over. */
  async sweep(): Promise<number> {
    let handed = 0;
    for (const cityId of await this.options.cities()) {
      const ids = await this.claim(cityId);
      await Promise.all(ids.map((id) => this.dispatcher.dispatch(cityId, id)));
      handed += ids.length;
    }
    return handed;
  }

  private async claim(cityId: string): Promise<string[]> {
    const { batch = 20, leaseSeconds = 30, clock } = this.options;
    const now = clock.now();
    const until = new Date(now.getTime() + leaseSeconds * 1000);
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const due = await tx.query<{ id: string }>(
        `SELECT id FROM outbox WHERE city_id = $1 AND done_at IS NULL AND dead_at IS NULL AND available_at <= $2
         ORDER BY available_at LIMIT ${batch} FOR UPDATE SKIP LOCKED`, [cityId, now]);
      const ids = due.map((row) => row.id);
      if (ids.length > 0) {
        await tx.query('UPDATE outbox SET available_at = $3, attempts = attempts + 1 WHERE city_id = $1 AND id = ANY($2::uuid[])', [cityId, ids, until]);
      }
      return ids;
    });
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      let handed = 0;
      try {
        handed = await this.sweep();
      } catch (error) {
        // The database or Redis is away: say so, wait, look again.
        this.options.onError(error);
      }
      if (handed === 0 && !this.stopped) await this.pause(this.options.idleMs ?? 500);
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
