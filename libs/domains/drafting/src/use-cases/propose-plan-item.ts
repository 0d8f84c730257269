import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { policies } from '@core/policy';
import { Injectable } from '@nestjs/common';
import type { PlanKind } from '../domain/plan-item';
import { can } from '../drafting.access';
import { PLAN_ITEM_PROPOSED } from '../drafting.events';
import { planItems } from '../persistence/repositories';

export interface PlanProposal {
  year: number;
  kind: PlanKind;
  title: string;
  reason: string;
  /** The policy of one's own department that is to be revised or abolished; needed for these two kinds. */
  targetPolicyId?: string | null | undefined;
}

/** Puts a matter forward for the annual plan of one's department. */
@Injectable()
export class ProposePlanItem {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the id of the item. Refuses years gone by (`invalid`), and a policy of another department (`not_found`). */
  run(actor: Actor, proposal: PlanProposal): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.propose(tx, proposal));
  }

  private async propose(tx: TenantTx, { year, kind, title, reason, targetPolicyId }: PlanProposal): Promise<{ id: string }> {
    const { tenantId, accountId } = tx.actor;
    if (!tenantId || !can(tx.actor, 'drafting.propose', { tenantId })) throw DomainError.forbidden();
    const thisYear = Number(chinaDate(tx.at).slice(0, 4));
    if (year < thisYear || year > thisYear + 5) {
      throw DomainError.invalid('drafting:error.planYear', [{ field: 'year', key: 'drafting:error.planYear', params: { from: thisYear, to: thisYear + 5 } }]);
    }
    if (kind !== 'make') await this.assertTarget(tx, tenantId, targetPolicyId ?? null);
    const id = newId();
    await planItems.insert(tx, {
      id, tenantId, year, kind, title, reason, source: 'department', sourceKey: null, targetPolicyId: kind === 'make' ? null : targetPolicyId ?? null,
      state: 'proposed', proposedBy: accountId, proposedAt: tx.at, decidedBy: null, decidedAt: null, decisionNote: '', policyId: null, rowVersion: 1,
    });
    await emit(tx, { type: PLAN_ITEM_PROPOSED, payload: { planItemId: id } });
    recordAudit(tx, { action: 'drafting.plan_item_proposed', subjectType: 'plan_item', subjectId: id, details: { year, kind } });
    return { id };
  }

  private async assertTarget(tx: TenantTx, tenantId: string, targetId: string | null): Promise<void> {
    if (!targetId) {
      throw DomainError.invalid('drafting:error.targetMissing', [{ field: 'targetPolicyId', key: 'drafting:error.targetMissing' }]);
    }
    const target = await policies.lockForShare(tx, targetId);
    if (target.tenantId !== tenantId) throw DomainError.notFound();
    if (target.state !== 'published') {
      throw DomainError.invalid('drafting:error.targetNotPublished', [{ field: 'targetPolicyId', key: 'drafting:error.targetNotPublished' }]);
    }
  }
}
