import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isDay, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { isFirstDay } from '../domain/score-period';
import { type RulesInput, rulesFaults } from '../domain/scorecard';
import { assertOversees } from '../ledger.access';

/** An overseer proposes rules of scoring from the first day of a quarter that lies ahead: a department knows what it is scored by before the period begins. They count once a second person confirms them. */
@Injectable()
export class SetScoreRules {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, input: RulesInput): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      const faults = rulesFaults(input);
      if (!isDay(input.validFrom) || !isFirstDay(input.validFrom)) faults.push({ field: 'validFrom', key: 'scorecard:error.firstDay' });
      else if (input.validFrom <= chinaDate(tx.at)) faults.push({ field: 'validFrom', key: 'scorecard:error.begun' });
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults, faults[0].params);
      const id = newId();
      const { weights, appealDays, decideDays, validFrom } = input;
      await tx.query(
        'INSERT INTO scorecard_rules (city_id, id, tenant_id, weights, appeal_days, decide_days, valid_from, reason, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
        [tx.cityId, id, tx.actor.tenantId, JSON.stringify(weights), appealDays, decideDays, validFrom, input.reason.trim(), tx.actor.accountId, tx.at]);
      recordAudit(tx, { action: 'ledger.score_rules_set', subjectType: 'scorecard_rules', subjectId: id, details: { weights, appealDays, decideDays, validFrom } });
      return id;
    });
  }
}
