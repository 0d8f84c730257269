import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ENTRY_LIFE } from '../domain/city-plan';
import { assertOverseer } from '../drafting.access';
import type { CityPlanEntryRow } from '../persistence/city-plan.entity';
import { planEntries } from '../persistence/city-plans';
import { lockCollected } from './arrange-entry';
import { nextPosition } from './collect';

export interface Merger {
  /** Two or more entries of the plan. */
  entryIds: readonly string[];
  /** Whose department leads. */
  leadEntryId: string;
  title: string;
}

/**
 * Makes one joint entry of several departments' entries. These stay on record and point to it; the department of one of them leads, the
 * others take part in the policy and countersign it.
 */
@Injectable()
export class MergeEntries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, planId: string, input: Merger): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.merge(tx, planId, input));
  }

  private async merge(tx: TenantTx, planId: string, { entryIds, leadEntryId, title }: Merger): Promise<{ id: string }> {
    assertOverseer(tx.actor);
    const ids = [...new Set(entryIds)].sort();
    if (ids.length < 2) throw DomainError.invalid('plan:error.mergeTwo', [{ field: 'entryIds', key: 'plan:error.mergeTwo' }]);
    if (!ids.includes(leadEntryId)) throw DomainError.invalid('plan:error.mergeLead', [{ field: 'leadEntryId', key: 'plan:error.mergeLead' }]);
    if (title.trim() === '') throw DomainError.invalid('drafting:error.title', [{ field: 'title', key: 'drafting:error.title' }]);
    const entries: CityPlanEntryRow[] = [];
    for (const id of ids) entries.push(await lockCollected(tx, planId, id));
    for (const entry of entries) {
      ENTRY_LIFE.require('merge', entry.state);
      if (entry.policyId) throw DomainError.conflict('plan:error.entryHasPolicy', { title: entry.title });
    }
    const joint = await this.insert(tx, planId, entries, leadEntryId, title.trim());
    for (const entry of entries) {
      await planEntries.update(tx, entry.id, { state: 'merged', mergedInto: joint.id, decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: entry.rowVersion + 1 });
    }
    recordAudit(tx, { action: 'drafting.plan_entries_merged', subjectType: 'city_plan_entry', subjectId: joint.id, tenantId: joint.tenantId, details: { from: ids } });
    return { id: joint.id };
  }

  private async insert(tx: TenantTx, planId: string, entries: readonly CityPlanEntryRow[], leadEntryId: string, title: string): Promise<{ id: string; tenantId: string }> {
    const lead = entries.find((entry) => entry.id === leadEntryId) as CityPlanEntryRow;
    const others = new Set(entries.flatMap((entry) => [entry.tenantId, ...entry.coTenants]));
    others.delete(lead.tenantId);
    const months = entries.flatMap((entry) => entry.dueMonth ?? []).sort();
    const joint = {
      id: newId(), tenantId: lead.tenantId, planId, planItemId: null, kind: lead.kind, title, reason: entries.map((entry) => `${entry.title}：${entry.reason}`).join('；'),
      targetPolicyId: lead.targetPolicyId, dueMonth: months.at(-1) ?? null, coTenants: [...others].sort(), position: await nextPosition(tx, planId), state: 'submitted' as const, mergedInto: null, movedTo: null,
      supplement: false, note: '', submittedAt: tx.at, decidedBy: null, decidedAt: null, policyId: null, isPublic: false, rowVersion: 1,
    };
    await planEntries.insert(tx, joint);
    return joint;
  }
}
