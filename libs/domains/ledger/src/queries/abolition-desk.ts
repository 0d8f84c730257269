import { policies } from '@core/policy';
import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import { type AbolitionDecision, type AbolitionSource, reportOf } from '../domain/abolition';
import { can } from '../ledger.access';

export interface AbolitionCase {
  id: string;
  source: AbolitionSource;
  /** The evaluation report that opened it, if one did. */
  reportId: string | null;
  reason: string;
  opener: string | null;
  openedAt: Date;
  decision: AbolitionDecision | null;
  decisionReason: string;
  noticeText: string | null;
  effectOn: IsoDate | null;
  decider: string | null;
  decidedAt: Date | null;
  mayDecide: boolean;
}

/** A policy's cases of abolition, newest first, with what the person who looks may do. */
export async function abolitionDesk(tx: TenantTx, policyId: string): Promise<{ cases: AbolitionCase[]; mayOpen: boolean }> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<Omit<AbolitionCase, 'reportId' | 'mayDecide'> & { sourceKey: string; openedBy: string | null }>(
    `SELECT c.id, c.source, c.source_key AS "sourceKey", c.reason, c.opened_by AS "openedBy", o.display_name AS opener, c.opened_at AS "openedAt", c.decision,
       c.decision_reason AS "decisionReason", c.notice_text AS "noticeText", c.effect_on::text AS "effectOn", d.display_name AS decider, c.decided_at AS "decidedAt"
     FROM abolition_case c LEFT JOIN account o ON o.city_id = c.city_id AND o.id = c.opened_by LEFT JOIN account d ON d.city_id = c.city_id AND d.id = c.decided_by
     WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.opened_at DESC, c.id DESC`, [tx.cityId, policy.id]);
  return {
    cases: rows.map(({ sourceKey, openedBy, ...row }) => ({
      ...row, reportId: reportOf(sourceKey),
      mayDecide: row.decision === null && openedBy !== tx.actor.accountId && can(tx.actor, 'ledger.decide_abolition', policy),
    })),
    mayOpen: policy.state === 'published' && rows.every((row) => row.decision !== null) && can(tx.actor, 'ledger.open_abolition', policy),
  };
}

export interface AbolitionNotice {
  noticeText: string;
  /** First day on which the policy no longer holds. */
  effectOn: IsoDate;
  decidedAt: Date;
}

/** The public notice with which a policy was abolished, or null. */
export async function abolitionNotice(reader: PublicReader, cityId: string, policyId: string): Promise<AbolitionNotice | null> {
  if (!isId(policyId)) throw DomainError.notFound();
  const [notice] = await reader.query<AbolitionNotice>(
    `SELECT notice_text AS "noticeText", effect_on::text AS "effectOn", decided_at AS "decidedAt" FROM abolition_case
     WHERE city_id = $1 AND policy_id = $2 AND decision = 'abolish'`, [cityId, policyId]);
  return notice ?? null;
}
