import { DomainError, newId, sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { assertCan } from '../consultation.access';
import { type Entry, type EntryContext, receiptKeyOf } from '../domain/entries';
import { receiptCodeHash, receiptFor } from '../domain/receipt';
import type { ConsultationRow } from '../persistence/consultation.entity';
import type { OpinionSourceRow } from '../persistence/opinion-source.entity';
import { consultations, opinions, opinionSources } from '../persistence/repositories';

export interface Entered {
  opinionId: string;
  receiptNo: string;
}

/** What is known of where an entry came from, beside the entry itself. */
export type Source = Partial<Pick<OpinionSourceRow, 'messageId' | 'batchId' | 'batchRow' | 'eventId' | 'participantId'>>;

/**
 * The consultation with its lock shared, for somebody of the department who may enter opinions, while the window is open: what is entered is received
 * now and stands under the root, so nothing is entered once that is fixed (ADR 0025).
 *
 * @throws DomainError conflict `channels:error.closed` after the close
 */
export async function openForEntry(tx: TenantTx, consultationId: string): Promise<ConsultationRow> {
  const consultation = await consultations.lockForShare(tx, consultationId);
  assertCan(tx.actor, 'consultation.register', consultation);
  if (consultation.state !== 'open' || tx.at < consultation.opensAt || tx.at >= consultation.closesAt) throw DomainError.conflict('channels:error.closed');
  return consultation;
}

/** What entries of a consultation are judged by at this moment. */
export async function entryContext(tx: TenantTx, { opensAt, versionId }: ConsultationRow): Promise<EntryContext> {
  const rows = await tx.query<{ id: string; text: string }>('SELECT clause_id AS id, text FROM provision WHERE city_id = $1 AND version_id = $2', [tx.cityId, versionId]);
  return { opensAt, now: tx.at, clauses: new Map(rows.map(({ id, text }) => [id, text])) };
}

/**
 * Puts entries into the register, in their order, with where they came from. They are received at the instant of the transaction; two of one transaction
 * share it. `keys` are the senders' idempotency keys, one for each.
 */
export async function enterOpinions(tx: TenantTx, consultation: ConsultationRow, entries: readonly { entry: Entry; source: Source; key: string }[]): Promise<Entered[]> {
  const { id: consultationId, tenantId, versionId, receiptSalt } = consultation;
  const made = entries.map((one) => ({ ...one, opinionId: newId() })).map((one) => ({ ...one, receipt: receiptFor(receiptSalt, receiptKeyOf(one.opinionId), tx.at) }));
  await opinions.insertMany(tx, made.map(({ entry, key, opinionId, receipt }) => ({
    id: opinionId, tenantId, consultationId, versionId, clauseId: entry.clauseId, quote: entry.quote, channel: entry.channel, authorAccountId: null, authorKind: entry.authorKind,
    authorName: entry.authorName, publicName: entry.publicName, text: entry.text, stance: entry.stance, receiptNo: receipt.receiptNo, receiptCodeHash: receiptCodeHash(receipt.code) ?? '',
    idempotencyKey: sha256Hex(key), receivedAt: tx.at, moderation: 'shown' as const, moderationReason: null, moderatedBy: null, moderatedAt: null,
  })) as never);
  await opinionSources.insertMany(tx, made.map(({ entry, source, opinionId }) => ({
    id: opinionId, tenantId, consultationId, channel: entry.channel, arrivedOn: entry.arrivedOn, reference: entry.reference, messageId: null, batchId: null, batchRow: null, eventId: null, participantId: null,
    ...source, registeredBy: tx.actor.accountId ?? '',
  })));
  return made.map(({ opinionId, receipt }) => ({ opinionId, receiptNo: receipt.receiptNo }));
}
