import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { RESULT_PUBLISHED, type ResultPublished } from '../consultation.events';

/** Tells everybody who put in an opinion under their account that the answers are out; once for each person; nobody of what they took back. */
export const tellAuthors: EventHandler = {
  name: 'consultation.tell_authors',
  types: [RESULT_PUBLISHED],
  async handle(tx, event) {
    const { consultationId } = event.payload as ResultPublished;
    const authors = await tx.query<{ author_account_id: string; title: string }>(
      `SELECT DISTINCT o.author_account_id, c.title FROM opinion o JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id
       WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.author_account_id IS NOT NULL AND o.moderation <> 'withdrawn' ORDER BY 1`, [tx.cityId, consultationId]);
    for (const { author_account_id: accountId, title } of authors) {
      await notify(tx, {
        accountId, effectKey: `consultation.result/${consultationId}`, messageKey: 'consultation:notice.result', params: { title },
        href: `/${tx.cityId}/consultations/${consultationId}/result`,
      });
    }
  },
};
