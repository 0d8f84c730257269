import { latestSubmittedVersion, LifeCycle, policies } from '@core/policy';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { meetingArticle } from '../domain/articles';
import { assertCan } from '../drafting.access';
import { hasDrafted } from '../persistence/drafters';
import { approvals } from '../persistence/repositories';

/** The head signs the text that the meeting passed. Who drafted or submitted it does not approve it. */
@Injectable()
export class ApprovePolicy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, statement: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.approve(tx, policyId, statement));
  }

  private async approve(tx: TenantTx, policyId: string, statement: string): Promise<void> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.approve', policy);
    if (await hasDrafted(tx, policyId, tx.actor.accountId)) throw DomainError.forbidden('drafting:error.ownDraft', meetingArticle(policy.kind));
    const version = await latestSubmittedVersion(tx, policyId);
    await this.lifeCycle.advance(tx, policyId, 'approve', { details: { statement } });
    if (!version?.textHash) throw DomainError.conflict('drafting:error.nothingToApprove');
    await approvals.insert(tx, {
      id: newId(), tenantId: policy.tenantId, policyId, versionId: version.id, textHash: version.textHash, statement,
      approvedBy: tx.actor.accountId ?? '', approvedAt: tx.at,
    });
  }
}
