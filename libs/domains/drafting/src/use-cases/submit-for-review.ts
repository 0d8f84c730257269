import { latestSubmittedVersion, LifeCycle, policies } from '@core/policy';
import type { Actor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../drafting.access';
import { openDockets } from './open-dockets';

/** Hands the latest version to its reviewers: a docket is opened for each review that the kind of document needs. */
@Injectable()
export class SubmitForReview {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.submit(tx, policyId));
  }

  private async submit(tx: TenantTx, policyId: string): Promise<void> {
    assertCan(tx.actor, 'drafting.write', await policies.lockForUpdate(tx, policyId));
    const policy = await this.lifeCycle.advance(tx, policyId, 'submit_for_review');
    const version = await latestSubmittedVersion(tx, policyId);
    if (version) await openDockets(tx, policy, version, (kind) => kind !== 'collective_deliberation');
  }
}
