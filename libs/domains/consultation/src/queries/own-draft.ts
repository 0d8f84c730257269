import type { TenantTx } from '@platform/persistence';
import type { Stance } from '../domain/figures';

export interface OpinionDraft {
  id: string;
  rowVersion: number;
  text: string;
  stance: Stance | null;
  clauseId: string | null;
  quote: string | null;
  savedAt: Date;
  /** Another window has overtaken it; kept until its author deletes it. */
  aside: boolean;
}

/** What who acts has written here and not sent: the one that is on the form first, then those that another window has overtaken. */
export function ownDrafts(tx: TenantTx, consultationId: string): Promise<OpinionDraft[]> {
  return tx.query<OpinionDraft>(
    `SELECT id, row_version AS "rowVersion", text, stance, clause_id AS "clauseId", quote, saved_at AS "savedAt", aside_at IS NOT NULL AS aside
     FROM opinion_draft WHERE city_id = $1 AND account_id = $2 AND consultation_id = $3 ORDER BY aside_at IS NOT NULL, saved_at DESC, id DESC`,
    [tx.cityId, tx.actor.accountId, consultationId]);
}
