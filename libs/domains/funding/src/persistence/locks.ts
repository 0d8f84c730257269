import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ApplicationRow } from './application.entity';
import type { CallRow } from './call.entity';
import { applications, calls } from './repositories';

/** Locks the call of an application for reading and then the application itself; the call first, as everywhere. */
export async function lockApplication(tx: TenantTx, id: string): Promise<{ call: CallRow; application: ApplicationRow }> {
  const seen = await applications.require(tx, id);
  const call = await calls.lockForShare(tx, seen.callId);
  const application = await applications.lockForUpdate(tx, id);
  // It was moved to another call while we waited.
  if (application.callId !== call.id) throw DomainError.conflict('common:error.changedMeanwhile');
  return { call, application };
}
