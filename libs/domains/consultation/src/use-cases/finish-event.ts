import { type Actor, canonicalJson, DomainError, type FieldError, sha256Hex } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLE_17, type Signature, SIGNATURES } from '../domain/events';
import { optionalText, requiredText } from '../domain/opinion-text';
import type { ConsultationEventRow, EventParticipantRow } from '../persistence/consultation-event.entity';
import { consultationEvents, eventParticipants } from '../persistence/repositories';
import { eventAtHand } from './event-at-hand';

export interface SignedBy {
  participantId: string;
  signature: string;
  /** Why somebody did not sign, or what they want noted beside their signature. */
  note: string;
}

/** Finishes the minutes: what happened, and of every participant that they signed, or why not. From then on nothing of it changes, and its hash is public. */
@Injectable()
export class FinishEvent {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError invalid `channels:error.signAll` unless everybody who takes part is accounted for (713§17), `channels:error.refusedWhy` */
  run(actor: Actor, eventId: string, input: { proceedings: string; signatures: readonly SignedBy[] }): Promise<{ minutesHash: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event } = await eventAtHand(tx, eventId, ['held']);
      const proceedings = requiredText(input.proceedings, 'proceedings', 20_000);
      const taking = await eventParticipants.find(tx, { eventId, state: 'selected' }, { appliedAt: 'ASC', id: 'ASC' });
      const signatures = signaturesOf(taking, input.signatures);
      for (const { id, rowVersion } of taking) await eventParticipants.updateVersioned(tx, id, rowVersion, { ...signatures.get(id), signedAt: tx.at });
      const minutesHash = sha256Hex(canonicalJson(await minutesOf(tx, event, proceedings)));
      await consultationEvents.updateVersioned(tx, eventId, event.rowVersion, { state: 'finished', proceedings, minutesHash, finishedAt: tx.at, finishedBy: tx.actor.accountId });
      recordAudit(tx, { action: 'consultation.event_finished', subjectType: 'consultation_event', subjectId: eventId, tenantId: event.tenantId, details: { minutesHash } });
      return { minutesHash };
    });
  }
}

function signaturesOf(taking: readonly EventParticipantRow[], given: readonly SignedBy[]): Map<string, { signature: Signature; signatureNote: string | null }> {
  const by = new Map(given.map((one) => [one.participantId, one]));
  if (taking.length === 0 || by.size !== taking.length || taking.some(({ id }) => !by.has(id))) throw new DomainError('invalid', 'channels:error.signAll', { article: ARTICLE_17 });
  const faults: FieldError[] = [];
  const signatures = new Map(taking.map(({ id }) => {
    const { signature = '', note = '' } = by.get(id) ?? {};
    const known = SIGNATURES.find((one) => one === signature);
    const signatureNote = optionalText(note, 'note', 500);
    if (!known) faults.push({ field: 'signature', key: 'channels:error.signAll' });
    if (known === 'refused' && signatureNote === null) faults.push({ field: 'note', key: 'channels:error.refusedWhy' });
    return [id, { signature: known ?? 'absent', signatureNote }];
  }));
  if (faults[0]) throw new DomainError('invalid', faults[0].key, { fields: faults, article: ARTICLE_17 });
  return signatures;
}

interface Statement {
  participant: string;
  opinion: string;
  receiptNo: string;
  text: string;
}

/** What the hash is over: the event, what happened, who signed, and every statement by its words. Whoever has the minutes can compute it again. */
async function minutesOf(tx: TenantTx, { id, kind, title, place, startsAt, moderator, clerk }: ConsultationEventRow, proceedings: string) {
  const participants = await tx.query<Record<string, unknown>>(
    `SELECT id, name, kind, represents, standpoint, signature, signature_note AS note FROM event_participant WHERE city_id = $1 AND event_id = $2 AND state = 'selected' ORDER BY applied_at, id`, [tx.cityId, id]);
  const statements = await tx.query<Statement>(
    `SELECT s.participant_id AS participant, o.id AS opinion, o.receipt_no AS "receiptNo", o.text FROM opinion_source s JOIN opinion o ON o.city_id = s.city_id AND o.id = s.opinion_id
     WHERE s.city_id = $1 AND s.event_id = $2 ORDER BY o.received_at, o.id`, [tx.cityId, id]);
  return { v: 1, city: tx.cityId, event: id, kind, title, place, startsAt: startsAt.toISOString(), moderator, clerk, proceedings, participants, statements };
}
