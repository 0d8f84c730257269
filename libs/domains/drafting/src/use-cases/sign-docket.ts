import { latestSubmittedVersion, LifeCycle, policies, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type Signature, signatureFaults, stateOf } from '../domain/dockets';
import { canSign } from '../drafting.access';
import { DOCKET_SIGNED } from '../drafting.events';
import type { DocketRow } from '../persistence/docket.entity';
import { hasDrafted } from '../persistence/drafters';
import { dockets } from '../persistence/repositories';
import { capacitiesOf } from '../queries/capacities';

/**
 * Signs a review: opinion and outcome, once, under one text. The reviewer has the docket's role, in the drafting department or in one that was
 * invited to this review, and had no hand in the text.
 */
@Injectable()
export class SignDocket {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, docketId: string, signature: Signature): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.sign(tx, policyId, docketId, signature));
  }

  private async sign(tx: TenantTx, policyId: string, docketId: string, signature: Signature): Promise<void> {
    const policy = await policies.lockForShare(tx, policyId);
    const docket = await dockets.lockForUpdate(tx, docketId);
    if (docket.policyId !== policyId) throw DomainError.notFound();
    await this.assertMaySign(tx, policy, docket);
    await this.assertOpen(tx, policy, docket);
    const faults = signatureFaults(docket.kind, signature);
    if (faults[0]) throw new DomainError('invalid', faults[0].key, { fields: faults, article: docket.dueArticle });
    const { outcome, opinion, minutes = '', votesFor = null, votesAgainst = null, votesAbstain = null, dissent = '' } = signature;
    const meeting = docket.kind === 'collective_deliberation' ? { minutes, votesFor, votesAgainst, votesAbstain, dissent } : {};
    await dockets.updateVersioned(tx, docketId, docket.rowVersion, {
      outcome, opinion: opinion.trim(), ...meeting, reviewerId: tx.actor.accountId, reviewerTenantId: tx.actor.tenantId, signedAt: tx.at,
    });
    await this.lifeCycle.record(tx, policy, 'docket_signed', { details: { docketId, kind: docket.kind, outcome, textHash: docket.textHash } });
    await emit(tx, { type: DOCKET_SIGNED, tenantId: policy.tenantId, payload: { policyId, docketId } });
    recordAudit(tx, { action: 'drafting.docket_signed', subjectType: 'docket', subjectId: docketId, tenantId: policy.tenantId, details: { kind: docket.kind, outcome } });
  }

  private async assertMaySign(tx: TenantTx, policy: PolicyRow, docket: DocketRow): Promise<void> {
    const invitedAs = await capacitiesOf(tx, policy.id);
    if (policy.tenantId !== tx.actor.tenantId && invitedAs.length === 0) throw DomainError.notFound();
    if (!canSign(tx.actor, docket.kind, policy, invitedAs)) throw DomainError.forbidden();
    if (await hasDrafted(tx, policy.id, tx.actor.accountId)) throw DomainError.forbidden('drafting:error.ownDraft', docket.dueArticle);
  }

  private async assertOpen(tx: TenantTx, policy: PolicyRow, docket: DocketRow): Promise<void> {
    if (docket.signedAt) throw DomainError.conflict('drafting:error.docketSigned');
    const latest = await latestSubmittedVersion(tx, policy.id);
    if (policy.state !== stateOf(docket.kind) || latest?.id !== docket.versionId) throw DomainError.conflict('drafting:error.docketNotCurrent');
  }
}
