import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { OPINIONS_ASSIGNED, type OpinionsAssigned } from '../consultation.events';

/** Tells an officer of the opinions that were given together and are still the officer's; not who gave them to oneself. */
export const tellOfficer: EventHandler = {
  name: 'consultation.tell_officer',
  types: [OPINIONS_ASSIGNED],
  async handle(tx, event) {
    const { batchId, consultationId, accountId, assignedBy } = event.payload as OpinionsAssigned;
    if (accountId === assignedBy) return;
    const [row] = await tx.query<{ title: string; count: number }>(
      `SELECT c.title, (SELECT count(*)::integer FROM opinion_assignment g WHERE g.city_id = $1 AND g.consultation_id = c.id AND g.account_id = $3 AND g.batch_id = $4) AS count
       FROM consultation c WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, consultationId, accountId, batchId]);
    if (!row || row.count === 0) return;
    await notify(tx, {
      accountId, effectKey: `consultation.assigned/${batchId}`, messageKey: 'opinion-desk:notice.assigned', params: { title: row.title, count: row.count },
      href: `/console/consultations/${consultationId}/opinions?officer=${accountId}&state=unanswered`,
    });
  },
};
