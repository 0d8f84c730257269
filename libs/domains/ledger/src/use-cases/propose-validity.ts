import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { proposalFaults, type ValidityProposal } from '../domain/validity-case';
import { can } from '../ledger.access';
import { validityCases } from '../persistence/repositories';
import { validityGround } from './validity-ground';

/** The drafting department proposes a later last day for one of its policies, or that some of its clauses no longer hold; answers the id of the case. */
@Injectable()
export class ProposeValidity {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, proposal: ValidityProposal): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await policies.lockForUpdate(tx, policyId);
      if (policy.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      if (!tx.actor.accountId || !can(tx.actor, 'ledger.propose_validity', policy)) throw DomainError.forbidden();
      if (policy.state !== 'published') throw DomainError.conflict('ledger-log:error.notPublished');
      const [open] = await tx.query('SELECT 1 FROM validity_case WHERE city_id = $1 AND policy_id = $2 AND decision IS NULL', [tx.cityId, policy.id]);
      if (open) throw DomainError.conflict('ledger-log:error.alreadyOpen');
      const ground = await validityGround(tx, policy);
      const faults = proposalFaults(proposal, ground);
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const extends_ = proposal.kind === 'extend';
      const id = newId();
      await validityCases.insert(tx, {
        id, tenantId: policy.tenantId, policyId: policy.id, kind: proposal.kind, reason: proposal.reason.trim(), newTo: extends_ ? proposal.newTo : null,
        clauses: extends_ ? null : ground.articles.filter(({ identity }) => proposal.clauses.includes(identity)), effectOn: extends_ ? null : proposal.effectOn,
        proposedBy: tx.actor.accountId, proposedAt: tx.at, decision: null, decisionReason: '', noticeText: null, decidedBy: null, decidedAt: null, rowVersion: 1,
      });
      recordAudit(tx, { action: 'ledger.validity_proposed', subjectType: 'validity_case', subjectId: id, details: { policyId: policy.id, kind: proposal.kind } });
      return id;
    });
  }
}
