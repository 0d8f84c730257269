import { hasConflictMarks } from '@core/documents';
import { LifeCycle, policies, provisionsOf, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { materialsArticle } from '../domain/articles';
import { isWritten } from '../domain/notes';
import { textHashOf } from '../domain/text';
import { assertCan } from '../drafting.access';
import { openDraft } from '../persistence/draft-text';
import { noteDrafter } from '../persistence/drafters';

/** Closes the open draft: from now on this version's text never changes, and its hash stands for it. */
@Injectable()
export class SubmitVersion {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /**
   * `seen` is the draft's `rowVersion` as the person saw it. Refuses an empty text, and a text without its drafting note, which can no
   * longer be written once the version is closed.
   */
  run(actor: Actor, policyId: string, seen: number): Promise<{ versionId: string; textHash: string }> {
    return this.unitOfWork.run(actor, (tx) => this.submit(tx, policyId, seen));
  }

  private async submit(tx: TenantTx, policyId: string, seen: number): Promise<{ versionId: string; textHash: string }> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    const draft = await openDraft(tx, policyId);
    if (policy.state !== 'drafting' || !draft) throw DomainError.conflict('drafting:error.noOpenDraft');
    const provisions = await provisionsOf(tx, draft.id);
    if (provisions.length === 0) throw DomainError.invalid('drafting:error.emptyText', [{ field: 'text', key: 'drafting:error.emptyText' }]);
    if (provisions.some(({ text }) => hasConflictMarks(text))) throw DomainError.invalid('editor:error.marksLeft', [{ field: 'text', key: 'editor:error.marksLeft' }]);
    if (!isWritten(draft.draftingNote)) {
      throw new DomainError('invalid', 'drafting:error.noteMissing', {
        fields: [{ field: 'draftingNote', key: 'drafting:error.noteMissing' }], article: materialsArticle(policy.kind),
      });
    }
    const textHash = textHashOf(provisions);
    await versions.updateVersioned(tx, draft.id, seen, { state: 'submitted', textHash, submittedAt: tx.at, submittedBy: tx.actor.accountId });
    await noteDrafter(tx, policy);
    await this.lifeCycle.record(tx, policy, 'version_submitted', { details: { no: draft.no } });
    recordAudit(tx, { action: 'drafting.version_submitted', subjectType: 'policy_version', subjectId: draft.id, details: { no: draft.no, textHash } });
    return { versionId: draft.id, textHash };
  }
}
