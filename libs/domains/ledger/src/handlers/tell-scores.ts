import type { EventHandler } from '@platform/messaging';
import { notify, notifyAll } from '@platform/notify';
import { SCORE_APPEAL_DECIDED, SCORES_CLOSED, SCORES_PUBLISHED } from '../ledger.events';

/** Tells every head of a department that a period was closed and until when to object, or that it was published. */
export const tellScores: EventHandler = {
  name: 'ledger.tell_scores',
  types: [SCORES_CLOSED, SCORES_PUBLISHED],
  async handle(tx, event) {
    const { periodId } = event.payload;
    if (!periodId) return;
    const [period] = await tx.query<{ label: string; until: string }>('SELECT label, appeal_until::text AS until FROM scorecard_period WHERE city_id = $1 AND id = $2', [tx.cityId, periodId]);
    if (!period) return;
    const heads = await tx.query<{ accountId: string }>(
      `SELECT DISTINCT account_id AS "accountId" FROM membership WHERE city_id = $1 AND role = 'department_head' AND revoked_at IS NULL ORDER BY account_id`, [tx.cityId]);
    const closed = event.type === SCORES_CLOSED;
    await notifyAll(tx, heads.map(({ accountId }) => ({
      accountId, effectKey: `scores/${periodId}/${closed ? 'closed' : 'published'}`, messageKey: closed ? 'scorecard:notice.closed' : 'scorecard:notice.published', params: { ...period },
      href: `/console/scorecard/${period.label}`,
    })));
  },
};

/** Tells who filed an appeal how it was decided. */
export const tellScoreDecision: EventHandler = {
  name: 'ledger.tell_score_decision',
  types: [SCORE_APPEAL_DECIDED],
  async handle(tx, event) {
    const { appealId } = event.payload;
    if (!appealId) return;
    const [appeal] = await tx.query<{ filedBy: string; decision: string; title: string }>(
      `SELECT a.filed_by AS "filedBy", a.decision, c.title FROM scorecard_appeal a JOIN scorecard_case c ON c.city_id = a.city_id AND c.period_id = a.period_id AND c.key = a.case_key
       WHERE a.city_id = $1 AND a.id = $2 AND a.decision IS NOT NULL`, [tx.cityId, appealId]);
    if (!appeal) return;
    await notify(tx, { accountId: appeal.filedBy, effectKey: `score_appeal/${appealId}`, messageKey: `scorecard:notice.${appeal.decision}`, params: { title: appeal.title }, href: `/console/scorecard-appeals/${appealId}` });
  },
};
