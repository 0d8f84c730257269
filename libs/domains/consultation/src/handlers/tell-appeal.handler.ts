import type { EventHandler } from '@platform/messaging';
import { notify, notifyAll } from '@platform/notify';
import { APPEAL_DECIDED, APPEAL_FILED, type AppealDecided, type AppealFiled } from '../consultation.events';

interface Row {
  title: string;
  receipt_no: string;
  consultation_id: string;
  policy_id: string;
  opinion_id: string;
  author_account_id: string | null;
  hidden_by: string;
  decision: 'shown' | 'upheld' | null;
  deciders: string[];
}

const APPEAL = `SELECT c.title, o.receipt_no, c.id AS consultation_id, c.policy_id, o.id AS opinion_id, o.author_account_id, p.hidden_by, p.decision,
    (SELECT coalesce(array_agg(DISTINCT m.account_id), '{}') FROM membership m JOIN account x ON x.city_id = $1 AND x.id = m.account_id AND x.disabled_at IS NULL
     WHERE m.city_id = $1 AND m.role = p.decider AND m.revoked_at IS NULL AND (p.decider = 'overseer' OR m.tenant_id = p.tenant_id) AND m.account_id <> p.hidden_by) AS deciders
  FROM opinion_appeal p JOIN opinion o ON o.city_id = p.city_id AND o.id = p.opinion_id JOIN consultation c ON c.city_id = p.city_id AND c.id = p.consultation_id WHERE p.city_id = $1 AND p.id = $2`;

/** Tells those who may decide that an appeal waits. */
export const tellDeciders: EventHandler = {
  name: 'consultation.tell_deciders',
  types: [APPEAL_FILED],
  async handle(tx, event) {
    const { appealId } = event.payload as AppealFiled;
    const [row] = await tx.query<Row>(APPEAL, [tx.cityId, appealId]);
    if (!row) return;
    await notifyAll(tx, row.deciders.map((accountId) => ({
      accountId, effectKey: `consultation.appeal/${appealId}`, messageKey: 'opinion-desk:notice.appeal', params: { title: row.title, receipt: row.receipt_no }, href: `/console/moderation/${appealId}`,
    })));
  },
};

/** Tells the author, where there is an account, and who hid it; somebody without an account reads it at the receipt. */
export const tellDecision: EventHandler = {
  name: 'consultation.tell_decision',
  types: [APPEAL_DECIDED],
  async handle(tx, event) {
    const { appealId } = event.payload as AppealDecided;
    const [row] = await tx.query<Row>(APPEAL, [tx.cityId, appealId]);
    if (!row?.decision) return;
    const message = { effectKey: `consultation.appeal_decided/${appealId}`, messageKey: `opinion-desk:notice.${row.decision}`, params: { title: row.title, receipt: row.receipt_no } };
    if (row.author_account_id) await notify(tx, { ...message, accountId: row.author_account_id, href: `/${tx.cityId}/consultations/${row.consultation_id}#mine` });
    await notify(tx, { ...message, accountId: row.hidden_by, href: `/console/policies/${row.policy_id}/consultation/opinions/${row.opinion_id}` });
  },
};
