import { policies, type PolicyRow } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { can, type InterpretationAction } from '../interpretation.access';

/** States in which the interpretation may still be worked on: it goes out with the document, and then it stands. */
const OPEN = ['planned', 'drafting', 'consulting', 'reviewing', 'deliberating', 'approved'];

/** Locks the policy against publication in mid-work, and checks that this person may do this on it now. */
export async function openPolicy(tx: TenantTx, policyId: string, action: InterpretationAction): Promise<PolicyRow> {
  const policy = await policies.lockForShare(tx, policyId);
  if (policy.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
  if (!can(tx.actor, action, policy)) throw DomainError.forbidden();
  if (!OPEN.includes(policy.state)) throw DomainError.conflict('interpretation:error.tooLate');
  return policy;
}

/** The person who acts; the machinery writes no interpretation. */
export function accountOf(tx: TenantTx): string {
  if (!tx.actor.accountId) throw DomainError.forbidden();
  return tx.actor.accountId;
}
