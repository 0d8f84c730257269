import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { OPINION_POSTED, type OpinionPosted } from '../consultation.events';

interface Row {
  policy_id: string;
  title: string;
  responsible_id: string;
  receipt_no: string;
}

/** Tells the responsible person of the policy that an opinion has come in; once for each opinion. */
export const tellResponsible: EventHandler = {
  name: 'consultation.tell_responsible',
  types: [OPINION_POSTED],
  async handle(tx, event) {
    const { opinionId, consultationId } = event.payload as OpinionPosted;
    const [row] = await tx.query<Row>(
      `SELECT c.policy_id, c.title, p.responsible_id, o.receipt_no FROM consultation c
       JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       JOIN opinion o ON o.city_id = c.city_id AND o.consultation_id = c.id AND o.id = $3
       WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, consultationId, opinionId]);
    if (!row) return;
    await notify(tx, {
      accountId: row.responsible_id, effectKey: `consultation.opinion/${opinionId}`, messageKey: 'consultation:notice.opinion',
      params: { title: row.title, receipt: row.receipt_no }, href: `/console/policies/${row.policy_id}/consultation`,
    });
  },
};
