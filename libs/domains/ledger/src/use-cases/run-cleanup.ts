import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CLEANUP_LIFE, SHEET_LIFE } from '../domain/cleanup';
import { assertOversees } from '../ledger.access';
import { CLEANUP_ASKED } from '../ledger.events';
import { cleanupItems, cleanups, cleanupSheets } from '../persistence/repositories';
import { documentsInScope, listDocuments } from './list-documents';

const NO_NARROWING = { departmentIds: [], kinds: [], publishedFrom: null, publishedTo: null, words: '' };

/** What an overseer does with a clean-up on its way: adds a document that came into force later or was left out, or gives it up. */
@Injectable()
export class RunCleanup {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The list of its department is open again, whoever signed or agreed with it: a list is signed as a whole. A document that is listed already stays as it is. */
  add(actor: Actor, cleanupId: string, policyId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const addedBy = assertOversees(tx.actor);
      const cleanup = await cleanups.lockForUpdate(tx, cleanupId);
      if (cleanup.state !== 'running') throw DomainError.conflict('cleanup:error.over');
      if (!isId(policyId)) throw DomainError.notFound();
      if (await cleanupItems.findOne(tx, { cleanupId, policyId })) return;
      const [document] = await documentsInScope(tx, chinaDate(tx.at), NO_NARROWING, policyId);
      if (!document) throw DomainError.invalid('cleanup:error.notInForce', [{ field: 'policyId', key: 'cleanup:error.notInForce' }]);
      const sheet = await cleanupSheets.findOne(tx, { cleanupId, tenantId: document.tenantId });
      await listDocuments(tx, cleanupId, [document], addedBy);
      if (sheet) {
        const { to } = SHEET_LIFE.require('reopen', sheet.state);
        await cleanupSheets.update(tx, sheet.id, { state: to, signedBy: null, signedAt: null, checkedBy: null, checkedAt: null, rowVersion: sheet.rowVersion + 1 });
      }
      await emit(tx, { type: CLEANUP_ASKED, payload: { cleanupId, tenantId: document.tenantId } });
      recordAudit(tx, { action: 'ledger.cleanup_document_added', subjectType: 'cleanup', subjectId: cleanupId, details: { policyId } });
    });
  }

  cancel(actor: Actor, cleanupId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      const cleanup = await cleanups.lockForUpdate(tx, cleanupId);
      const { to } = CLEANUP_LIFE.require('cancel', cleanup.state);
      if (!reason.trim()) throw DomainError.invalid('cleanup:error.reasonNeeded', [{ field: 'cancelReason', key: 'cleanup:error.reasonNeeded' }]);
      await cleanups.update(tx, cleanupId, { state: to, cancelReason: reason.trim(), rowVersion: cleanup.rowVersion + 1 });
      recordAudit(tx, { action: 'ledger.cleanup_cancelled', subjectType: 'cleanup', subjectId: cleanupId, details: {} });
    });
  }
}
