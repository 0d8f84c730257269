import { type Actor, DomainError, newId, sha256Hex } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type ParticipantInput, participantTerms } from '../domain/events';
import { receiptCodeHash, receiptFor } from '../domain/receipt';
import { eventParticipants } from '../persistence/repositories';
import { eventAtHand } from './event-at-hand';
import { publicName } from './sign-up';

/** Takes somebody into an event whom the department asked: an association, an expert, the people met on a visit. */
@Injectable()
export class InviteParticipant {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Not into a hearing that is being held, whose list was published before. The same key again changes nothing. */
  run(actor: Actor, eventId: string, input: ParticipantInput & { idempotencyKey: string }): Promise<void> {
    const terms = participantTerms(input);
    return this.unitOfWork.run(actor, async (tx) => {
      const { event, consultation } = await eventAtHand(tx, eventId, ['announced', 'selected', 'held']);
      if (event.kind === 'hearing' && event.state === 'held') throw DomainError.conflict('channels:error.eventState');
      const key = sha256Hex(`invited/${input.idempotencyKey}`);
      if (await eventParticipants.findOne(tx, { eventId, idempotencyKey: key })) return;
      const id = newId();
      const receipt = receiptFor(consultation.receiptSalt, `invited/${id}`, tx.at);
      await eventParticipants.insert(tx, {
        id, tenantId: event.tenantId, consultationId: event.consultationId, eventId, source: 'invited', accountId: null, ...terms, publicName: publicName(terms), receiptNo: receipt.receiptNo,
        receiptCodeHash: receiptCodeHash(receipt.code) ?? '', idempotencyKey: key, appliedAt: tx.at, state: 'selected', decisionReason: null, decidedAt: tx.at, decidedBy: tx.actor.accountId,
        deliveredOn: null, deliveredHow: null, deliveredBy: null, signature: null, signatureNote: null, signedAt: null, rowVersion: 1,
      });
      recordAudit(tx, { action: 'consultation.participant_invited', subjectType: 'event_participant', subjectId: id, tenantId: event.tenantId, details: { eventId } });
    });
  }
}
