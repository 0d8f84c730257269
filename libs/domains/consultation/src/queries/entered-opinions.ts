import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type EnteredChannel, receiptKeyOf } from '../domain/entries';
import { receiptFor } from '../domain/receipt';
import { lastDayOf } from '../domain/window';
import type { Channel } from '../persistence/opinion.entity';

/** How many opinions came by each way, the most first; withdrawn ones too. */
export const channelCounts = (tx: TenantTx, consultationId: string): Promise<{ channel: Channel; count: number }[]> =>
  tx.query<{ channel: Channel; count: number }>(
    `SELECT o.channel, count(*)::integer AS count FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND (o.tenant_id = $3 OR $4) GROUP BY o.channel ORDER BY 2 DESC, 1`,
    [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city']);

/** What a page about the ways into a consultation says of it. */
export interface EntryConsultation {
  id: string;
  policyId: string;
  title: string;
  state: string;
  opensAt: Date;
  closesAt: Date;
  lastDay: string;
  /** Whether something may be entered now. */
  open: boolean;
}

/** A consultation of one's department, or of the city for who oversees it; or "not found". */
export async function entryConsultation(tx: TenantTx, consultationId: string): Promise<EntryConsultation> {
  const [found] = isId(consultationId)
    ? await tx.query<Omit<EntryConsultation, 'open' | 'lastDay'>>(
      `SELECT id, policy_id AS "policyId", title, state, opens_at AS "opensAt", closes_at AS "closesAt" FROM consultation WHERE city_id = $1 AND id = $2 AND (tenant_id = $3 OR $4)`,
      [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city'])
    : [];
  if (!found) throw DomainError.notFound();
  return { ...found, lastDay: lastDayOf(found.closesAt), open: found.state === 'open' && tx.at >= found.opensAt && tx.at < found.closesAt };
}

export interface EnteredOpinion {
  opinionId: string;
  receiptNo: string;
  channel: EnteredChannel;
  authorKind: string;
  authorName: string | null;
  reference: string | null;
  arrivedOn: string;
  enteredAt: Date;
  enteredBy: string;
}

const ENTERED = `SELECT o.id AS "opinionId", o.receipt_no AS "receiptNo", s.channel, o.author_kind AS "authorKind", o.author_name AS "authorName", s.reference, s.arrived_on::text AS "arrivedOn",
    o.received_at AS "enteredAt", x.display_name AS "enteredBy"
  FROM opinion_source s JOIN opinion o ON o.city_id = s.city_id AND o.id = s.opinion_id JOIN account x ON x.city_id = s.city_id AND x.id = s.registered_by`;

/** The opinions that the department entered itself, newest first; fifty at most. */
export const enteredOpinions = (tx: TenantTx, consultationId: string): Promise<EnteredOpinion[]> =>
  tx.query<EnteredOpinion>(
    `${ENTERED} WHERE s.city_id = $1 AND s.consultation_id = $2 AND s.tenant_id = $3 ORDER BY o.received_at DESC, o.id DESC LIMIT 50`, [tx.cityId, consultationId, tx.actor.tenantId]);

/** The receipt of an opinion that the department entered, for its author. */
export interface ReceiptSlip extends EnteredOpinion {
  code: string;
  title: string;
  lastDay: string;
}

/** The receipts of the entered opinions that `where` chooses; only of one's own department, as whoever has a code may see the answer. */
async function slips(tx: TenantTx, consultationId: string, where: string, value: string): Promise<ReceiptSlip[]> {
  if (!isId(consultationId) || !isId(value)) throw DomainError.notFound();
  const rows = await tx.query<EnteredOpinion & { salt: string; title: string; closesAt: Date }>(
    `SELECT e.*, c.receipt_salt AS salt, c.title, c.closes_at AS "closesAt" FROM (${ENTERED} WHERE s.city_id = $1 AND s.consultation_id = $2 AND s.tenant_id = $3 AND ${where} = $4
       ORDER BY s.batch_row, o.id) e, consultation c WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, consultationId, tx.actor.tenantId, value]);
  if (rows.length === 0) throw DomainError.notFound();
  return rows.map(({ salt, closesAt, ...row }) => ({ ...row, lastDay: lastDayOf(closesAt), code: receiptFor(salt, receiptKeyOf(row.opinionId), row.enteredAt).code }));
}

/** The receipt of one entered opinion, or "not found". */
export const receiptSlips = (tx: TenantTx, consultationId: string, opinionId: string): Promise<ReceiptSlip[]> => slips(tx, consultationId, 's.opinion_id', opinionId);

/** The receipts of everything that one workbook brought, in the order of its rows. */
export const batchSlips = (tx: TenantTx, consultationId: string, batchId: string): Promise<ReceiptSlip[]> => slips(tx, consultationId, 's.batch_id', batchId);

/** The clauses of the draft that is asked about, for a choice: articles, numbered headings and annexes. */
export async function entryClauses(tx: TenantTx, consultationId: string): Promise<{ clauseId: string; label: string; text: string }[]> {
  return tx.query<{ clauseId: string; label: string; text: string }>(
    `SELECT p.clause_id AS "clauseId", p.label, p.text FROM consultation c JOIN provision p ON p.city_id = c.city_id AND p.version_id = c.version_id
     WHERE c.city_id = $1 AND c.id = $2 AND p.kind IN ('article', 'heading', 'annex') ORDER BY p.seq`, [tx.cityId, consultationId]);
}
