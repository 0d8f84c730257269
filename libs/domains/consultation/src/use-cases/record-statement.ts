import { type Actor, chinaDate, DomainError, sha256Hex } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { requireEntry } from '../domain/entries';
import { eventParticipants, opinions } from '../persistence/repositories';
import { type Entered, enterOpinions, entryContext, openForEntry } from './enter-opinions';
import { eventAtHand } from './event-at-hand';

export interface StatementInput {
  participantId: string;
  stance: string;
  text: string;
  clauseId?: string | undefined;
  quote?: string | undefined;
  /** Of the form, new for each statement. */
  idempotencyKey: string;
}

/** Writes down what a participant said, straight into the register: from then on it stands as it is, is answered, and is under the root. */
@Injectable()
export class RecordStatement {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, eventId: string, input: StatementInput): Promise<Entered> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event } = await eventAtHand(tx, eventId, ['held']);
      const consultation = await openForEntry(tx, event.consultationId);
      const participant = await eventParticipants.findOne(tx, { id: input.participantId, eventId, state: 'selected' });
      if (!participant) throw DomainError.invalid('channels:error.participant', [{ field: 'participantId', key: 'channels:error.participant' }]);
      const entry = requireEntry({
        channel: event.kind, arrivedOn: chinaDate(event.startsAt), authorKind: participant.kind, authorName: participant.name, clauseId: input.clauseId, quote: input.quote, stance: input.stance, text: input.text,
        reference: event.title,
      }, await entryContext(tx, consultation));
      const earlier = await opinions.findOne(tx, { consultationId: consultation.id, idempotencyKey: sha256Hex(input.idempotencyKey) });
      if (earlier) return { opinionId: earlier.id, receiptNo: earlier.receiptNo };
      const [entered] = await enterOpinions(tx, consultation, [{ entry, source: { eventId, participantId: participant.id }, key: input.idempotencyKey }]);
      if (!entered) throw new Error('nothing was entered');
      recordAudit(tx, { action: 'consultation.statement_recorded', subjectType: 'opinion', subjectId: entered.opinionId, tenantId: event.tenantId, details: { eventId, participantId: participant.id } });
      return entered;
    });
  }
}
