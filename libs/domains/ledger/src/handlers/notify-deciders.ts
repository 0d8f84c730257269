import { policies } from '@core/policy';
import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { ABOLITION_OPENED } from '../ledger.events';

/** Tells the heads of the department that a case waits for their decision. */
export const notifyDeciders: EventHandler = {
  name: 'ledger.notify_deciders',
  types: [ABOLITION_OPENED],
  async handle(tx, event) {
    const { policyId, caseId } = event.payload;
    if (!policyId || !caseId) return;
    const policy = await policies.require(tx, policyId);
    const heads = await tx.query<{ account_id: string }>(
      `SELECT account_id FROM membership WHERE city_id = $1 AND tenant_id = $2 AND role = 'department_head' AND revoked_at IS NULL`, [tx.cityId, policy.tenantId]);
    for (const head of heads) {
      await notify(tx, {
        accountId: head.account_id, effectKey: `abolition/${caseId}`, messageKey: 'ledger:notice.abolitionOpened', params: { title: policy.title },
        href: `/console/policies/${policy.id}/abolition`,
      });
    }
  },
};
