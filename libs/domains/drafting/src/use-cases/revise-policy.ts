import { latestSubmittedVersion, LifeCycle, policies, provisionsOf, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../drafting.access';
import { openDraft, writeText } from '../persistence/draft-text';

/**
 * Opens a new draft with the text of the latest version, clauses keeping their identities. From a later step this sends the policy back
 * to drafting; while it is being drafted it only opens the draft.
 */
@Injectable()
export class RevisePolicy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, reason: string): Promise<{ versionId: string }> {
    return this.unitOfWork.run(actor, (tx) => this.revise(tx, policyId, reason));
  }

  private async revise(tx: TenantTx, policyId: string, reason: string): Promise<{ versionId: string }> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    if (policy.state !== 'drafting') await this.lifeCycle.advance(tx, policyId, 'revise', { details: { reason } });
    if (await openDraft(tx, policyId)) throw DomainError.conflict('drafting:error.draftOpen');
    const latest = await latestSubmittedVersion(tx, policyId);
    if (!latest) throw DomainError.conflict('drafting:error.nothingToRevise');
    const draft = {
      id: newId(), tenantId: policy.tenantId, policyId, no: latest.no + 1, state: 'draft' as const, draftingNote: latest.draftingNote, textHash: null,
      createdBy: tx.actor.accountId ?? '', createdAt: tx.at, submittedAt: null, submittedBy: null, isPublic: false, rowVersion: 1,
    };
    await versions.insert(tx, draft);
    await writeText(tx, { ...draft, cityId: tx.cityId }, await provisionsOf(tx, latest.id));
    recordAudit(tx, { action: 'drafting.draft_opened', subjectType: 'policy_version', subjectId: draft.id, details: { no: draft.no, reason } });
    return { versionId: draft.id };
  }
}
