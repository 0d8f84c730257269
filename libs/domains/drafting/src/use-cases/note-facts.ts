import { policies, type PolicyKind } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { planArticle } from '../domain/articles';
import { factFaults, type FactsInput } from '../domain/facts';
import { assertCan } from '../drafting.access';
import { noteFacts } from '../persistence/procedure';

/** Refuses facts that leave a step of the procedure out without saying why. */
export function assertFacts(kind: PolicyKind, facts: FactsInput): void {
  const faults = factFaults(kind, facts);
  if (faults[0]) throw new DomainError('invalid', faults[0].key, { fields: faults.map(({ field, key }) => ({ field, key })), article: [...new Set(faults.map(({ article }) => article))].join('；') });
}

/** Changes what the steps of a policy follow from, as long as it is being planned or drafted. */
@Injectable()
export class NoteFacts {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, facts: FactsInput): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.note(tx, policyId, facts));
  }

  private async note(tx: TenantTx, policyId: string, facts: FactsInput): Promise<void> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    if (policy.state !== 'planned' && policy.state !== 'drafting') throw new DomainError('conflict', 'procedure:error.factsLate', { article: planArticle(policy.kind) });
    assertFacts(policy.kind, facts);
    await noteFacts(tx, policy, facts);
    recordAudit(tx, { action: 'drafting.facts_noted', subjectType: 'policy', subjectId: policyId, details: { technical: facts.technical, publicRisk: facts.publicRisk, issuer: facts.issuer, emergency: facts.emergency, concernsOthers: facts.concernsOthers ?? false } });
  }
}
