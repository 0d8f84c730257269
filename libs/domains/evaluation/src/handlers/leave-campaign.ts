import { DEPENDENT_SETTLED } from '@core/policy';
import { recordAudit } from '@platform/audit';
import type { EventHandler } from '@platform/messaging';
import { CAMPAIGN_LIFE } from '../domain/campaign';
import { campaigns } from '../persistence/repositories';

/** An abolished policy leaves the campaign that judged it, where that was settled; a campaign that judges nothing any more ends. What was marked is kept. */
export const leaveCampaign: EventHandler = {
  name: 'evaluation.leave_campaign',
  types: [DEPENDENT_SETTLED],
  async handle(tx, { payload: { kind, itemId = '', way, policyId, caseId } }) {
    if (kind !== 'evaluation.campaign' || way !== 'stop') return;
    const campaign = await campaigns.lockForUpdate(tx, itemId);
    if (campaign.state !== 'preparing' && campaign.state !== 'scoring') return;
    await tx.query('UPDATE evaluation_campaign_policy SET is_open = false WHERE city_id = $1 AND campaign_id = $2 AND policy_id = $3', [tx.cityId, campaign.id, policyId]);
    const left = await tx.query('SELECT 1 FROM evaluation_campaign_policy WHERE city_id = $1 AND campaign_id = $2 AND is_open LIMIT 1', [tx.cityId, campaign.id]);
    if (left.length === 0) await campaigns.update(tx, campaign.id, { state: CAMPAIGN_LIFE.require('cancel', campaign.state).to, rowVersion: campaign.rowVersion + 1 });
    recordAudit(tx, { action: 'evaluation.policy_left_campaign', subjectType: 'evaluation_campaign', subjectId: campaign.id, tenantId: campaign.tenantId, details: { policyId, caseId } });
  },
};
