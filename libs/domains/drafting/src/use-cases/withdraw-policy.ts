import { LifeCycle, policies } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../drafting.access';

/** Gives up a policy before it is published; the reason stays in its record. */
@Injectable()
export class WithdrawPolicy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.withdraw(tx, policyId, reason.trim()));
  }

  private async withdraw(tx: TenantTx, policyId: string, reason: string): Promise<void> {
    assertCan(tx.actor, 'drafting.withdraw', await policies.lockForUpdate(tx, policyId));
    if (reason === '') throw DomainError.invalid('drafting:error.reasonMissing', [{ field: 'reason', key: 'drafting:error.reasonMissing' }]);
    await this.lifeCycle.advance(tx, policyId, 'withdraw', { details: { reason } });
  }
}
