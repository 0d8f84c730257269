import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type IsoDate, isId } from '@platform/kernel';
import { databaseErrorCode, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertOversees } from '../ledger.access';

const UNIQUE_VIOLATION = '23505';

/** A second overseer stands for rules of scoring; from their first day on they count. */
@Injectable()
export class ConfirmScoreRules {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor, rulesId: string): Promise<void> {
    try {
      await this.confirm(actor, rulesId);
    } catch (error) {
      if (databaseErrorCode(error) === UNIQUE_VIOLATION) throw DomainError.conflict('scorecard:error.rulesTwice');
      throw error;
    }
  }

  private confirm(actor: Actor, rulesId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      if (!isId(rulesId)) throw DomainError.notFound();
      const [row] = await tx.query<{ setBy: string; confirmedAt: Date | null; validFrom: IsoDate }>(
        'SELECT set_by AS "setBy", confirmed_at AS "confirmedAt", valid_from::text AS "validFrom" FROM scorecard_rules WHERE city_id = $1 AND id = $2 FOR UPDATE', [tx.cityId, rulesId]);
      if (!row) throw DomainError.notFound();
      if (row.confirmedAt) throw DomainError.conflict('scorecard:error.confirmedAlready');
      if (row.setBy === tx.actor.accountId) throw DomainError.forbidden('scorecard:error.ownRules');
      if (row.validFrom <= chinaDate(tx.at)) throw DomainError.conflict('scorecard:error.begun');
      await tx.query('UPDATE scorecard_rules SET confirmed_by = $3, confirmed_at = $4 WHERE city_id = $1 AND id = $2', [tx.cityId, rulesId, tx.actor.accountId, tx.at]);
      recordAudit(tx, { action: 'ledger.score_rules_confirmed', subjectType: 'scorecard_rules', subjectId: rulesId, details: { validFrom: row.validFrom } });
    });
  }
}
