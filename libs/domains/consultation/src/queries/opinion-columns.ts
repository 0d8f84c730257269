import { DomainError, isId } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import type { AuthorKind, Disposition } from '../domain/figures';
import { maskPersonal } from '../domain/personal-data';

/** How many opinions stand beside a text; a table of more is not read, and says so. */
const MAX_COLUMN_OPINIONS = 1000;

/** An opinion beside the clause that it is about. */
export interface ColumnOpinion {
  receiptNo: string;
  /** Of the version that was asked about; null for an opinion on the whole. */
  clauseId: string | null;
  authorKind: AuthorKind;
  /** Personal data masked, but for the department itself. */
  text: string;
  disposition: Disposition | null;
  reason: string | null;
  /** The clause in which an adopted opinion is carried out. */
  adoptedIdentity: string | null;
}

/** The first of them, oldest first, and how many there are in all. */
export interface ColumnOpinions {
  items: ColumnOpinion[];
  total: number;
}

type Counted = ColumnOpinion & { total: number };
const counted = (rows: Counted[], textOf: (text: string) => string): ColumnOpinions => ({ items: rows.map(({ total: _total, ...opinion }) => ({ ...opinion, text: textOf(opinion.text) })), total: rows[0]?.total ?? 0 });

const SELECT = `SELECT count(*) OVER ()::integer AS total, o.receipt_no AS "receiptNo", o.clause_id AS "clauseId", o.author_kind AS "authorKind", o.text, a.disposition, a.reason, a.adopted_identity AS "adoptedIdentity" FROM opinion o`;

export interface ColumnConsultation {
  id: string;
  title: string;
  versionId: string;
  versionNo: number;
}

/** The consultations of a policy that one's department may see, newest first. */
export const staffColumnConsultations = (tx: TenantTx, policyId: string): Promise<ColumnConsultation[]> =>
  tx.query<ColumnConsultation>(
    `SELECT c.id, c.title, c.version_id AS "versionId", v.no AS "versionNo" FROM consultation c JOIN policy_version v ON v.city_id = c.city_id AND v.id = c.version_id
     WHERE c.city_id = $1 AND c.policy_id = $2 AND (c.tenant_id = $3 OR $4) ORDER BY c.opens_at DESC, c.id DESC`,
    [tx.cityId, policyId, tx.actor.tenantId, tx.actor.scope === 'city']);

/** The shown opinions of one's department's consultation, oldest first, with their answers as they are now. */
export const staffColumnOpinions = async (tx: TenantTx, consultationId: string): Promise<ColumnOpinions> =>
  counted(await tx.query<Counted>(
    `${SELECT} LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id
     WHERE o.city_id = $1 AND o.consultation_id = $2 AND (o.tenant_id = $3 OR $4) AND o.moderation = 'shown' ORDER BY o.received_at, o.id LIMIT ${MAX_COLUMN_OPINIONS}`,
    [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city']), tx.actor.scope === 'city' ? maskPersonal : (text) => text);

/** The consultations of a public policy whose result is out, newest first. */
export async function publicColumnConsultations(reader: PublicReader, cityId: string, policyId: string): Promise<ColumnConsultation[]> {
  if (!isId(policyId)) throw DomainError.notFound();
  return reader.query<ColumnConsultation>(
    `SELECT c.id, c.title, c.version_id AS "versionId", v.no AS "versionNo" FROM consultation c JOIN policy_version v ON v.city_id = c.city_id AND v.id = c.version_id
     WHERE c.city_id = $1 AND c.policy_id = $2 AND c.state = 'result_published' ORDER BY c.opens_at DESC, c.id DESC`, [cityId, policyId]);
}

/** The shown opinions of a consultation with their published answers, oldest first. */
export const publicColumnOpinions = async (reader: PublicReader, cityId: string, consultationId: string): Promise<ColumnOpinions> =>
  counted(await reader.query<Counted>(
    `${SELECT} LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id AND a.published_at IS NOT NULL
     WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.moderation = 'shown' ORDER BY o.received_at, o.id LIMIT ${MAX_COLUMN_OPINIONS}`, [cityId, consultationId]), maskPersonal);
