import { policies } from '@core/policy';
import type { Fen, IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type AbolitionDecision, type AbolitionSource, type NotAskedGround, type OpinionsState, reportOf, type ReviewOutcome } from '../domain/abolition';
import { can } from '../ledger.access';

export interface AbolitionCase {
  id: string;
  source: AbolitionSource;
  /** The evaluation report that opened it, if one did. */
  reportId: string | null;
  reason: string;
  opener: string | null;
  openedAt: Date;
  opinions: OpinionsState | null;
  opinionsGround: NotAskedGround | null;
  opinionsNote: string;
  consultationId: string | null;
  replacedBy: { id: string; title: string; number: string | null } | null;
  transition: string;
  proposedEffectOn: IsoDate | null;
  preparer: string | null;
  preparedAt: Date | null;
  reviewOutcome: ReviewOutcome | null;
  reviewOpinion: string;
  reviewer: string | null;
  reviewedAt: Date | null;
  decision: AbolitionDecision | null;
  decisionReason: string;
  noticeNumber: string | null;
  noticeText: string | null;
  effectOn: IsoDate | null;
  affectedPeople: number | null;
  affectedFen: Fen | null;
  decider: string | null;
  decidedAt: Date | null;
  rowVersion: number;
  mayPrepare: boolean;
  mayReview: boolean;
  mayDecide: boolean;
}

export interface AbolitionDesk {
  cases: AbolitionCase[];
  mayOpen: boolean;
}

type Row = Omit<AbolitionCase, 'reportId' | 'mayPrepare' | 'mayReview' | 'mayDecide'> & { sourceKey: string; openedBy: string | null; preparedBy: string | null; reviewedBy: string | null };

/** A policy's cases of abolition, newest first, with what the person who looks may do. */
export async function abolitionDesk(tx: TenantTx, policyId: string): Promise<AbolitionDesk> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<Row>(
    `SELECT c.id, c.source, c.source_key AS "sourceKey", c.reason, c.opened_by AS "openedBy", o.display_name AS opener, c.opened_at AS "openedAt", c.opinions, c.opinions_ground AS "opinionsGround",
       c.opinions_note AS "opinionsNote", c.consultation_id AS "consultationId", c.transition, c.proposed_effect_on::text AS "proposedEffectOn", c.prepared_by AS "preparedBy", p.display_name AS preparer,
       c.prepared_at AS "preparedAt", c.review_outcome AS "reviewOutcome", c.review_opinion AS "reviewOpinion", c.reviewed_by AS "reviewedBy", v.display_name AS reviewer, c.reviewed_at AS "reviewedAt",
       c.decision, c.decision_reason AS "decisionReason", c.notice_number AS "noticeNumber", c.notice_text AS "noticeText", c.effect_on::text AS "effectOn", c.affected_people AS "affectedPeople",
       c.affected_fen::float8 AS "affectedFen", d.display_name AS decider, c.decided_at AS "decidedAt", c.row_version AS "rowVersion",
       CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'title', r.title, 'number', r.document_number) END AS "replacedBy"
     FROM abolition_case c LEFT JOIN account o ON o.city_id = c.city_id AND o.id = c.opened_by LEFT JOIN account p ON p.city_id = c.city_id AND p.id = c.prepared_by
       LEFT JOIN account v ON v.city_id = c.city_id AND v.id = c.reviewed_by LEFT JOIN account d ON d.city_id = c.city_id AND d.id = c.decided_by
       LEFT JOIN policy r ON r.city_id = c.city_id AND r.id = c.replaced_by
     WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.opened_at DESC, c.id DESC`, [tx.cityId, policy.id]);
  const me = tx.actor.accountId;
  const cases = rows.map(({ sourceKey, openedBy, preparedBy, reviewedBy, ...row }): AbolitionCase => {
    const open = row.decision === null;
    return {
      ...row, reportId: reportOf(sourceKey), mayPrepare: open && can(tx.actor, 'ledger.open_abolition', policy),
      mayReview: open && preparedBy !== null && row.reviewOutcome === null && ![openedBy, preparedBy].includes(me) && can(tx.actor, 'ledger.review_abolition', policy),
      mayDecide: open && ![openedBy, preparedBy, reviewedBy].includes(me) && can(tx.actor, 'ledger.decide_abolition', policy),
    };
  });
  return {
    cases, mayOpen: policy.state === 'published' && rows.every((row) => row.decision !== null) && can(tx.actor, 'ledger.open_abolition', policy),
  };
}
