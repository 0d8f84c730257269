import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isDay, type IsoDate, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertWithinLeeway } from '../leeway';
import { parameter } from '../parameters';
import { mayDo } from '../statutes.access';

export interface OverrideInput {
  paramId: string;
  /** The figure's name in the parameter's value, such as `min`. */
  field: string;
  value: number;
  /** The city's or the department's own rule: its name and number. */
  source: string;
  from: IsoDate;
  /** Last day; null for no end. */
  to: IsoDate | null;
  /** For every department of the city, which only who oversees it may ask for. */
  wholeCity: boolean;
}

/** Writes down what a city or a department sets where the law leaves room. It counts for nothing until a second person confirms it. */
@Injectable()
export class SetOverride {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, input: OverrideInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      if (!actor.accountId || !actor.tenantId || !mayDo(actor, 'statutes.override')) throw DomainError.forbidden();
      if (input.wholeCity && !mayDo(actor, 'statutes.confirm')) throw DomainError.forbidden('statutes:error.cityNeedsOverseer');
      const refuse = (field: string, key: string): never => {
        throw DomainError.invalid(key, [{ field, key }]);
      };
      if (!isDay(input.from)) refuse('from', 'statutes:error.day');
      if (input.to !== null && (!isDay(input.to) || input.to < input.from)) refuse('to', 'statutes:error.endBeforeStart');
      // Deadlines that were counted stay as they were; so nothing is set for days that are over.
      if (input.from < chinaDate(tx.at)) refuse('from', 'statutes:error.fromPast');
      const source = input.source.trim();
      if (source === '') refuse('source', 'statutes:error.sourceMissing');
      const law = parameter(input.paramId, input.from);
      assertWithinLeeway(law, input.field, input.value);
      const id = newId();
      const tenantId = input.wholeCity ? null : actor.tenantId;
      await tx.query(
        `INSERT INTO statute_override (city_id, id, tenant_id, param_id, field, value, unit, source, valid_from, valid_to, set_by, set_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [tx.cityId, id, tenantId, input.paramId, input.field, input.value, law.unit, source, input.from, input.to, actor.accountId, tx.at]);
      recordAudit(tx, { action: 'statutes.override_set', subjectType: 'statute_override', subjectId: id, details: { ...input, source, tenantId } });
      return { id };
    });
  }
}
