import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type CleanupOpening, openingFaults } from '../domain/cleanup';
import { assertOversees } from '../ledger.access';
import { CLEANUP_ASKED } from '../ledger.events';
import { cleanups } from '../persistence/repositories';
import { documentsInScope, listDocuments } from './list-documents';

/**
 * The overseer of the city opens a clean-up (规范性文件清理): every document that is in force today and in the scope is listed, department by department, and that list stays. The same key
 * again is the same clean-up. Answers its id.
 */
@Injectable()
export class OpenCleanup {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError forbidden; invalid with the fields of `openingFaults`, and `cleanup:error.empty` where nothing is in the scope */
  run(actor: Actor, input: CleanupOpening, idempotencyKey: string): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      const openedBy = assertOversees(tx.actor);
      const today = chinaDate(tx.at);
      const faults = openingFaults(input, today);
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      // One at a time for a person, so that the same request twice finds itself.
      await tx.query('SELECT 1 FROM account WHERE city_id = $1 AND id = $2 FOR UPDATE', [tx.cityId, openedBy]);
      const [known] = await cleanups.find(tx, { openedBy, idempotencyKey });
      if (known) return known.id;
      const documents = await documentsInScope(tx, today, input.scope);
      if (documents.length === 0) throw DomainError.invalid('cleanup:error.empty', [{ field: 'words', key: 'cleanup:error.empty' }]);
      const id = newId();
      await cleanups.insert(tx, {
        id, tenantId: tx.actor.tenantId ?? '', title: input.title.trim(), trigger: input.trigger, reason: input.reason.trim(), scope: { ...input.scope, words: input.scope.words.trim() }, state: 'running',
        listedOn: today, proposeBy: input.proposeBy, checkBy: input.checkBy, openedBy, openedAt: tx.at, idempotencyKey, decisionNumber: null, decisionText: null, decidedBy: null, decidedAt: null,
        cancelReason: null, rowVersion: 1,
      });
      await listDocuments(tx, id, documents, null);
      await emit(tx, { type: CLEANUP_ASKED, payload: { cleanupId: id } });
      recordAudit(tx, { action: 'ledger.cleanup_opened', subjectType: 'cleanup', subjectId: id, details: { trigger: input.trigger, documents: documents.length, scope: input.scope } });
      return id;
    });
  }
}
