import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLE_16, unheardSides } from '../domain/events';
import { requiredText } from '../domain/opinion-text';
import { consultationEvents, eventParticipants } from '../persistence/repositories';
import { eventAtHand } from './event-at-hand';

export interface SelectionChoice {
  participantId: string;
  selected: boolean;
  /** Why; the person reads it. Needed for who is not chosen. */
  reason: string;
}

/** Chooses among those who signed up, once signing up is over: everybody gets an answer, every side a voice, and the list is public from then on. */
@Injectable()
export class SelectParticipants {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @throws DomainError conflict `channels:error.signUpRuns` before its end; invalid `channels:error.selectAll` unless everybody is decided on, `channels:error.tooManySeats`,
   *   `channels:error.unheard` where a side that signed up has nobody (713§16), `channels:error.noneSelected`
   */
  run(actor: Actor, eventId: string, choices: readonly SelectionChoice[]): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { event } = await eventAtHand(tx, eventId, ['announced']);
      if (event.signUpUntil === null) throw DomainError.conflict('channels:error.eventState');
      if (tx.at < event.signUpUntil) throw DomainError.conflict('channels:error.signUpRuns');
      const all = await eventParticipants.find(tx, { eventId }, { appliedAt: 'ASC', id: 'ASC' });
      const applied = all.filter(({ state }) => state === 'applied');
      const chosen = new Map(choices.map((choice) => [choice.participantId, choice]));
      if (applied.length !== chosen.size || applied.some(({ id }) => !chosen.has(id))) throw DomainError.invalid('channels:error.selectAll');
      const after = all.map(({ id, state, standpoint }) => ({ standpoint, selected: state === 'selected' || chosen.get(id)?.selected === true }));
      const count = after.filter(({ selected }) => selected).length;
      if (count === 0) throw DomainError.invalid('channels:error.noneSelected');
      if (count > Number(event.seats)) throw DomainError.invalid('channels:error.tooManySeats', [], { seats: event.seats, count });
      const unheard = unheardSides(after);
      if (unheard.length > 0) throw new DomainError('invalid', `channels:error.unheard.${unheard[0]}`, { article: ARTICLE_16 });
      for (const { id, rowVersion } of applied) {
        const { selected = false, reason = '' } = chosen.get(id) ?? {};
        await eventParticipants.updateVersioned(tx, id, rowVersion, {
          state: selected ? 'selected' : 'declined', decidedAt: tx.at, decidedBy: tx.actor.accountId, decisionReason: selected && reason.trim() === '' ? null : requiredText(reason, 'reason', 500),
        });
      }
      await consultationEvents.updateVersioned(tx, eventId, event.rowVersion, { state: 'selected' });
      recordAudit(tx, { action: 'consultation.participants_selected', subjectType: 'consultation_event', subjectId: eventId, tenantId: event.tenantId, details: { selected: count, signedUp: applied.length } });
    });
  }
}
