import type { EventHandler } from '@platform/messaging';
import { notifyAll } from '@platform/notify';
import { ASSESSORS_ASKED } from '../evaluation.events';
import { assessors, campaigns } from '../persistence/repositories';

/** Tells whoever is asked for marks, once each. */
export const notifyAssessors: EventHandler = {
  name: 'evaluation.notify_assessors',
  types: [ASSESSORS_ASKED],
  async handle(tx, { payload: { campaignId = '' } }) {
    const campaign = await campaigns.require(tx, campaignId);
    if (campaign.state !== 'scoring' || !campaign.closesOn) return;
    const due = campaign.closesOn;
    const asked = (await assessors.find(tx, { campaignId })).filter(({ removedAt }) => removedAt === null);
    await notifyAll(tx, asked.map(({ id, accountId }) => ({
      accountId, effectKey: `assessor/${id}`, messageKey: 'appraisal:notice.asked', params: { title: campaign.title, due }, href: `/${tx.cityId}/assessments`,
    })));
  },
};
