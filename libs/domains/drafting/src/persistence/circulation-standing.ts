import type { TenantTx } from '@platform/persistence';
import type { CoordinationFact, Handling, ReplyStance } from '../domain/circulation';

/** How many departments were asked, and how many of them signed. */
export async function repliesCount(tx: TenantTx, circulationId: string): Promise<{ asked: number; signed: number }> {
  const [row] = await tx.query<{ asked: number; signed: number }>(
    `SELECT count(*)::integer AS asked, count(r.signed_at)::integer AS signed
     FROM circulation_invitation i LEFT JOIN circulation_reply r ON r.city_id = i.city_id AND r.circulation_id = i.circulation_id AND r.tenant_id = i.tenant_id
     WHERE i.city_id = $1 AND i.circulation_id = $2`, [tx.cityId, circulationId]);
  return row ?? { asked: 0, signed: 0 };
}

export interface CirculationStanding {
  /** The drafters noted that other departments' duties are concerned. */
  concernsOthers: boolean;
  /** Departments that countersign and were asked in no circulation. */
  notAsked: string[];
  held: number;
  /** Departments whose reply is awaited in a circulation that is open. */
  awaited: string[];
  unhandled: number;
}

/** How far the circulation of a policy has come, in one statement. */
export async function circulationStanding(tx: TenantTx, policyId: string): Promise<CirculationStanding> {
  const [row] = await tx.query<CirculationStanding>(
    `SELECT coalesce((SELECT f.concerns_others FROM policy_procedure f WHERE f.city_id = $1 AND f.policy_id = $2), false) AS "concernsOthers",
       ARRAY(SELECT d.short_name FROM participation j JOIN department d ON d.city_id = j.city_id AND d.id = j.tenant_id
             WHERE j.city_id = $1 AND j.policy_id = $2 AND j.capacity = 'countersign'
               AND NOT EXISTS (SELECT 1 FROM circulation_invitation i WHERE i.city_id = $1 AND i.policy_id = $2 AND i.tenant_id = j.tenant_id) ORDER BY d.short_name) AS "notAsked",
       (SELECT count(*)::integer FROM circulation c WHERE c.city_id = $1 AND c.policy_id = $2) AS held,
       ARRAY(SELECT d.short_name FROM circulation c JOIN circulation_invitation i ON i.city_id = c.city_id AND i.circulation_id = c.id JOIN department d ON d.city_id = i.city_id AND d.id = i.tenant_id
             WHERE c.city_id = $1 AND c.policy_id = $2 AND c.state = 'open'
               AND NOT EXISTS (SELECT 1 FROM circulation_reply r WHERE r.city_id = $1 AND r.circulation_id = c.id AND r.tenant_id = i.tenant_id AND r.signed_at IS NOT NULL) ORDER BY d.short_name) AS awaited,
       (SELECT count(*)::integer FROM circulation c JOIN circulation_reply r ON r.city_id = c.city_id AND r.circulation_id = c.id AND r.signed_at IS NOT NULL
          JOIN circulation_opinion o ON o.city_id = r.city_id AND o.reply_id = r.id
          LEFT JOIN circulation_handling h ON h.city_id = o.city_id AND h.opinion_id = o.id
        WHERE c.city_id = $1 AND c.policy_id = $2 AND h.id IS NULL) AS unhandled`, [tx.cityId, policyId]);
  return row ?? { concernsOthers: false, notAsked: [], held: 0, awaited: [], unhandled: 0 };
}

export interface PromisedClause {
  department: string;
  label: string;
  disposition: Handling;
  versionId: string;
  changedIdentity: string;
}

/** The clauses that adopted opinions name, with the version that was asked about. */
export const promisedClauses = (tx: TenantTx, policyId: string): Promise<PromisedClause[]> =>
  tx.query<PromisedClause>(
    `SELECT d.short_name AS department, o.clause_label AS label, h.disposition, c.version_id AS "versionId", h.changed_identity AS "changedIdentity"
     FROM circulation_handling h JOIN circulation_opinion o ON o.city_id = h.city_id AND o.id = h.opinion_id
     JOIN circulation c ON c.city_id = o.city_id AND c.id = o.circulation_id JOIN department d ON d.city_id = o.city_id AND d.id = o.tenant_id
     WHERE h.city_id = $1 AND h.policy_id = $2 AND h.changed_identity IS NOT NULL ORDER BY d.short_name, o.seq`, [tx.cityId, policyId]);

export interface LastWord {
  replyId: string;
  departmentId: string;
  department: string;
  stance: ReplyStance;
  log: CoordinationFact[];
}

/** The last signed reply of each department in any circulation, with its coordination: a later reply of the department itself takes the place of an earlier one. */
export const lastWords = (tx: TenantTx, policyId: string): Promise<LastWord[]> =>
  tx.query<LastWord>(
    `SELECT DISTINCT ON (r.tenant_id) r.id AS "replyId", r.tenant_id AS "departmentId", d.short_name AS department, r.stance,
       (SELECT coalesce(json_agg(json_build_object('level', k.level, 'outcome', k.outcome, 'answer', k.answer) ORDER BY k.recorded_at), '[]') FROM coordination k
        WHERE k.city_id = $1 AND k.reply_id = r.id) AS log
     FROM circulation c JOIN circulation_reply r ON r.city_id = c.city_id AND r.circulation_id = c.id AND r.signed_at IS NOT NULL
     JOIN department d ON d.city_id = r.city_id AND d.id = r.tenant_id
     WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY r.tenant_id, c.opened_at DESC, r.id`, [tx.cityId, policyId]);
