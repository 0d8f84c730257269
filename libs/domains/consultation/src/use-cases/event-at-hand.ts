import { effectiveParameter } from '@core/statutes';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { assertCan } from '../consultation.access';
import type { EventState } from '../domain/events';
import type { ConsultationEventRow } from '../persistence/consultation-event.entity';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { consultationEvents, consultations } from '../persistence/repositories';

/**
 * An event of the department, locked, in one of these states, and its consultation with its lock shared: consultation first, as everywhere.
 *
 * @throws DomainError conflict `channels:error.eventState`; not_found for another department's event
 */
export async function eventAtHand(tx: TenantTx, eventId: string, states: readonly EventState[]): Promise<{ event: ConsultationEventRow; consultation: ConsultationRow }> {
  const { consultationId } = await consultationEvents.require(tx, eventId);
  const consultation = await consultations.lockForShare(tx, consultationId);
  assertCan(tx.actor, 'consultation.register', consultation);
  const event = await consultationEvents.lockForUpdate(tx, eventId);
  if (!states.includes(event.state)) throw DomainError.conflict('channels:error.eventState');
  return { event, consultation };
}

/** Days before a hearing that its materials must have arrived: the regulation's seven, or more where the city or the department set more. */
export async function materialsDays(tx: TenantTx): Promise<number> {
  return (await effectiveParameter(tx, 'mad.hearing')).value.materials_delivered_before;
}
