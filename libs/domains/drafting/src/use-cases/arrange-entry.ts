import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ENTRY_LIFE, isMonth } from '../domain/city-plan';
import { assertOverseer } from '../drafting.access';
import { CITY_PLAN_CHANGED } from '../drafting.events';
import type { CityPlanEntryRow } from '../persistence/city-plan.entity';
import { cityPlans, planEntries } from '../persistence/city-plans';

/**
 * The entry of a plan that still collects, both locked: the plan first, so that nothing is arranged while it is proposed or approved.
 * Refuses an entry of another plan as not found.
 */
export async function lockCollected(tx: TenantTx, planId: string, entryId: string): Promise<CityPlanEntryRow> {
  const plan = await cityPlans.lockForUpdate(tx, planId);
  const entry = await planEntries.lockForUpdate(tx, entryId);
  if (entry.planId !== plan.id) throw DomainError.notFound();
  if (plan.state !== 'collecting') throw DomainError.conflict('plan:error.notCollecting');
  return entry;
}

/** Gives an entry its place and its month, or refuses it with a reason. */
@Injectable()
export class ArrangeEntry {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `dueMonth` is `YYYY-MM`. */
  place(actor: Actor, planId: string, entryId: string, input: { position: number; dueMonth: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOverseer(tx.actor);
      if (!isMonth(input.dueMonth)) throw DomainError.invalid('plan:error.dueMonth', [{ field: 'dueMonth', key: 'plan:error.dueMonth' }]);
      const entry = await lockCollected(tx, planId, entryId);
      if (entry.state !== 'submitted') throw DomainError.conflict('plan:error.entryDecided');
      await planEntries.update(tx, entry.id, { position: input.position, dueMonth: input.dueMonth, rowVersion: entry.rowVersion + 1 });
      recordAudit(tx, { action: 'drafting.plan_entry_placed', subjectType: 'city_plan_entry', subjectId: entry.id, tenantId: entry.tenantId, details: input });
    });
  }

  refuse(actor: Actor, planId: string, entryId: string, note: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOverseer(tx.actor);
      if (note.trim() === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'note', key: 'drafting:error.reasonMissing' }]);
      const entry = await lockCollected(tx, planId, entryId);
      const { to } = ENTRY_LIFE.require('refuse', entry.state);
      await planEntries.update(tx, entry.id, { state: to, note: note.trim(), decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: entry.rowVersion + 1 });
      await emit(tx, { type: CITY_PLAN_CHANGED, tenantId: entry.tenantId, payload: { planId } });
      recordAudit(tx, { action: 'drafting.plan_entry_refused', subjectType: 'city_plan_entry', subjectId: entry.id, tenantId: entry.tenantId });
    });
  }
}
