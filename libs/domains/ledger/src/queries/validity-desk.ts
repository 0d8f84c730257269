import { type NamedClause, policies } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CaseDecision, ValidityCaseKind } from '../domain/validity-case';
import { can } from '../ledger.access';
import { validityGround } from '../use-cases/validity-ground';

export interface ValidityCase {
  id: string;
  kind: ValidityCaseKind;
  reason: string;
  newTo: IsoDate | null;
  clauses: NamedClause[] | null;
  effectOn: IsoDate | null;
  proposer: string;
  proposedAt: Date;
  decision: CaseDecision | null;
  decisionReason: string;
  noticeText: string | null;
  decider: string | null;
  decidedAt: Date | null;
  mayDecide: boolean;
}

export interface ValidityDesk {
  cases: ValidityCase[];
  mayPropose: boolean;
  /** Articles that may be repealed; of a policy in force alone. */
  articles: NamedClause[];
  effectiveTo: IsoDate | null;
  evaluated: boolean;
}

/** Proposals to extend a policy or to repeal some of its clauses, newest first, with what the person who looks may do. */
export async function validityDesk(tx: TenantTx, policyId: string): Promise<ValidityDesk> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<Omit<ValidityCase, 'mayDecide'> & { proposedBy: string }>(
    `SELECT c.id, c.kind, c.reason, c.new_to::text AS "newTo", c.clauses, c.effect_on::text AS "effectOn", c.proposed_by AS "proposedBy", o.display_name AS proposer,
       c.proposed_at AS "proposedAt", c.decision, c.decision_reason AS "decisionReason", c.notice_text AS "noticeText", d.display_name AS decider, c.decided_at AS "decidedAt"
     FROM validity_case c JOIN account o ON o.city_id = c.city_id AND o.id = c.proposed_by LEFT JOIN account d ON d.city_id = c.city_id AND d.id = c.decided_by
     WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.proposed_at DESC, c.id DESC`, [tx.cityId, policy.id]);
  const mayPropose = policy.state === 'published' && rows.every((row) => row.decision !== null) && can(tx.actor, 'ledger.propose_validity', policy);
  const ground = mayPropose ? await validityGround(tx, policy) : null;
  return {
    cases: rows.map(({ proposedBy, ...row }) => ({ ...row, mayDecide: row.decision === null && proposedBy !== tx.actor.accountId && can(tx.actor, 'ledger.decide_validity', policy) })),
    mayPropose, articles: ground ? ground.articles.filter(({ identity }) => !ground.repealed.has(identity)) : [], effectiveTo: policy.effectiveTo, evaluated: ground?.evaluated ?? false,
  };
}
