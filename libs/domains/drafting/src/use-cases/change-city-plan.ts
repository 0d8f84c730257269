import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CHANGE_LIFE, type ChangeKind, ENTRY_LIFE, isMonth } from '../domain/city-plan';
import { assertCan, assertOverseer } from '../drafting.access';
import { CITY_PLAN_CHANGED, PLAN_CHANGE_REQUESTED } from '../drafting.events';
import type { CityPlanChangeRow, CityPlanRow } from '../persistence/city-plan.entity';
import { cityPlans, obstacleOf, planChanges, planEntries, planOfYear } from '../persistence/city-plans';
import { planItems } from '../persistence/repositories';
import { nextPosition } from './collect';

/** Changes an approved plan: a supplement (增补) or a cancellation, each asked for with a reason and decided by another person. */
@Injectable()
export class ChangeCityPlan {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The head asks for an item of his department that its year's plan does not have; `dueMonth` unless the item has one. */
  supplement(actor: Actor, planItemId: string, input: { reason: string; urgent: boolean; dueMonth?: string | undefined }): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const item = await planItems.lockForUpdate(tx, planItemId);
      assertCan(tx.actor, 'drafting.decide_plan', item);
      const dueMonth = item.dueMonth ?? input.dueMonth ?? '';
      if (!isMonth(dueMonth)) throw DomainError.invalid('plan:error.dueMonth', [{ field: 'dueMonth', key: 'plan:error.dueMonth' }]);
      if (item.state !== 'approved') throw DomainError.conflict('drafting:error.planNotApproved');
      const plan = await planOfYear(tx, item.year);
      if (plan?.state !== 'approved') throw DomainError.conflict('plan:error.notApproved', { year: item.year });
      const { entry } = await obstacleOf(tx, item);
      // What was refused or cancelled may be asked for again.
      if (entry && entry.state !== 'refused' && entry.state !== 'cancelled') throw DomainError.conflict('plan:error.inPlan');
      await planItems.update(tx, item.id, { dueMonth, rowVersion: item.rowVersion + 1 });
      return this.request(tx, plan, { kind: 'supplement', tenantId: item.tenantId, planItemId: item.id, entryId: null, ...input });
    });
  }

  /** The head of the lead department or an overseer asks that an entry be taken off. */
  cancel(actor: Actor, planId: string, entryId: string, reason: string): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const plan = await cityPlans.lockForShare(tx, planId);
      const entry = await planEntries.require(tx, entryId);
      if (entry.planId !== plan.id) throw DomainError.notFound();
      if (!tx.actor.roles.includes('overseer')) assertCan(tx.actor, 'drafting.decide_plan', entry);
      ENTRY_LIFE.require('cancel', entry.state);
      return this.request(tx, plan, { kind: 'cancel', tenantId: entry.tenantId, planItemId: null, entryId, reason, urgent: false });
    });
  }

  decide(actor: Actor, planId: string, changeId: string, input: { decision: 'approve' | 'refuse'; note?: string | undefined }): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.settle(tx, planId, changeId, input));
  }

  private async request(
    tx: TenantTx, plan: CityPlanRow, input: { kind: ChangeKind; tenantId: string; planItemId: string | null; entryId: string | null; reason: string; urgent: boolean },
  ): Promise<{ id: string }> {
    const { kind, tenantId, planItemId, entryId, reason, urgent } = input;
    if (reason.trim() === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'reason', key: 'drafting:error.reasonMissing' }]);
    if (await planChanges.findOne(tx, kind === 'supplement' ? { planItemId: planItemId ?? '', state: 'requested' } : { entryId: entryId ?? '', state: 'requested' })) {
      throw DomainError.conflict('plan:error.changeWaits');
    }
    const id = newId();
    await planChanges.insert(tx, {
      id, tenantId, planId: plan.id, kind, planItemId, entryId, reason: reason.trim(), urgent, state: 'requested', requestedBy: tx.actor.accountId ?? '', requestedAt: tx.at,
      decidedBy: null, decidedAt: null, note: '', edition: null, rowVersion: 1,
    });
    await emit(tx, { type: PLAN_CHANGE_REQUESTED, tenantId, payload: { planId: plan.id, changeId: id } });
    recordAudit(tx, { action: 'drafting.plan_change_requested', subjectType: 'city_plan_change', subjectId: id, tenantId, details: { kind, urgent } });
    return { id };
  }

  private async settle(tx: TenantTx, planId: string, changeId: string, { decision, note = '' }: { decision: 'approve' | 'refuse'; note?: string | undefined }): Promise<void> {
    assertOverseer(tx.actor);
    const plan = await cityPlans.lockForUpdate(tx, planId);
    const change = await planChanges.lockForUpdate(tx, changeId);
    if (change.planId !== plan.id) throw DomainError.notFound();
    const { to } = CHANGE_LIFE.require(decision, change.state);
    if (change.requestedBy === tx.actor.accountId) throw DomainError.forbidden('drafting:error.ownProposal');
    if (decision === 'refuse' && note.trim() === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'note', key: 'drafting:error.reasonMissing' }]);
    const edition = decision === 'approve' ? plan.edition + 1 : null;
    if (edition !== null) {
      change.entryId = change.kind === 'supplement' ? await this.add(tx, plan, change) : await this.takeOff(tx, change);
      await cityPlans.update(tx, plan.id, { edition, rowVersion: plan.rowVersion + 1 });
    }
    await planChanges.update(tx, changeId, { state: to, decidedBy: tx.actor.accountId, decidedAt: tx.at, note: note.trim(), edition, entryId: change.entryId, rowVersion: change.rowVersion + 1 });
    await emit(tx, { type: CITY_PLAN_CHANGED, tenantId: change.tenantId, payload: { planId } });
    recordAudit(tx, { action: `drafting.plan_change_${to}`, subjectType: 'city_plan_change', subjectId: changeId, tenantId: change.tenantId, details: { kind: change.kind, edition } });
  }

  private async add(tx: TenantTx, plan: CityPlanRow, change: CityPlanChangeRow): Promise<string> {
    const item = await planItems.require(tx, change.planItemId ?? '');
    const id = newId();
    await planEntries.insert(tx, {
      id, tenantId: item.tenantId, planId: plan.id, planItemId: item.id, kind: item.kind, title: item.title, reason: change.reason, targetPolicyId: item.targetPolicyId, dueMonth: item.dueMonth,
      coTenants: [], position: await nextPosition(tx, plan.id), state: 'listed', mergedInto: null, movedTo: null, supplement: true, note: '', submittedAt: change.requestedAt,
      decidedBy: tx.actor.accountId, decidedAt: tx.at, policyId: item.policyId, isPublic: true, rowVersion: 1,
    });
    return id;
  }

  /** What is being drafted is withdrawn first: a plan does not end a policy. */
  private async takeOff(tx: TenantTx, change: CityPlanChangeRow): Promise<string> {
    const entry = await planEntries.lockForUpdate(tx, change.entryId ?? '');
    const { to } = ENTRY_LIFE.require('cancel', entry.state);
    const [policy] = entry.policyId ? await tx.query<{ state: string }>('SELECT state FROM policy WHERE city_id = $1 AND id = $2', [tx.cityId, entry.policyId]) : [];
    if (policy && policy.state !== 'planned' && policy.state !== 'withdrawn') throw DomainError.conflict('plan:error.underWay', { title: entry.title });
    await planEntries.update(tx, entry.id, { state: to, note: change.reason, decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: entry.rowVersion + 1 });
    return entry.id;
  }
}
