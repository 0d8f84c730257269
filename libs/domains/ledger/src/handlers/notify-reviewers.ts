import { policies } from '@core/policy';
import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { ABOLITION_PREPARED } from '../ledger.events';

/** Tells the legal reviewers of the department that a prepared case waits for them; once a case, for who prepares it again tells them himself. */
export const notifyReviewers: EventHandler = {
  name: 'ledger.notify_reviewers',
  types: [ABOLITION_PREPARED],
  async handle(tx, { payload: { policyId = '', caseId = '' } }) {
    const policy = await policies.require(tx, policyId);
    const reviewers = await tx.query<{ account_id: string }>(
      `SELECT account_id FROM membership WHERE city_id = $1 AND tenant_id = $2 AND role = 'legal_reviewer' AND revoked_at IS NULL`, [tx.cityId, policy.tenantId]);
    for (const { account_id: accountId } of reviewers) {
      await notify(tx, { accountId, effectKey: `abolition/${caseId}/review`, messageKey: 'abolition:toReview', params: { title: policy.title }, href: `/console/policies/${policy.id}/abolition` });
    }
  },
};
