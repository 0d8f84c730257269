import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, type IsoDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { mayBlock, PARAMETERS } from '../parameters';
import type { Parameter } from '../data/parameter';
import { mayDo } from '../statutes.access';

/** Longest citation, in characters. */
const MAX_SOURCE = 500;

/** A named person has read the text of a rule that was cited from memory, and says where. From then on it may block in this city. */
@Injectable()
export class ConfirmParameter {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `versionFrom` is the first day of the version that was read; another version of the same rule wants its own confirmation. */
  run(actor: Actor, paramId: string, versionFrom: IsoDate, textSource: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      if (!actor.accountId || !mayDo(actor, 'statutes.confirm')) throw DomainError.forbidden();
      const version = PARAMETERS.find((one: Parameter) => one.id === paramId && one.from === versionFrom);
      if (!version) throw DomainError.notFound();
      if (mayBlock(version)) throw DomainError.conflict('statutes:error.needsNoConfirmation');
      const source = textSource.trim();
      if (source === '' || source.length > MAX_SOURCE) throw DomainError.invalid('statutes:error.textSourceMissing', [{ field: 'textSource', key: 'statutes:error.textSourceMissing' }]);
      const rows = await tx.query(
        `INSERT INTO statute_confirmation (city_id, param_id, version_from, text_source, confirmed_by, confirmed_in, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (city_id, param_id, version_from) DO NOTHING RETURNING param_id`,
        [tx.cityId, paramId, versionFrom, source, actor.accountId, actor.tenantId, tx.at]);
      if (rows.length === 0) throw DomainError.conflict('statutes:error.confirmedAlready');
      recordAudit(tx, {
        action: 'statutes.parameter_confirmed', subjectType: 'statute', subjectId: `${paramId}@${versionFrom}`,
        details: { textSource: source, value: version.value },
      });
    });
  }
}
