import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ENTRY_LIFE } from '../domain/city-plan';
import { assertOverseer } from '../drafting.access';
import { cityPlans, planEntries, planOfYear } from '../persistence/city-plans';
import { lockCollected } from './arrange-entry';
import { nextPosition } from './collect';

/** Moves an entry into another year's plan, where it is decided anew. Both years must still collect. */
@Injectable()
export class MoveEntry {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, planId: string, entryId: string, input: { year: number; note: string }): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.move(tx, planId, entryId, input));
  }

  private async move(tx: TenantTx, planId: string, entryId: string, { year, note }: { year: number; note: string }): Promise<{ id: string }> {
    assertOverseer(tx.actor);
    if (note.trim() === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'note', key: 'drafting:error.reasonMissing' }]);
    const target = await planOfYear(tx, year);
    if (!target || target.id === planId) throw DomainError.conflict('plan:error.noOtherPlan', { year });
    // In one order whichever way it goes, so that two moves do not wait for each other.
    for (const id of [planId, target.id].sort()) await cityPlans.lockForUpdate(tx, id);
    if ((await cityPlans.require(tx, target.id)).state !== 'collecting') throw DomainError.conflict('plan:error.noOtherPlan', { year });
    const entry = await lockCollected(tx, planId, entryId);
    const { to } = ENTRY_LIFE.require('move', entry.state);
    const { cityId: _city, ...kept } = entry;
    await planEntries.update(tx, entry.id, { state: to, movedTo: year, note: note.trim(), policyId: null, decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: entry.rowVersion + 1 });
    const moved = { ...kept, id: newId(), planId: target.id, dueMonth: null, position: await nextPosition(tx, target.id), submittedAt: tx.at, rowVersion: 1 };
    await planEntries.insert(tx, moved);
    await tx.query('UPDATE city_plan_entry SET merged_into = $3, row_version = row_version + 1 WHERE city_id = $1 AND merged_into = $2', [tx.cityId, entry.id, moved.id]);
    recordAudit(tx, { action: 'drafting.plan_entry_moved', subjectType: 'city_plan_entry', subjectId: entry.id, tenantId: entry.tenantId, details: { year } });
    return { id: moved.id };
  }
}
