import { changeValidity, LifeCycle, policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type DecisionContent, decisionFaults } from '../domain/abolition';
import { can } from '../ledger.access';
import { ABOLITION_DECIDED } from '../ledger.events';
import { abolitionCases } from '../persistence/repositories';

/**
 * The head of the department, who did not open the case, decides it. An abolition ends the policy on its day: decision, notice, last day and
 * transition commit together, and the spine's other gates (funds settled) must be met.
 */
@Injectable()
export class DecideAbolition {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, caseId: string, input: DecisionContent): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policyId } = await abolitionCases.require(tx, caseId);
      const policy = await policies.lockForUpdate(tx, policyId);
      const matter = await abolitionCases.lockForUpdate(tx, caseId);
      if (matter.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      if (!tx.actor.accountId || !can(tx.actor, 'ledger.decide_abolition', matter)) throw DomainError.forbidden();
      if (matter.openedBy === tx.actor.accountId) throw DomainError.forbidden('ledger:error.ownCase');
      if (matter.decision !== null) throw DomainError.conflict('ledger:error.alreadyDecided');
      const faults = decisionFaults(input, chinaDate(tx.at));
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const abolish = input.decision === 'abolish';
      await abolitionCases.update(tx, matter.id, {
        decision: input.decision, decisionReason: input.reason.trim(), noticeText: abolish ? input.noticeText.trim() : null, effectOn: abolish ? input.effectOn : null,
        decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: matter.rowVersion + 1,
      });
      if (abolish) {
        await policies.update(tx, policy.id, { endedOn: input.effectOn });
        await this.lifeCycle.advance(tx, policy.id, 'abolish', { details: { caseId: matter.id, effectOn: input.effectOn } });
        if (input.effectOn) await changeValidity(tx, policy, { kind: 'abolished', effectOn: input.effectOn, noticeText: input.noticeText.trim() });
      }
      await emit(tx, { type: ABOLITION_DECIDED, tenantId: policy.tenantId, payload: { policyId: policy.id, caseId: matter.id } });
      recordAudit(tx, { action: 'ledger.abolition_decided', subjectType: 'abolition_case', subjectId: matter.id, details: { decision: input.decision, effectOn: input.effectOn } });
    });
  }
}
