import { LifeCycle, policies, versions } from '@core/policy';
import { type Actor, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../drafting.access';
import { planItems } from '../persistence/repositories';
import { PLAN_LIFE } from '../domain/plan-item';

/** Begins to draft: the first version is opened, empty. */
@Injectable()
export class StartDrafting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.start(tx, policyId));
  }

  private async start(tx: TenantTx, policyId: string): Promise<void> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    await this.lifeCycle.advance(tx, policyId, 'start_drafting');
    // The gate has seen that an approved item exists.
    const item = await planItems.findOne(tx, { policyId });
    if (item) await planItems.update(tx, item.id, { state: PLAN_LIFE.require('start', item.state).to, rowVersion: item.rowVersion + 1 });
    await versions.insert(tx, {
      id: newId(), tenantId: policy.tenantId, policyId, no: 1, state: 'draft', draftingNote: '', textHash: null,
      createdBy: tx.actor.accountId ?? '', createdAt: tx.at, submittedAt: null, submittedBy: null, isPublic: false, rowVersion: 1,
    });
  }
}
