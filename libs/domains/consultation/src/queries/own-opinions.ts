import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Moderation, Stance } from '../domain/figures';

/** An opinion as its author sees it who was signed in. */
export interface OwnOpinion {
  id: string;
  receiptNo: string;
  receivedAt: Date;
  clauseLabel: string | null;
  text: string;
  stance: Stance;
  moderation: Moderation;
  moderationReason: string | null;
  withdrawnAt: Date | null;
}

/** What the person has put in to a consultation under their account, newest first; a hundred at most. */
export async function ownOpinions(tx: TenantTx, consultationId: string): Promise<OwnOpinion[]> {
  if (!isId(consultationId)) throw DomainError.notFound();
  return tx.query<OwnOpinion>(
    `SELECT o.id, o.receipt_no AS "receiptNo", o.received_at AS "receivedAt", p.label AS "clauseLabel", o.text, o.stance, o.moderation, o.moderation_reason AS "moderationReason",
       w.withdrawn_at AS "withdrawnAt"
     FROM opinion o LEFT JOIN opinion_withdrawal w ON w.city_id = o.city_id AND w.opinion_id = o.id
     LEFT JOIN provision p ON p.city_id = o.city_id AND p.version_id = o.version_id AND p.clause_id = o.clause_id
     WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.author_account_id = $3 ORDER BY o.received_at DESC, o.id DESC LIMIT 100`, [tx.cityId, consultationId, tx.actor.accountId]);
}
