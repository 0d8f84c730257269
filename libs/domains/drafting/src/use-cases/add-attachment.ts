import { type AttachmentKind, policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Injectable } from '@nestjs/common';
import { materialsArticle } from '../domain/articles';
import { type ReadAttachment, readAttachment } from '../domain/attachment';
import { can } from '../drafting.access';
import { attachments } from '../persistence/repositories';
import { capacitiesOf } from '../queries/capacities';
import { assertOpen, docketAtHand } from './docket-at-hand';

export interface NewAttachment {
  kind: AttachmentKind;
  /** Its absence is refused only once it is known that the person sees the policy. */
  file?: { filename: string; data: Buffer } | undefined;
  /** The file that this one takes the place of; of the same docket, if of any. */
  replaces?: string | null | undefined;
  /** The open docket to which it is put; none for the files that go with the text. */
  docketId?: string | null | undefined;
}

interface StoredFile extends ReadAttachment {
  sha256: string;
  size: number;
}

/** From approval on, what was decided upon stands as it is. */
const CLOSED: ReadonlySet<string> = new Set(['approved', 'published', 'superseded', 'expired', 'abolished', 'withdrawn']);

/** Files something beside the text or to an open docket, or in the place of an older file, which stays on record. */
@Injectable()
export class AddAttachment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: FileStore,
  ) {}

  async run(actor: Actor, policyId: string, input: NewAttachment): Promise<{ id: string }> {
    const read = input.file && readAttachment(input.file.filename, input.file.data);
    // Before the transaction, which may run more than once and must not wait for a store; a refusal in it leaves a file that nobody names.
    const file = input.file && read ? { ...read, ...(await this.files.put(input.file.data)) } : null;
    return this.unitOfWork.run(actor, (tx) => this.add(tx, policyId, input, file));
  }

  private async add(
    tx: TenantTx, policyId: string, { kind, replaces = null, docketId = null }: NewAttachment, file: StoredFile | null,
  ): Promise<{ id: string }> {
    // Filing does not change the policy: who is invited may not write its row. The lock makes uploads follow each other.
    const policy = await policies.lockForUpdate(tx, policyId);
    const invitedAs = await capacitiesOf(tx, policyId);
    if (policy.tenantId !== tx.actor.tenantId && invitedAs.length === 0) throw DomainError.notFound();
    if (!can(tx.actor, 'drafting.attach', policy, invitedAs)) throw DomainError.forbidden();
    const conflict = (key: string): DomainError => new DomainError('conflict', `procedure:error.${key}`, { article: materialsArticle(policy.kind) });
    // The docket is held, so that it is not signed meanwhile: what lay beside a signature stays as it was.
    if (docketId) await assertOpen(tx, await docketAtHand(tx, policyId, docketId));
    if (!file) throw DomainError.invalid('procedure:error.fileEmpty', [{ field: 'file', key: 'procedure:error.fileEmpty' }]);
    if (CLOSED.has(policy.state)) throw conflict('attachmentLate');
    const known = (await attachments.find(tx, { policyId })).filter((one) => one.docketId === docketId);
    const replaced = new Set(known.map((one) => one.replaces));
    const current = known.filter((one) => !replaced.has(one.id));
    if (current.some((one) => one.kind === kind && one.sha256 === file.sha256)) throw conflict('attachmentTwice');
    if (replaces && !known.some((one) => one.id === replaces && one.kind === kind)) throw DomainError.notFound();
    if (replaces && !current.some((one) => one.id === replaces)) throw conflict('attachmentReplaced');
    const id = newId();
    await attachments.insert(tx, {
      id, tenantId: policy.tenantId, policyId, docketId, kind, ...file, uploadedBy: tx.actor.accountId ?? '', uploadedTenantId: tx.actor.tenantId ?? '', uploadedAt: tx.at, replaces,
    });
    recordAudit(tx, { action: 'drafting.attachment_added', subjectType: 'policy', subjectId: policyId, tenantId: policy.tenantId, details: { attachmentId: id, kind, sha256: file.sha256, replaces, docketId } });
    return { id };
  }
}
