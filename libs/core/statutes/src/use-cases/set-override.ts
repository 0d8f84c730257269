import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isDay, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertWithinLeeway } from '../leeway';
import type { OverrideTerms } from '../override-terms';
import { parameter } from '../parameters';
import { mayDo } from '../statutes.access';

export interface OverrideInput extends OverrideTerms {
  /** For every department of the city, which only who oversees it may ask for. */
  wholeCity: boolean;
}

/** Longest citation and longest reason, in characters. */
const MAX_SOURCE = 300;
const MAX_REASON = 500;

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
      if (source === '' || source.length > MAX_SOURCE) refuse('source', 'statutes:error.sourceMissing');
      const reason = input.reason.trim();
      if (reason === '' || reason.length > MAX_REASON) refuse('reason', 'statutes:error.reasonMissing');
      const law = parameter(input.paramId, input.from);
      assertWithinLeeway(law, input.field, input.value);
      const id = newId();
      const tenantId = input.wholeCity ? null : actor.tenantId;
      await tx.query(
        `INSERT INTO statute_override (city_id, id, tenant_id, param_id, field, value, unit, source, reason, valid_from, valid_to, set_by, set_in, set_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [tx.cityId, id, tenantId, input.paramId, input.field, input.value, law.unit, source, reason, input.from, input.to, actor.accountId, actor.tenantId, tx.at]);
      recordAudit(tx, { action: 'statutes.override_set', subjectType: 'statute_override', subjectId: id, details: { ...input, source, reason, tenantId } });
      return { id };
    });
  }
}
