import { latestSubmittedVersion, policies, type PolicyRow } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { stateOf } from '../domain/dockets';
import { canSign } from '../drafting.access';
import type { DocketRow } from '../persistence/docket.entity';
import { dockets } from '../persistence/repositories';
import { capacitiesOf } from '../queries/capacities';

export interface DocketAtHand {
  policy: PolicyRow;
  docket: DocketRow;
}

/** A docket and its policy, held still for an act: the policy shared, so that nobody revises it meanwhile, and the docket for oneself. */
export async function docketAtHand(tx: TenantTx, policyId: string, docketId: string): Promise<DocketAtHand> {
  const policy = await policies.lockForShare(tx, policyId);
  const docket = await dockets.lockForUpdate(tx, docketId);
  if (docket.policyId !== policyId) throw DomainError.notFound();
  return { policy, docket };
}

/** Refuses a docket that was signed, or whose text or step is not the present one any more. */
export async function assertOpen(tx: TenantTx, { policy, docket }: DocketAtHand): Promise<void> {
  const refuse = (key: string): DomainError => new DomainError('conflict', key, { article: docket.dueArticle });
  if (docket.signedAt) throw refuse('drafting:error.docketSigned');
  const latest = await latestSubmittedVersion(tx, policy.id);
  if (policy.state !== stateOf(docket.kind) || latest?.id !== docket.versionId) throw refuse('drafting:error.docketNotCurrent');
}

/** Refuses whoever may not sign this kind of docket: not found for those who do not take part, forbidden without the role. */
export async function assertSigner(tx: TenantTx, { policy, docket }: DocketAtHand): Promise<void> {
  const invitedAs = await capacitiesOf(tx, policy.id);
  if (policy.tenantId !== tx.actor.tenantId && invitedAs.length === 0) throw DomainError.notFound();
  if (!canSign(tx.actor, docket.kind, policy, invitedAs)) throw DomainError.forbidden();
}
