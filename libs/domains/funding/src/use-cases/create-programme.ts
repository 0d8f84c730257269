import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { policies } from '@core/policy';
import { Injectable } from '@nestjs/common';
import { requireStaff } from '../funding.access';
import { programmes } from '../persistence/repositories';
import { clauseNames } from '../queries/clauses';

export interface CreateProgrammeInput {
  title: string;
  /** The clause that grants the money. */
  clauseIdentity: string;
}

/** Sets up a programme under a published policy of one's own department; it hangs on a clause of the text in force. */
@Injectable()
export class CreateProgramme {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, input: CreateProgrammeInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await policies.lockForShare(tx, policyId);
      requireStaff(actor, 'funding.manage', policy);
      if (policy.state !== 'published') throw DomainError.conflict('funding:error.policyNotPublished');
      const { labels } = await clauseNames(tx, policy.id);
      if (!labels.has(input.clauseIdentity)) {
        throw DomainError.invalid('funding:error.noSuchClause', [{ field: 'clauseIdentity', key: 'funding:error.noSuchClause' }]);
      }
      const id = newId();
      await programmes.insert(tx, {
        id, tenantId: actor.tenantId, policyId: policy.id, clauseIdentity: input.clauseIdentity, title: input.title.trim(),
        createdBy: actor.accountId, createdAt: tx.at,
      });
      recordAudit(tx, { action: 'funding.programme_created', subjectType: 'fund_programme', subjectId: id, details: { policyId, ...input } });
      return { id };
    });
  }
}
