import type { Gate } from '@core/policy';
import { ARTICLE_17 } from '../domain/events';

/** A hearing or symposium that was announced was held and its minutes signed, or it was called off in public, before the draft goes on. */
export const hearingsFinishedGate: Gate = {
  key: 'consultation.hearings',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const [open] = await tx.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM consultation_event e JOIN consultation c ON c.city_id = e.city_id AND c.id = e.consultation_id
       WHERE e.city_id = $1 AND c.policy_id = $2 AND e.kind <> 'field_visit' AND e.state IN ('announced', 'selected', 'held') HAVING count(*) > 0`, [tx.cityId, policy.id]);
    return open ? { gate: hearingsFinishedGate.key, key: 'channels:gate.hearings', article: ARTICLE_17, params: { count: open.count } } : null;
  },
};
