import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { isMonth } from '../domain/city-plan';
import { PLAN_LIFE } from '../domain/plan-item';
import { assertCan } from '../drafting.access';
import { PLAN_ITEM_DECIDED } from '../drafting.events';
import { cityPlans, lockYear, planOfYear } from '../persistence/city-plans';
import type { PlanItemRow } from '../persistence/plan-item.entity';
import { planItems } from '../persistence/repositories';
import { collect } from './collect';

export interface PlanDecision {
  decision: 'approve' | 'refuse';
  /** Why; needed for a refusal. */
  note?: string | undefined;
  /** What the proposal left open, as those of evaluations do: `YYYY-MM`. */
  dueMonth?: string | null | undefined;
}

/**
 * The head takes a proposed item into the plan of his department, or refuses it. Nobody decides on his own proposal. What he takes in goes to
 * the city, where it collects for that year.
 */
@Injectable()
export class DecidePlanItem {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, id: string, input: PlanDecision): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.decide(tx, id, input));
  }

  private async decide(tx: TenantTx, id: string, { decision, note = '', dueMonth }: PlanDecision): Promise<void> {
    const item = await planItems.lockForUpdate(tx, id);
    assertCan(tx.actor, 'drafting.decide_plan', item);
    const { to } = PLAN_LIFE.require(decision, item.state);
    if (item.proposedBy === tx.actor.accountId) throw DomainError.forbidden('drafting:error.ownProposal');
    if (decision === 'refuse' && note.trim() === '') {
      throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'note', key: 'drafting:error.reasonMissing' }]);
    }
    if (dueMonth && !isMonth(dueMonth)) throw DomainError.invalid('plan:error.dueMonth', [{ field: 'dueMonth', key: 'plan:error.dueMonth' }]);
    await planItems.update(tx, id, { state: to, decidedBy: tx.actor.accountId, decidedAt: tx.at, decisionNote: note.trim(), dueMonth: dueMonth || item.dueMonth, rowVersion: item.rowVersion + 1 });
    if (decision === 'approve') await this.enter(tx, { ...item, dueMonth: dueMonth || item.dueMonth });
    await emit(tx, { type: PLAN_ITEM_DECIDED, tenantId: item.tenantId, payload: { planItemId: id } });
    recordAudit(tx, { action: `drafting.plan_item_${to}`, subjectType: 'plan_item', subjectId: id });
  }

  private async enter(tx: TenantTx, item: PlanItemRow): Promise<void> {
    await lockYear(tx, item.year, 'enter');
    const found = await planOfYear(tx, item.year);
    const plan = found && (await cityPlans.lockForShare(tx, found.id));
    if (plan?.state === 'collecting') await collect(tx, plan, [item]);
  }
}
