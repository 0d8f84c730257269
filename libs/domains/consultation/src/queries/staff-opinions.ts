import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { AuthorKind, Disposition, Moderation, Stance } from '../domain/figures';
import { maskPersonal } from '../domain/personal-data';
import { pageOf } from './opinion-selection';

export const OPINION_TABS = ['unanswered', 'answered', 'approved', 'hidden', 'withdrawn'] as const;
export type OpinionTab = (typeof OPINION_TABS)[number];

export interface StaffOpinion {
  id: string;
  consultationId: string;
  policyId: string;
  receiptNo: string;
  clauseId: string | null;
  clauseLabel: string | null;
  clauseText: string | null;
  quote: string | null;
  channel: string;
  authorKind: AuthorKind;
  authorName: string | null;
  /** As it was written, for the department; whoever oversees the city reads it with personal data masked. */
  text: string;
  stance: Stance;
  receivedAt: Date;
  moderation: Moderation;
  moderationReason: string | null;
  withdrawnAt: Date | null;
  /** How many files came with it. */
  fileCount: number;
  answer: StaffAnswer | null;
}

export interface StaffAnswer {
  id: string;
  disposition: Disposition;
  reason: string;
  adoptedIdentity: string | null;
  answeredBy: string;
  answeredByName: string;
  approvedByName: string | null;
  approvedAt: string | null;
}

/** What a department reads of its opinions, over `opinion o` with its consultation, clause and answer. */
export const STAFF_OPINION = `SELECT o.id, o.consultation_id AS "consultationId", c.policy_id AS "policyId", o.receipt_no AS "receiptNo", o.clause_id AS "clauseId", p.label AS "clauseLabel",
    p.text AS "clauseText", o.quote, o.channel, o.author_kind AS "authorKind", o.author_name AS "authorName", o.text, o.stance, o.received_at AS "receivedAt", o.moderation,
    o.moderation_reason AS "moderationReason", w.withdrawn_at AS "withdrawnAt", o.attachment_count AS "fileCount",
    CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'disposition', a.disposition, 'reason', a.reason, 'adoptedIdentity', a.adopted_identity,
      'answeredBy', a.answered_by, 'answeredByName', x.display_name, 'approvedByName', y.display_name, 'approvedAt', a.approved_at) END AS answer
  FROM opinion o
  JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id
  LEFT JOIN provision p ON p.city_id = o.city_id AND p.version_id = o.version_id AND p.clause_id = o.clause_id
  LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id
  LEFT JOIN opinion_withdrawal w ON w.city_id = o.city_id AND w.opinion_id = o.id
  LEFT JOIN account x ON x.city_id = a.city_id AND x.id = a.answered_by
  LEFT JOIN account y ON y.city_id = a.city_id AND y.id = a.approved_by`;

/** Another department sees of an opinion what everybody sees, and not by this way. */
export const OWN = `(o.tenant_id = $2 OR $3)`;
/** Whoever oversees the city reads opinions as everybody does, with personal data masked. */
export const forReader = (tx: TenantTx, row: StaffOpinion): StaffOpinion => (tx.actor.scope === 'city' ? { ...row, text: maskPersonal(row.text) } : row);

/** The opinions of a consultation on one tab, newest first, twenty a page. */
export async function listStaffOpinions(tx: TenantTx, consultationId: string, tab: OpinionTab, after?: string): Promise<{ items: StaffOpinion[]; next: string | null }> {
  const { ids, next } = await pageOf(tx, { consultationId, filter: { state: tab }, said: null }, after);
  return { items: await staffOpinionsById(tx, ids), next };
}

/** Refuses a consultation that is not the department's own, nor overseen by the person, as not found. */
export async function requireStaffConsultation(tx: TenantTx, consultationId: string): Promise<void> {
  const [own] = isId(consultationId)
    ? await tx.query('SELECT 1 FROM consultation WHERE city_id = $1 AND id = $2 AND (tenant_id = $3 OR $4)', [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city'])
    : [];
  if (!own) throw DomainError.notFound();
}

/** One opinion with its answer, or "not found". */
export async function readStaffOpinion(tx: TenantTx, opinionId: string): Promise<StaffOpinion> {
  if (!isId(opinionId)) throw DomainError.notFound();
  const [row] = await tx.query<StaffOpinion>(`${STAFF_OPINION} WHERE o.city_id = $1 AND ${OWN} AND o.id = $4`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', opinionId]);
  if (!row) throw DomainError.notFound();
  return forReader(tx, row);
}

/** These opinions of the department with their answers, in the order of the ids. */
export async function staffOpinionsById(tx: TenantTx, ids: readonly string[]): Promise<StaffOpinion[]> {
  const rows = await tx.query<StaffOpinion>(
    `${STAFF_OPINION} WHERE o.city_id = $1 AND ${OWN} AND o.id = ANY($4::uuid[]) ORDER BY array_position($4::uuid[], o.id)`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', ids]);
  return rows.map((row) => forReader(tx, row));
}

export interface ClauseChoice {
  /** The clause's identity. */
  value: string;
  label: string;
}

/** The clauses that an adopted opinion may name: those of the policy's newest version, and those that were asked about. */
export async function clauseChoices(tx: TenantTx, policyId: string): Promise<ClauseChoice[]> {
  const rows = await tx.query<{ identity: string; label: string; text: string; seq: number }>(
    `SELECT DISTINCT ON (p.identity) p.identity, p.label, p.text, p.seq FROM policy_version v
     JOIN provision p ON p.city_id = v.city_id AND p.version_id = v.id
     WHERE v.city_id = $1 AND v.policy_id = $2 AND p.kind IN ('article', 'item', 'subitem', 'paragraph', 'annex') AND p.text <> '' ORDER BY p.identity, v.no DESC`, [tx.cityId, policyId]);
  return rows
    .sort((a, b) => a.seq - b.seq)
    .map(({ identity, label, text }) => ({ value: identity, label: `${label}　${[...text].slice(0, 30).join('')}` }));
}
