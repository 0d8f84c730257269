import { type Actor, chinaDate, DomainError, isDay } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { requiredText } from '../domain/opinion-text';
import { eventParticipants } from '../persistence/repositories';
import { eventAtHand } from './event-at-hand';

/** Writes down that the materials reached participants: when and how. What is written stays; a late delivery is written too, and the hearing then put off. */
@Injectable()
export class RecordDelivery {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, eventId: string, participantIds: readonly string[], input: { deliveredOn: string; how: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event } = await eventAtHand(tx, eventId, ['announced', 'selected']);
      const how = requiredText(input.how, 'how', 200);
      const { deliveredOn } = input;
      if (!isDay(deliveredOn) || deliveredOn > chinaDate(tx.at) || deliveredOn < chinaDate(event.announcedAt)) {
        throw DomainError.invalid('channels:error.deliveredOn', [{ field: 'deliveredOn', key: 'channels:error.deliveredOn' }]);
      }
      if (participantIds.length === 0) throw DomainError.invalid('channels:error.nobodyChosen', [{ field: 'participantIds', key: 'channels:error.nobodyChosen' }]);
      for (const id of [...new Set(participantIds)].sort()) {
        const participant = await eventParticipants.lockForUpdate(tx, id);
        if (participant.eventId !== eventId) throw DomainError.notFound();
        if (participant.state !== 'selected' || participant.deliveredOn !== null) throw DomainError.conflict('channels:error.deliveredAlready');
        await eventParticipants.update(tx, id, { deliveredOn, deliveredHow: how, deliveredBy: tx.actor.accountId, rowVersion: participant.rowVersion + 1 });
        recordAudit(tx, { action: 'consultation.materials_delivered', subjectType: 'event_participant', subjectId: id, tenantId: event.tenantId, details: { eventId, deliveredOn } });
      }
    });
  }
}
