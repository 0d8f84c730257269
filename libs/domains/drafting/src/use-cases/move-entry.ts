import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ENTRY_LIFE } from '../domain/city-plan';
import { assertOverseer } from '../drafting.access';
import { CITY_PLAN_CHANGED } from '../drafting.events';
import type { CityPlanEntryRow } from '../persistence/city-plan.entity';
import { cityPlans, lockYear, planEntries, planOfYear } from '../persistence/city-plans';
import { planItems } from '../persistence/repositories';
import { lockCollected } from './arrange-entry';
import { collect } from './collect';

/** How many years ahead a matter may be put off. */
const AHEAD = 5;

/**
 * Puts a matter off to a later year: its items become items of that year, taken in at once where the city collects for it already and else when
 * it begins to. A joint matter falls apart into its items, as the later plan decides anew.
 */
@Injectable()
export class MoveEntry {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, planId: string, entryId: string, input: { year: number; note: string }): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.move(tx, planId, entryId, input));
  }

  private async move(tx: TenantTx, planId: string, entryId: string, { year, note }: { year: number; note: string }): Promise<void> {
    assertOverseer(tx.actor);
    if (note.trim() === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'note', key: 'drafting:error.reasonMissing' }]);
    const entry = await lockCollected(tx, planId, entryId);
    const plan = await cityPlans.require(tx, planId);
    if (year <= plan.year || year > plan.year + AHEAD) {
      const params = { from: plan.year + 1, to: plan.year + AHEAD };
      throw DomainError.invalid('plan:error.laterYear', [{ field: 'year', key: 'plan:error.laterYear', params }]);
    }
    ENTRY_LIFE.require('move', entry.state);
    await lockYear(tx, year, 'enter');
    const later = await planOfYear(tx, year);
    if (later && later.state !== 'collecting') throw DomainError.conflict('plan:error.yearClosed', { year });
    const parts = entry.planItemId ? [] : await planEntries.find(tx, { mergedInto: entry.id });
    for (const moved of [...parts, entry]) await this.leave(tx, moved, year, note.trim());
    for (const { planItemId } of [...parts, entry]) {
      const item = planItemId && (await planItems.lockForUpdate(tx, planItemId));
      if (!item) continue;
      const patch = { year, dueMonth: null };
      await planItems.update(tx, item.id, { ...patch, rowVersion: item.rowVersion + 1 });
      if (later) await collect(tx, later, [{ ...item, ...patch }]);
    }
    await emit(tx, { type: CITY_PLAN_CHANGED, tenantId: entry.tenantId, payload: { planId } });
    recordAudit(tx, { action: 'drafting.plan_entry_moved', subjectType: 'city_plan_entry', subjectId: entry.id, tenantId: entry.tenantId, details: { year } });
  }

  private async leave(tx: TenantTx, entry: CityPlanEntryRow, year: number, note: string): Promise<void> {
    await planEntries.update(tx, entry.id, {
      state: ENTRY_LIFE.require('move', entry.state).to, mergedInto: null, movedTo: year, note, policyId: null, decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: entry.rowVersion + 1,
    });
  }
}
