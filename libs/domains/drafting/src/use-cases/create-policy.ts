import { LifeCycle, policies, type PolicyKind } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, isId, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type FactsInput, NO_FACTS } from '../domain/facts';
import { assertCan } from '../drafting.access';
import type { CityPlanEntryRow } from '../persistence/city-plan.entity';
import { obstacleOf, planEntries } from '../persistence/city-plans';
import type { PlanItemRow } from '../persistence/plan-item.entity';
import { noteFacts } from '../persistence/procedure';
import { planItems } from '../persistence/repositories';
import { assertFacts } from './note-facts';

export interface NewPolicy {
  kind: PolicyKind;
  title: string;
  summary: string;
  affectsMarket: boolean;
  /** 第一负责人; a person of one's own department. */
  responsibleId: string;
  topics: string[];
  audience: string[];
  /** What its steps follow from; a major decision explains each "no". */
  facts?: FactsInput | undefined;
}

/** Makes the policy of an approved plan item. Each item becomes one policy; abolition has a procedure of its own. */
@Injectable()
export class CreatePolicy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, planItemId: string, input: NewPolicy): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.create(tx, planItemId, input));
  }

  private async create(tx: TenantTx, planItemId: string, { facts = NO_FACTS, ...input }: NewPolicy): Promise<{ id: string }> {
    const item = await planItems.lockForUpdate(tx, planItemId);
    assertCan(tx.actor, 'drafting.write', item);
    if (item.kind === 'abolish') throw DomainError.conflict('drafting:error.abolitionElsewhere');
    if (item.policyId) throw DomainError.conflict('drafting:error.planItemUsed');
    if (item.state !== 'approved') throw DomainError.conflict('drafting:error.planNotApproved');
    assertFacts(input.kind, facts);
    const entry = await this.entryFor(tx, item);
    await this.assertResponsible(tx, item.tenantId, input.responsibleId);
    const policy = {
      id: newId(), tenantId: item.tenantId, state: 'planned' as const, ...input, documentNumber: null, effectiveFrom: null, effectiveTo: null, endedOn: null,
      currentVersionId: null, publishedAt: null, publicSince: null, createdAt: tx.at, rowVersion: 1,
    };
    await policies.insert(tx, policy);
    await noteFacts(tx, policy, facts);
    await planItems.update(tx, item.id, { policyId: policy.id, rowVersion: item.rowVersion + 1 });
    if (entry) await this.joinPlan(tx, policy.id, entry);
    await this.linkRevision(tx, policy.id, item);
    await this.lifeCycle.record(tx, { ...policy, cityId: tx.cityId }, 'planned', { details: { planItemId: item.id, year: item.year } });
    recordAudit(tx, { action: 'drafting.policy_created', subjectType: 'policy', subjectId: policy.id, details: { planItemId: item.id, kind: input.kind } });
    return { id: policy.id };
  }

  /** The entry of the city's plan that the policy is made for, where one stands for it. A matter that was merged is made by its lead department, once. */
  private async entryFor(tx: TenantTx, item: PlanItemRow): Promise<CityPlanEntryRow | null> {
    const { obstacle, entry } = await obstacleOf(tx, item);
    if (obstacle === 'plan:gate.ledByOther') throw DomainError.conflict(obstacle);
    const locked = entry && (await planEntries.lockForUpdate(tx, entry.id));
    if (!locked || (locked.state !== 'submitted' && locked.state !== 'listed')) return null;
    if (locked.policyId) throw DomainError.conflict('drafting:error.planItemUsed');
    return locked;
  }

  /** The departments of a joint entry take part from the beginning, and are asked to countersign. */
  private async joinPlan(tx: TenantTx, policyId: string, entry: CityPlanEntryRow): Promise<void> {
    await planEntries.update(tx, entry.id, { policyId, rowVersion: entry.rowVersion + 1 });
    for (const departmentId of entry.coTenants) {
      await tx.query(
        `INSERT INTO participation (city_id, policy_id, tenant_id, owner_tenant_id, capacity, since) VALUES ($1, $2, $3, $4, 'countersign', $5)`,
        [tx.cityId, policyId, departmentId, entry.tenantId, tx.at]);
    }
  }

  private async assertResponsible(tx: TenantTx, tenantId: string, accountId: string): Promise<void> {
    const found = isId(accountId) && await tx.query(
      'SELECT 1 FROM membership WHERE city_id = $1 AND tenant_id = $2 AND account_id = $3 AND revoked_at IS NULL LIMIT 1', [tx.cityId, tenantId, accountId]);
    if (!found || found.length === 0) {
      throw DomainError.invalid('drafting:error.responsible', [{ field: 'responsibleId', key: 'drafting:error.responsible' }]);
    }
  }

  private async linkRevision(tx: TenantTx, policyId: string, item: PlanItemRow): Promise<void> {
    if (!item.targetPolicyId) return;
    await tx.query(
      `INSERT INTO policy_link (city_id, id, tenant_id, policy_id, kind, target_id) VALUES ($1, $2, $3, $4, 'amends', $5)`,
      [tx.cityId, newId(), item.tenantId, policyId, item.targetPolicyId]);
  }
}
