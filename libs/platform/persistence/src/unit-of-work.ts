import { type Actor, type Clock, DomainError } from '@platform/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { databaseErrorCode } from './database-error';
import { CLOCK } from './tokens';
import { TenantTx } from './tenant-tx';

/** Serialisation failure and deadlock: the transaction did nothing, so it may be run again. */
const RETRYABLE = new Set(['40001', '40P01']);
const TRIES = 4;

const quoted = (value: string): string => `'${value.replace(/'/g, "''")}'`;

/** `BEGIN` and the settings of row-level security in one round trip; `SET LOCAL`, so that they end with the transaction and reach the workers of a distributed database. */
export function beginStatement(actor: Actor): string {
  return [
    'BEGIN',
    `SET LOCAL app.city_id = ${quoted(actor.cityId)}`,
    `SET LOCAL app.tenant_id = ${quoted(actor.tenantId ?? '')}`,
    `SET LOCAL app.account_id = ${quoted(actor.accountId ?? '')}`,
    `SET LOCAL app.scope = ${quoted(actor.scope)}`,
  ].join('; ');
}

/** TypeORM did not send the BEGIN itself; unless it is told, its persister opens a transaction of its own inside ours. */
function markTransaction(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}

/** Every write of the product goes through here: one actor, one transaction, all or nothing. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` in one transaction as this actor and commits; any error rolls back everything. A deadlock or serialisation failure is run
   * again from the start, so `work` must have no effect outside the transaction.
   */
  async run<T>(actor: Actor, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(actor, work);
      } catch (error) {
        if (attempt < TRIES && RETRYABLE.has(databaseErrorCode(error) ?? '')) continue;
        // A policy's WITH CHECK refused the row: what is not yours is not there. A missing GRANT has the same code and is a fault of ours.
        if (databaseErrorCode(error) === '42501' && /row-level security/.test((error as Error).message)) throw DomainError.notFound();
        throw error;
      }
    }
  }

  private async once<T>(actor: Actor, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.query(beginStatement(actor));
      markTransaction(runner, true);
      const tx = new TenantTx(actor, this.clock.now(), runner);
      const result = await work(tx);
      await tx.flush();
      await runner.query('COMMIT');
      markTransaction(runner, false);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) {
        // If even this fails the connection is gone, and the server has rolled back by itself.
        await runner.query('ROLLBACK').catch(() => undefined);
        markTransaction(runner, false);
      }
      throw error;
    } finally {
      await runner.release();
    }
  }
}
