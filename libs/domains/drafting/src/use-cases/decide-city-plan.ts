import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CITY_PLAN_LIFE } from '../domain/city-plan';
import { assertOverseer } from '../drafting.access';
import { CITY_PLAN_APPROVED } from '../drafting.events';
import { cityPlans, planEntries } from '../persistence/city-plans';
import { collectApproved } from './collect';

/** Proposes a year's plan as it stands, and approves it as one act; who proposed it does not approve it. */
@Injectable()
export class DecideCityPlan {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Closes the collection. Refuses an empty plan, and entries without the month in which they should be finished. */
  propose(actor: Actor, planId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOverseer(tx.actor);
      const plan = await cityPlans.lockForUpdate(tx, planId);
      const { to } = CITY_PLAN_LIFE.require('propose', plan.state);
      const entries = await planEntries.find(tx, { planId, state: 'submitted' });
      if (entries.length === 0) throw DomainError.conflict('plan:error.empty');
      const undated = entries.filter((entry) => entry.dueMonth === null);
      if (undated.length > 0) throw DomainError.conflict('plan:error.undated', { titles: undated.map((entry) => entry.title).join('、') });
      await this.number(tx, planId);
      await cityPlans.update(tx, planId, { state: to, proposedBy: tx.actor.accountId, proposedAt: tx.at, rowVersion: plan.rowVersion + 1 });
      recordAudit(tx, { action: 'drafting.city_plan_proposed', subjectType: 'city_plan', subjectId: planId, details: { entries: entries.length } });
    });
  }

  /** `seen` is the plan's `rowVersion` as the person saw it: what is approved is what was read. */
  approve(actor: Actor, planId: string, seen: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOverseer(tx.actor);
      const plan = await cityPlans.lockForUpdate(tx, planId);
      const { to } = CITY_PLAN_LIFE.require('approve', plan.state);
      if (plan.proposedBy === tx.actor.accountId) throw DomainError.forbidden('plan:error.ownPlan');
      await cityPlans.updateVersioned(tx, planId, seen, { state: to, edition: 1, approvedBy: tx.actor.accountId, approvedAt: tx.at });
      const listed = await tx.query(
        `UPDATE city_plan_entry SET state = 'listed', is_public = true, decided_by = $3, decided_at = $4, row_version = row_version + 1
         WHERE city_id = $1 AND plan_id = $2 AND state = 'submitted' RETURNING id`, [tx.cityId, planId, tx.actor.accountId, tx.at]);
      await emit(tx, { type: CITY_PLAN_APPROVED, payload: { planId } });
      recordAudit(tx, { action: 'drafting.city_plan_approved', subjectType: 'city_plan', subjectId: planId, details: { edition: 1, entries: listed.length } });
    });
  }

  /** Back to collecting, with a reason; what the departments decided meanwhile is taken in. */
  sendBack(actor: Actor, planId: string, note: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.back(tx, planId, note.trim()));
  }

  /** Departments send in without seeing each other's places; what is proposed is numbered from 1 without gap or double. */
  private async number(tx: TenantTx, planId: string): Promise<void> {
    await tx.query(
      `UPDATE city_plan_entry e SET position = n.place, row_version = e.row_version + 1
       FROM (SELECT x.id, row_number() OVER (ORDER BY x.position, d.name, x.id) AS place FROM city_plan_entry x JOIN department d ON d.city_id = x.city_id AND d.id = x.tenant_id
             WHERE x.city_id = $1 AND x.plan_id = $2 AND x.state = 'submitted') n
       WHERE e.city_id = $1 AND e.id = n.id AND e.position <> n.place`, [tx.cityId, planId]);
  }

  private async back(tx: TenantTx, planId: string, note: string): Promise<void> {
    assertOverseer(tx.actor);
    if (note === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'note', key: 'drafting:error.reasonMissing' }]);
    const plan = await cityPlans.lockForUpdate(tx, planId);
    const { to } = CITY_PLAN_LIFE.require('send_back', plan.state);
    const patch = { state: to, note, proposedBy: null, proposedAt: null, rowVersion: plan.rowVersion + 1 };
    await cityPlans.update(tx, planId, patch);
    await collectApproved(tx, { ...plan, ...patch });
    recordAudit(tx, { action: 'drafting.city_plan_sent_back', subjectType: 'city_plan', subjectId: planId, details: { note } });
  }
}
