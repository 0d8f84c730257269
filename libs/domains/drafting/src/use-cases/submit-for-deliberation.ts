import { latestSubmittedVersion, LifeCycle, policies } from '@core/policy';
import type { Actor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../drafting.access';
import { openDockets } from './open-dockets';

/** Puts the reviewed text before the meeting (集体审议). */
@Injectable()
export class SubmitForDeliberation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.submit(tx, policyId));
  }

  private async submit(tx: TenantTx, policyId: string): Promise<void> {
    assertCan(tx.actor, 'drafting.write', await policies.lockForUpdate(tx, policyId));
    const policy = await this.lifeCycle.advance(tx, policyId, 'submit_for_deliberation');
    const version = await latestSubmittedVersion(tx, policyId);
    if (version) await openDockets(tx, policy, version, (kind) => kind === 'collective_deliberation');
  }
}
