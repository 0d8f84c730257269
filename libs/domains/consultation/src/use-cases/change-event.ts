import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertWithinWindow } from '../domain/events';
import { requiredText } from '../domain/opinion-text';
import { consultationEvents } from '../persistence/repositories';
import { eventAtHand } from './event-at-hand';

/** Puts an event off, or calls it off; why is public at once. */
@Injectable()
export class ChangeEvent {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** To a later time, still before the consultation closes: that is extended first where it must be. */
  postpone(actor: Actor, eventId: string, input: { startsAt: Date | null; reason: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event, consultation } = await eventAtHand(tx, eventId, ['announced', 'selected']);
      const changedReason = requiredText(input.reason, 'changedReason', 500);
      const { startsAt } = input;
      if (startsAt === null || startsAt <= event.startsAt || startsAt <= tx.at) throw DomainError.invalid('channels:error.notLater', [{ field: 'startsAt', key: 'channels:error.notLater' }]);
      assertWithinWindow(startsAt, consultation);
      await consultationEvents.updateVersioned(tx, eventId, event.rowVersion, { startsAt, changedReason });
      recordAudit(tx, { action: 'consultation.event_postponed', subjectType: 'consultation_event', subjectId: eventId, tenantId: event.tenantId, details: { from: event.startsAt, to: startsAt } });
    });
  }

  cancel(actor: Actor, eventId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event } = await eventAtHand(tx, eventId, ['announced', 'selected']);
      await consultationEvents.updateVersioned(tx, eventId, event.rowVersion, { state: 'cancelled', changedReason: requiredText(reason, 'cancelReason', 500) });
      recordAudit(tx, { action: 'consultation.event_cancelled', subjectType: 'consultation_event', subjectId: eventId, tenantId: event.tenantId });
    });
  }
}
