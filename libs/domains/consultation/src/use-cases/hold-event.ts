import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLE_16, lastDelivery } from '../domain/events';
import { consultationEvents, eventParticipants } from '../persistence/repositories';
import { eventAtHand } from './event-at-hand';

/** Opens an event at its time, so that what is said can be written down. */
@Injectable()
export class HoldEvent {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * A hearing whose materials did not reach everybody in time is not held: it is put off.
   *
   * @throws DomainError conflict `channels:error.notYet` before its time, `channels:error.noParticipants`, `channels:error.notSelected`; forbidden `channels:error.materialsLate` (713§16)
   */
  run(actor: Actor, eventId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event } = await eventAtHand(tx, eventId, ['announced', 'selected']);
      if (tx.at < event.startsAt) throw DomainError.conflict('channels:error.notYet');
      if (event.signUpUntil !== null && event.state !== 'selected') throw DomainError.conflict('channels:error.notSelected');
      const taking = await eventParticipants.find(tx, { eventId, state: 'selected' });
      if (taking.length === 0) throw DomainError.conflict('channels:error.noParticipants');
      if (event.materialsDays !== null) {
        const latest = lastDelivery(event.startsAt, event.materialsDays);
        const count = taking.filter(({ deliveredOn }) => deliveredOn === null || deliveredOn > latest).length;
        if (count > 0) throw new DomainError('conflict', 'channels:error.materialsLate', { params: { count, latest, days: event.materialsDays }, article: ARTICLE_16 });
      }
      await consultationEvents.updateVersioned(tx, eventId, event.rowVersion, { state: 'held' });
      recordAudit(tx, { action: 'consultation.event_held', subjectType: 'consultation_event', subjectId: eventId, tenantId: event.tenantId, details: { participants: taking.length } });
    });
  }
}
