import { stripMetadata } from '@core/documents';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { isServed } from '../domain/attachments';
import { opinionAttachments, opinions } from '../persistence/repositories';
import { type StaffFile, staffFile } from '../queries/opinion-files';

export interface ReleaseInput {
  /** False takes it back. */
  released: boolean;
  /** Of the row that the person saw. */
  seen: number;
}

/**
 * Lets everybody have a file of a shown opinion, or no longer. A file may hold personal data that no rule finds, so nothing is public before an officer has looked; pictures are
 * released as a copy without what the camera wrote into them.
 */
@Injectable()
export class ReleaseAttachment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: FileStore,
  ) {}

  /** @throws DomainError not_found, forbidden, or conflict: not scanned clean, withdrawn by its author, changed meanwhile; FileUnavailable */
  async run(actor: Actor, opinionId: string, fileId: string, { released, seen }: ReleaseInput): Promise<void> {
    const file = await this.unitOfWork.run(actor, async (tx) => {
      const found = await staffFile(tx, opinionId, fileId);
      assertCan(actor, 'consultation.moderate', { cityId: tx.cityId, tenantId: found.tenantId });
      return found;
    });
    if (released && !isServed(file.scan)) throw DomainError.conflict(`attachments:error.${file.scan}`, { name: file.filename, ...(file.scanFinding ? { finding: file.scanFinding } : {}) });
    // Before the transaction, which must not wait for a store.
    const copy = released ? await this.copyForEverybody(file) : null;
    await this.unitOfWork.run(actor, (tx) => this.change(tx, file, copy, seen));
  }

  private async copyForEverybody({ sha256, mediaType }: StaffFile): Promise<{ sha256: string; size: number }> {
    return this.store.put(stripMetadata(mediaType, await this.store.get(sha256)));
  }

  private async change(tx: TenantTx, { id, opinionId, tenantId, released: was }: StaffFile, copy: { sha256: string; size: number } | null, seen: number): Promise<void> {
    assertCan(tx.actor, 'consultation.moderate', { cityId: tx.cityId, tenantId });
    const opinion = await opinions.lockForShare(tx, opinionId);
    if (copy && opinion.moderation === 'withdrawn') throw DomainError.conflict('intake:error.withdrawn');
    if (was === (copy !== null)) throw DomainError.conflict('common:error.changedMeanwhile');
    await opinionAttachments.updateVersioned(tx, id, seen, copy
      ? { publicSha256: copy.sha256, publicSize: copy.size, releasedBy: tx.actor.accountId, releasedAt: tx.at }
      : { publicSha256: null, publicSize: null, releasedBy: null, releasedAt: null });
    recordAudit(tx, {
      action: copy ? 'consultation.attachment_released' : 'consultation.attachment_recalled', subjectType: 'opinion', subjectId: opinionId, tenantId,
      details: { attachmentId: id, ...(copy ? { publicSha256: copy.sha256 } : {}) },
    });
  }
}
