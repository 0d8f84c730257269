import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type EventInput, eventTerms } from '../domain/events';
import { consultationEvents } from '../persistence/repositories';
import { openForEntry } from './enter-opinions';
import { materialsDays } from './event-at-hand';

/** Announces a hearing or a symposium, public at once; or writes down a visit that was made. */
@Injectable()
export class AnnounceEvent {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `id` is the form's own, new for each: the same one again is the same event. */
  async run(actor: Actor, consultationId: string, input: EventInput, id = newId()): Promise<{ eventId: string }> {
    try {
      return await this.unitOfWork.run(actor, (tx) => this.announce(tx, consultationId, input, id));
    } catch (error) {
      const { code } = (error as { driverError?: { code?: string } }).driverError ?? {};
      if (code !== '23505') throw error;
      const earlier = await this.unitOfWork.run(actor, (tx) => consultationEvents.findOne(tx, { id, consultationId }));
      if (!earlier) throw DomainError.conflict('consultation:error.keyReused');
      return { eventId: id };
    }
  }

  private async announce(tx: TenantTx, consultationId: string, input: EventInput, id: string): Promise<{ eventId: string }> {
    const consultation = await openForEntry(tx, consultationId);
    const terms = eventTerms(input, consultation, await materialsDays(tx), tx.at);
    await consultationEvents.insert(tx, {
      id, tenantId: consultation.tenantId, consultationId, versionId: consultation.versionId, ...terms, state: terms.kind === 'field_visit' ? 'held' : 'announced', announcedAt: tx.at,
      createdBy: tx.actor.accountId ?? '', changedReason: null, proceedings: null, minutesHash: null, finishedAt: null, finishedBy: null, rowVersion: 1,
    });
    recordAudit(tx, {
      action: 'consultation.event_announced', subjectType: 'consultation_event', subjectId: id, tenantId: consultation.tenantId,
      details: { consultationId, kind: terms.kind, startsAt: terms.startsAt, seats: terms.seats, signUpUntil: terms.signUpUntil },
    });
    return { eventId: id };
  }
}
