import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isId, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { policies } from '@core/policy';
import { Injectable } from '@nestjs/common';
import { isMonth } from '../domain/city-plan';
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
  /** `YYYY-MM` in which it should be finished; the city asks for it. */
  dueMonth?: string | null | undefined;
  /** Who answers for it, of one's own department. */
  leadPersonId?: string | null | undefined;
  basis?: string | undefined;
}

/** Puts a matter forward for the annual plan of one's department. */
@Injectable()
export class ProposePlanItem {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the id of the item. Refuses years gone by (`invalid`), and a policy of another department (`not_found`). */
  run(actor: Actor, proposal: PlanProposal): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.propose(tx, proposal));
  }

  private async propose(tx: TenantTx, proposal: PlanProposal): Promise<{ id: string }> {
    const { year, kind, title, reason, targetPolicyId, dueMonth = null, leadPersonId = null, basis = '' } = proposal;
    const { tenantId, accountId } = tx.actor;
    if (!tenantId || !can(tx.actor, 'drafting.propose', { tenantId })) throw DomainError.forbidden();
    const thisYear = Number(chinaDate(tx.at).slice(0, 4));
    if (year < thisYear || year > thisYear + 5) {
      throw DomainError.invalid('drafting:error.planYear', [{ field: 'year', key: 'drafting:error.planYear', params: { from: thisYear, to: thisYear + 5 } }]);
    }
    if (dueMonth !== null && (!isMonth(dueMonth) || Number(dueMonth.slice(0, 4)) < year)) throw DomainError.invalid('plan:error.dueMonth', [{ field: 'dueMonth', key: 'plan:error.dueMonth' }]);
    if (leadPersonId !== null) await this.assertColleague(tx, tenantId, leadPersonId);
    if (kind !== 'make') await this.assertTarget(tx, tenantId, targetPolicyId ?? null);
    const id = newId();
    await planItems.insert(tx, {
      id, tenantId, year, kind, title, reason, source: 'department', sourceKey: null, targetPolicyId: kind === 'make' ? null : targetPolicyId ?? null,
      state: 'proposed', proposedBy: accountId, proposedAt: tx.at, decidedBy: null, decidedAt: null, decisionNote: '', policyId: null, rowVersion: 1,
      dueMonth, leadPersonId, basis,
    });
    await emit(tx, { type: PLAN_ITEM_PROPOSED, payload: { planItemId: id } });
    recordAudit(tx, { action: 'drafting.plan_item_proposed', subjectType: 'plan_item', subjectId: id, details: { year, kind } });
    return { id };
  }

  private async assertColleague(tx: TenantTx, tenantId: string, accountId: string): Promise<void> {
    const found = isId(accountId) && await tx.query(
      'SELECT 1 FROM membership WHERE city_id = $1 AND tenant_id = $2 AND account_id = $3 AND revoked_at IS NULL LIMIT 1', [tx.cityId, tenantId, accountId]);
    if (!found || found.length === 0) throw DomainError.invalid('plan:error.leadPerson', [{ field: 'leadPersonId', key: 'plan:error.leadPerson' }]);
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
