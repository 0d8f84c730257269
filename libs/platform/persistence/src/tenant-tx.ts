import type { Actor } from '@platform/kernel';
import { type EntityTarget, type ObjectLiteral, QueryFailedError, type QueryRunner, type Repository } from 'typeorm';
import { statementName } from './statement-name';

type Work = () => Promise<void>;

/** What we use of the `pg` client that TypeORM has in its hand. */
interface Connection {
  query(statement: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

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
    private readonly runner: QueryRunner,
  ) {}

  get cityId(): string {
    return this.actor.cityId;
  }

  /**
   * Runs SQL in this transaction. Name the `city_id` in it: row-level security is the second wall, not the first. The statement goes to the
   * transaction's own connection, prepared: planning an insert behind row-level security each time costs more than running it.
   */
  async query<R = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    const connection = (await this.runner.connect()) as Connection;
    // Without parameters it may be several statements, which cannot be prepared.
    const name = parameters.length > 0 ? statementName(sql) : undefined;
    try {
      const { rows } = await connection.query({ ...(name ? { name } : {}), text: sql, values: parameters });
      return rows as R[];
    } catch (error) {
      throw error instanceof Error ? new QueryFailedError(sql, parameters, error) : error;
    }
  }

  repository<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.runner.manager.getRepository(entity);
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
