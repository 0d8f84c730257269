import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, type IsoDate, isId } from '@platform/kernel';
import { databaseErrorCode, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertWithinLeeway } from '../leeway';
import { parameter } from '../parameters';
import { mayDo } from '../statutes.access';

const UNIQUE_VIOLATION = '23505';

/** A second person stands for an override; from then on it counts, from its first day. */
@Injectable()
export class ConfirmOverride {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor, overrideId: string): Promise<void> {
    if (!isId(overrideId)) throw DomainError.notFound();
    if (!actor.accountId || !mayDo(actor, 'statutes.confirm')) throw DomainError.forbidden();
    try {
      await this.confirm(actor, overrideId);
    } catch (error) {
      if (databaseErrorCode(error) === UNIQUE_VIOLATION) throw DomainError.conflict('statutes:error.overrideTwice');
      throw error;
    }
  }

  private confirm(actor: Actor, overrideId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [row] = await tx.query<{ set_by: string; confirmed_at: Date | null; param_id: string; field: string; value: number; from: IsoDate }>(
        `SELECT set_by, confirmed_at, param_id, field, value, valid_from::text AS from FROM statute_override WHERE city_id = $1 AND id = $2 FOR UPDATE`, [tx.cityId, overrideId]);
      if (!row) throw DomainError.notFound();
      if (row.confirmed_at) throw DomainError.conflict('statutes:error.confirmedAlready');
      if (row.set_by === actor.accountId) throw DomainError.forbidden('statutes:error.ownOverride');
      assertWithinLeeway(parameter(row.param_id, row.from), row.field, row.value);
      await tx.query(
        `UPDATE statute_override SET confirmed_by = $3, confirmed_in = $4, confirmed_at = $5, row_version = row_version + 1 WHERE city_id = $1 AND id = $2`,
        [tx.cityId, overrideId, actor.accountId, actor.tenantId, tx.at]);
      recordAudit(tx, { action: 'statutes.override_confirmed', subjectType: 'statute_override', subjectId: overrideId, details: { paramId: row.param_id, field: row.field, value: row.value } });
    });
  }
}
