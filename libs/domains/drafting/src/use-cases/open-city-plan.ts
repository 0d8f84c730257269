import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CITY_PLAN_LIFE } from '../domain/city-plan';
import { assertOverseer } from '../drafting.access';
import { cityPlans, lockYear, planOfYear } from '../persistence/city-plans';
import { collectApproved } from './collect';

/** Begins to collect the departments' items for the city's plan of a year. From then on drafting needs a listed item of that year. */
@Injectable()
export class OpenCityPlan {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, year: number): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.open(tx, year));
  }

  private async open(tx: TenantTx, year: number): Promise<{ id: string }> {
    assertOverseer(tx.actor);
    const thisYear = Number(chinaDate(tx.at).slice(0, 4));
    if (!tx.actor.tenantId || year < thisYear || year > thisYear + 1) {
      throw DomainError.invalid('plan:error.year', [{ field: 'year', key: 'plan:error.year', params: { from: thisYear, to: thisYear + 1 } }]);
    }
    await lockYear(tx, year, 'open');
    if (await planOfYear(tx, year)) throw DomainError.conflict('plan:error.opened', { year });
    const plan = {
      id: newId(), tenantId: tx.actor.tenantId, year, state: CITY_PLAN_LIFE.options.initial, edition: 0, openedBy: tx.actor.accountId ?? '', openedAt: tx.at,
      proposedBy: null, proposedAt: null, approvedBy: null, approvedAt: null, note: '', rowVersion: 1,
    };
    await cityPlans.insert(tx, plan);
    await collectApproved(tx, { ...plan, cityId: tx.cityId });
    recordAudit(tx, { action: 'drafting.city_plan_opened', subjectType: 'city_plan', subjectId: plan.id, details: { year } });
    return { id: plan.id };
  }
}
