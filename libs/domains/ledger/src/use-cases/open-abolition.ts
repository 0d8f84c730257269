import { LifeCycle, policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { can } from '../ledger.access';
import { abolitionCases } from '../persistence/repositories';
import { insertCase } from './insert-case';

/** The drafting department proposes to end one of its policies; answers the id of the case. */
@Injectable()
export class OpenAbolition {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, reason: string): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await policies.lockForUpdate(tx, policyId);
      if (policy.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      if (!tx.actor.accountId || !can(tx.actor, 'ledger.open_abolition', policy)) throw DomainError.forbidden();
      if (policy.state !== 'published') throw DomainError.conflict('ledger:error.notPublished');
      if (!reason.trim()) throw DomainError.invalid('ledger:error.reasonNeeded', [{ field: 'openReason', key: 'ledger:error.reasonNeeded' }]);
      const cases = await abolitionCases.find(tx, { policyId: policy.id });
      if (cases.some((other) => other.decision === null)) throw DomainError.conflict('ledger:error.alreadyOpen');
      const id = newId();
      await insertCase(tx, this.lifeCycle, policy, { id, source: 'manual', sourceKey: `manual/${id}`, reason: reason.trim(), openedBy: tx.actor.accountId });
      recordAudit(tx, { action: 'ledger.abolition_opened', subjectType: 'abolition_case', subjectId: id, details: { policyId: policy.id } });
      return id;
    });
  }
}
