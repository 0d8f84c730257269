import type { Actor } from '@platform/kernel';
import type { EntityManager, ObjectLiteral, EntityTarget, Repository } from 'typeorm';

type Work = () => Promise<void>;

/**
 * One open transaction of one actor. Everything that writes takes it first, so that a write without a city, a tenant and a transaction
 * cannot be written down.
 */
export class TenantTx {
  private readonly deferred: { order: string; work: Work }[] = [];

  constructor(
    readonly actor: Actor,
    /** The instant at which the transaction began, from the Clock. */
    readonly at: Date,
    private readonly manager: EntityManager,
  ) {}

  get cityId(): string {
    return this.actor.cityId;
  }

  /** Runs SQL in this transaction. Name the `city_id` in it: row-level security is the second wall, not the first. */
  async query<R = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    const result: unknown = await this.manager.query(sql, parameters);
    // TypeORM answers UPDATE and DELETE with [rows, count].
    if (Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number') {
      return result[0] as R[];
    }
    return result as R[];
  }

  repository<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.manager.getRepository(entity);
  }

  /** Work to be done last, just before the commit, in the order of the keys: short locks, and always taken in the same order. */
  beforeCommit(order: string, work: Work): void {
    this.deferred.push({ order, work });
  }

  /** For the unit of work alone. */
  async flush(): Promise<void> {
    while (this.deferred.length > 0) {
      const batch = this.deferred.splice(0).sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
      for (const { work } of batch) await work();
    }
  }
}
