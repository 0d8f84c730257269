import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { isServed } from '../domain/attachments';
import { type StaffFile, staffFile } from '../queries/opinion-files';

/** Gives a file of an opinion to the department: unscanned or unreleased ones may hold anything, so the audit log keeps who took it. */
@Injectable()
export class ReadAttachment {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError not_found; conflict for a file that waits for the scanner or in which something was found */
  run(actor: Actor, opinionId: string, fileId: string): Promise<StaffFile> {
    return this.unitOfWork.run(actor, async (tx) => {
      const file = await staffFile(tx, opinionId, fileId);
      if (!isServed(file.scan)) throw DomainError.conflict(`attachments:error.${file.scan}`, { name: file.filename, ...(file.scanFinding ? { finding: file.scanFinding } : {}) });
      recordAudit(tx, { action: 'consultation.attachment_read', subjectType: 'opinion', subjectId: opinionId, tenantId: file.tenantId, details: { attachmentId: fileId, sha256: file.sha256 } });
      return file;
    });
  }
}
