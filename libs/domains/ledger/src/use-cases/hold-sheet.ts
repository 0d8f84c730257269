import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CleanupRow, CleanupSheetRow } from '../persistence/cleanup.entity';
import { cleanups, cleanupSheets } from '../persistence/repositories';

/** Locks a department's list in a clean-up that is on its way: the clean-up for share, so that a decision waits, then the list. */
export async function holdSheet(tx: TenantTx, cleanupId: string, tenantId: string): Promise<{ cleanup: CleanupRow; sheet: CleanupSheetRow }> {
  const cleanup = await cleanups.lockForShare(tx, cleanupId);
  const found = await cleanupSheets.findOne(tx, { cleanupId: cleanup.id, tenantId });
  if (!found) throw DomainError.notFound();
  const sheet = await cleanupSheets.lockForUpdate(tx, found.id);
  if (cleanup.state !== 'running') throw DomainError.conflict('cleanup:error.over');
  return { cleanup, sheet };
}

