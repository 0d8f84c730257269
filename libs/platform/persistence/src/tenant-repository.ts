import { DomainError, isId } from '@platform/kernel';
import type { EntityTarget, FindOptionsOrder, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { TenantTx } from './tenant-tx';

interface CityRow extends ObjectLiteral {
  cityId: string;
  id: string;
}

type Patch<E> = Partial<Omit<E, 'cityId' | 'id'>>;

/** Rows of one table within the city of the transaction. The city is never an argument: it comes from the actor alone. */
export class TenantRepository<E extends CityRow> {
  constructor(private readonly entity: EntityTarget<E>) {}

  async insert(tx: TenantTx, row: Omit<E, 'cityId'>): Promise<void> {
    await tx.repository(this.entity).insert({ ...row, cityId: tx.cityId } as never);
  }

  async insertMany(tx: TenantTx, rows: Omit<E, 'cityId'>[]): Promise<void> {
    // PostgreSQL takes 65,535 parameters a statement.
    for (let at = 0; at < rows.length; at += 500) {
      const part = rows.slice(at, at + 500).map((row) => ({ ...row, cityId: tx.cityId }));
      await tx.repository(this.entity).insert(part as never);
    }
  }

  async find(tx: TenantTx, where: FindOptionsWhere<E>, order?: FindOptionsOrder<E>): Promise<E[]> {
    return tx.repository(this.entity).find({ where: this.scoped(tx, where), ...(order ? { order } : {}) });
  }

  async findOne(tx: TenantTx, where: FindOptionsWhere<E>): Promise<E | null> {
    return tx.repository(this.entity).findOne({ where: this.scoped(tx, where) });
  }

  /** The row with that id, or "not found", which is also the answer for another tenant's row and for rubbish. */
  async require(tx: TenantTx, id: string): Promise<E> {
    return this.one(tx, id);
  }

  /** As `require`, and no other transaction can change the row before this one ends; several may hold it so at once. */
  async lockForShare(tx: TenantTx, id: string): Promise<E> {
    return this.one(tx, id, 'pessimistic_read');
  }

  /** As `require`, and no other transaction can change or lock the row before this one ends. */
  async lockForUpdate(tx: TenantTx, id: string): Promise<E> {
    return this.one(tx, id, 'pessimistic_write');
  }

  /** Changes one row that the transaction has read; "not found" if it is gone. */
  async update(tx: TenantTx, id: string, patch: Patch<E>): Promise<void> {
    const result = await tx.repository(this.entity).update(this.scoped(tx, { id } as FindOptionsWhere<E>), patch as never);
    if (result.affected !== 1) throw DomainError.notFound();
  }

  /** As `update`, only if the row still has the version that the person saw; `conflict` otherwise. Tables with `rowVersion` only. */
  async updateVersioned(tx: TenantTx, id: string, seen: number, patch: Patch<E>): Promise<void> {
    const where = this.scoped(tx, { id, rowVersion: seen } as unknown as FindOptionsWhere<E>);
    const result = await tx.repository(this.entity).update(where, { ...patch, rowVersion: seen + 1 } as never);
    if (result.affected !== 1) throw DomainError.conflict('common:error.changedMeanwhile');
  }

  private async one(tx: TenantTx, id: string, mode?: 'pessimistic_read' | 'pessimistic_write'): Promise<E> {
    if (!isId(id)) throw DomainError.notFound();
    const where = this.scoped(tx, { id } as FindOptionsWhere<E>);
    const row = await tx.repository(this.entity).findOne({ where, ...(mode ? { lock: { mode } } : {}) });
    if (!row) throw DomainError.notFound();
    return row;
  }

  private scoped(tx: TenantTx, where: FindOptionsWhere<E>): FindOptionsWhere<E> {
    return { ...where, cityId: tx.cityId } as FindOptionsWhere<E>;
  }
}

