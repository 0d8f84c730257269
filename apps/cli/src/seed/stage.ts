import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { type Actor, chinaDate, chinaInstant, type Clock, fixedClock, type IsoDate, type Role, systemActor } from '@platform/kernel';
import type { INestApplicationContext, Type } from '@nestjs/common';

export type Person = Actor & { accountId: string };

/** A clock that the director of the demonstration moves. */
export type StageClock = Clock & { set(to: string | Date): void };

export const stageClock = (from: string): StageClock => fixedClock(from);

/**
 * Where a history is played through: the application itself with a clock that the director sets. Nothing is written past the rules; what the
 * demonstration shows was done by its people, step by step, at its dates.
 */
export class Stage {
  private readonly people = new Map<string, Person>();

  constructor(
    readonly app: INestApplicationContext,
    readonly clock: StageClock,
    readonly cityId: string,
  ) {}

  get unitOfWork(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }

  use<T>(useCase: Type<T>): T {
    return this.app.get(useCase, { strict: false });
  }

  get today(): IsoDate {
    return chinaDate(this.clock.now());
  }

  /** Moves to a working hour of a day. Time never goes back, as the records would lie. */
  at(day: IsoDate, time = '09:30:00'): this {
    const to = chinaInstant(day, time);
    if (to > this.clock.now()) this.clock.set(to);
    return this;
  }

  /** Lets some minutes pass, so that two acts do not share an instant. */
  minutes(count: number): this {
    this.clock.set(new Date(this.clock.now().getTime() + count * 60_000));
    return this;
  }

  cast(key: string, person: Person): void {
    this.people.set(key, person);
  }

  /** The person of a department in a role. */
  staff(department: string, role: Role): Person {
    return this.person(`${department}/${role}`);
  }

  person(key: string): Person {
    const found = this.people.get(key);
    if (!found) throw new Error(`nobody plays ${key}`);
    return found;
  }

  /** Runs the reactions to everything that has happened so far. */
  async react(): Promise<void> {
    const relay = new OutboxRelay(this.unitOfWork, new LocalDispatcher(this.app.get(EventProcessor)), {
      cities: async () => [this.cityId], clock: this.clock, batch: 100, onError: (error) => { throw error; },
    });
    while ((await relay.sweep()) > 0);
    const [failed] = await this.unitOfWork.run(systemActor(this.cityId), (tx) =>
      tx.query<{ type: string; last_error: string }>('SELECT type, last_error FROM outbox WHERE city_id = $1 AND last_error IS NOT NULL LIMIT 1', [this.cityId]));
    if (failed) throw new Error(`a reaction to ${failed.type} failed: ${failed.last_error}`);
  }
}
