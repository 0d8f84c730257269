import { type Actor, DomainError, isId, newId, sha256Hex, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type ParticipantInput, type ParticipantTerms, participantTerms } from '../domain/events';
import { maskedName, requiredText } from '../domain/opinion-text';
import { type Receipt, receiptCodeHash, receiptFor } from '../domain/receipt';

interface Found {
  tenant_id: string;
  consultation_id: string;
  receipt_salt: string;
  state: string;
  sign_up_until: Date | null;
}

const keyOf = (key: string): string => `sign-up/${key}`;

/** Somebody wants to take part in a hearing or symposium; with an account or without. */
@Injectable()
export class SignUp {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Answers the receipt; the same key again answers the same one.
   *
   * @throws DomainError conflict `channels:error.signUpOver` outside its time, `channels:error.signedUpAlready` for an account that did, `consultation:error.keyReused`
   */
  async run(actor: Actor, eventId: string, input: ParticipantInput & { idempotencyKey: string }): Promise<Receipt> {
    if (!isId(eventId)) throw DomainError.notFound();
    if (actor.tenantId !== null) throw DomainError.forbidden('channels:error.staffSignUp');
    const key = requiredText(input.idempotencyKey, 'idempotencyKey', 200);
    if (key.length < 16) throw DomainError.invalid('consultation:error.key', [{ field: 'idempotencyKey', key: 'consultation:error.key' }]);
    const terms = participantTerms(input);
    try {
      return await this.unitOfWork.run(actor, (tx) => this.signUp(tx, eventId, terms, key));
    } catch (error) {
      const { code, constraint } = (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
      if (code === 'PLC02') throw DomainError.conflict('channels:error.signUpOver');
      if (code === '23505' && constraint?.includes('idempotency')) return this.again(actor.cityId, eventId, terms, key);
      if (code === '23505' && constraint?.includes('account')) return this.again(actor.cityId, eventId, terms, key, 'channels:error.signedUpAlready');
      throw error;
    }
  }

  private async signUp(tx: TenantTx, eventId: string, terms: ParticipantTerms, key: string): Promise<Receipt> {
    const [event] = await tx.query<Found>(
      `SELECT e.tenant_id, e.consultation_id, c.receipt_salt, e.state, e.sign_up_until FROM consultation_event e JOIN consultation c ON c.city_id = e.city_id AND c.id = e.consultation_id
       WHERE e.city_id = $1 AND e.id = $2 AND e.kind <> 'field_visit' FOR SHARE OF e`, [tx.cityId, eventId]);
    if (!event) throw DomainError.notFound();
    if (event.state !== 'announced' || event.sign_up_until === null || tx.at >= event.sign_up_until) throw DomainError.conflict('channels:error.signUpOver');
    const receipt = receiptFor(event.receipt_salt, keyOf(key), tx.at);
    const id = newId();
    await tx.query(
      `INSERT INTO event_participant (city_id, id, tenant_id, consultation_id, event_id, source, account_id, kind, name, public_name, contact, represents, standpoint, reason, receipt_no,
         receipt_code_hash, idempotency_key, applied_at, state)
       VALUES ($1, $2, $3, $4, $5, 'sign_up', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'applied')`,
      [tx.cityId, id, event.tenant_id, event.consultation_id, eventId, tx.actor.accountId, terms.kind, terms.name, publicName(terms), terms.contact, terms.represents, terms.standpoint, terms.reason,
        receipt.receiptNo, receiptCodeHash(receipt.code), sha256Hex(key), tx.at]);
    recordAudit(tx, { action: 'consultation.signed_up', subjectType: 'event_participant', subjectId: id, tenantId: event.tenant_id, details: { eventId } });
    return receipt;
  }

  /** The receipt that came with this key before; whoever knows the key is its sender. */
  private again(cityId: string, eventId: string, terms: ParticipantTerms, key: string, otherwise = 'consultation:error.keyReused'): Promise<Receipt> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [row] = await tx.query<{ name: string; contact: string; reason: string; applied_at: Date; receipt_salt: string }>(
        `SELECT p.name, p.contact, p.reason, p.applied_at, c.receipt_salt FROM event_participant p JOIN consultation c ON c.city_id = p.city_id AND c.id = p.consultation_id
         WHERE p.city_id = $1 AND p.event_id = $2 AND p.idempotency_key = $3`, [cityId, eventId, sha256Hex(key)]);
      if (!row || row.name !== terms.name || row.contact !== terms.contact || row.reason !== terms.reason) throw DomainError.conflict(otherwise);
      return receiptFor(row.receipt_salt, keyOf(key), row.applied_at);
    });
  }
}

/** An enterprise takes part under its name; of a resident the list shows the family name. */
export const publicName = ({ kind, name }: Pick<ParticipantTerms, 'kind' | 'name'>): string => (kind === 'enterprise' ? name : maskedName(name));
