import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { CITY_PLAN_APPROVED, PLAN_CHANGE_REQUESTED } from '../drafting.events';
import { cityPlans, planChanges } from '../persistence/city-plans';
import { peopleWith } from './notify-people';

/** The approved plan reaches the heads of every department that sent something in, whatever became of it. */
export const notifyOfCityPlan: EventHandler = {
  name: 'drafting.notify_of_city_plan',
  types: [CITY_PLAN_APPROVED],
  async handle(tx, { payload: { planId = '' } }) {
    const plan = await cityPlans.require(tx, planId);
    const departments = await tx.query<{ tenant_id: string }>('SELECT DISTINCT tenant_id FROM city_plan_entry WHERE city_id = $1 AND plan_id = $2', [tx.cityId, planId]);
    for (const accountId of await peopleWith(tx, 'department_head', departments.map((row) => row.tenant_id))) {
      await notify(tx, { accountId, effectKey: `city_plan/${planId}`, messageKey: 'plan:notice.approved', params: { year: plan.year }, href: `/console/city-plan/${planId}` });
    }
  },
};

/** A wish to change the approved plan reaches those who may decide on it: the overseers of the city, but for the one who asked. */
export const notifyOfPlanChange: EventHandler = {
  name: 'drafting.notify_of_plan_change',
  types: [PLAN_CHANGE_REQUESTED],
  async handle(tx, { payload: { changeId = '' } }) {
    const change = await planChanges.require(tx, changeId);
    const plan = await cityPlans.require(tx, change.planId);
    const overseers = await tx.query<{ account_id: string }>(
      `SELECT DISTINCT account_id FROM membership WHERE city_id = $1 AND role = 'overseer' AND revoked_at IS NULL AND account_id <> $2`, [tx.cityId, change.requestedBy]);
    for (const { account_id: accountId } of overseers) {
      await notify(tx, {
        accountId, effectKey: `plan_change/${changeId}`, messageKey: `plan:notice.${change.kind}`, params: { year: plan.year }, href: `/console/city-plan/${change.planId}`,
      });
    }
  },
};
