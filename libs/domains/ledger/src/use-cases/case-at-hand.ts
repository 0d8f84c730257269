import { policies, type PolicyRow } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { can, type LedgerAction } from '../ledger.access';
import type { AbolitionCaseRow } from '../persistence/abolition-case.entity';
import { abolitionCases } from '../persistence/repositories';

export interface CaseAtHand {
  policy: PolicyRow;
  matter: AbolitionCaseRow;
  accountId: string;
}

/**
 * An open case and its policy, locked for an act: the policy first, so that nothing new begins to hang on it meanwhile. Refuses another department's (`not_found`), who may not
 * (`forbidden`), and a case that is decided (`conflict`).
 */
export async function caseAtHand(tx: TenantTx, actor: Actor, caseId: string, action: LedgerAction): Promise<CaseAtHand> {
  const { policyId } = await abolitionCases.require(tx, caseId);
  const policy = await policies.lockForUpdate(tx, policyId);
  const matter = await abolitionCases.lockForUpdate(tx, caseId);
  if (matter.tenantId !== actor.tenantId) throw DomainError.notFound();
  if (!actor.accountId || !can(actor, action, matter)) throw DomainError.forbidden();
  if (matter.decision !== null) throw DomainError.conflict('ledger:error.alreadyDecided');
  return { policy, matter, accountId: actor.accountId };
}
