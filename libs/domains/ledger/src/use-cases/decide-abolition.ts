import { DependentsRegistry, LifeCycle, nextNumber, policies, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type IsoDate } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type DecisionContent, decisionFaults } from '../domain/abolition';
import { drawUpNotice, noticeCode } from '../domain/notice';
import { canReplace } from '../domain/preparation';
import { ABOLITION_DECIDED } from '../ledger.events';
import type { AbolitionCaseRow } from '../persistence/abolition-case.entity';
import { abolitionCases } from '../persistence/repositories';
import { caseAtHand } from './case-at-hand';
import { endByCase } from './end-by-case';

/**
 * The head of the department, who neither opened nor prepared the case, decides it. An abolition ends the policy on its day: decision, notice with its number, last day and transition
 * commit together, and the gates must be met, as things stand at that moment. What was settled is told to the rooms that own it, one event a thing.
 */
@Injectable()
export class DecideAbolition {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly dependents: DependentsRegistry,
  ) {}

  run(actor: Actor, caseId: string, input: DecisionContent): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policy, matter, accountId } = await caseAtHand(tx, tx.actor, caseId, 'ledger.decide_abolition');
      if ([matter.openedBy, matter.preparedBy, matter.reviewedBy].includes(accountId)) throw DomainError.forbidden('ledger:error.ownCase');
      const faults = decisionFaults(input, chinaDate(tx.at));
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const decided = { decision: input.decision, decisionReason: input.reason.trim(), decidedBy: accountId, decidedAt: tx.at, rowVersion: matter.rowVersion + 1 };
      if (input.decision === 'abolish' && input.effectOn) await this.abolish(tx, policy, matter, { ...input, effectOn: input.effectOn }, decided);
      else await this.keep(tx, policy, matter, decided);
      recordAudit(tx, { action: 'ledger.abolition_decided', subjectType: 'abolition_case', subjectId: matter.id, details: { decision: input.decision, effectOn: input.effectOn } });
    });
  }

  private async keep(tx: TenantTx, policy: PolicyRow, matter: AbolitionCaseRow, decided: Partial<AbolitionCaseRow>): Promise<void> {
    await abolitionCases.update(tx, matter.id, decided);
    await emit(tx, { type: ABOLITION_DECIDED, tenantId: policy.tenantId, payload: { policyId: policy.id, caseId: matter.id } });
  }

  private async abolish(tx: TenantTx, policy: PolicyRow, matter: AbolitionCaseRow, { effectOn, noticeText, reason }: DecisionContent & { effectOn: IsoDate }, decided: Partial<AbolitionCaseRow>): Promise<void> {
    const replacement = await this.replacement(tx, policy, matter, effectOn);
    const drawnUp = (on: IsoDate): string => drawUpNotice({ ...policy, effectOn: on, reason: matter.reason || reason, replacement, transition: matter.transition });
    const written = noticeText.replaceAll('\r\n', '\n').trim();
    // The draft of the page with another day than was proposed would name the wrong one.
    const text = !written || (matter.proposedEffectOn && written === drawnUp(matter.proposedEffectOn)) ? drawnUp(effectOn) : written;
    const [department] = await tx.query<{ code: string }>('SELECT document_code AS code FROM department WHERE city_id = $1 AND id = $2', [tx.cityId, policy.tenantId]);
    const number = await nextNumber(tx, policy.tenantId, noticeCode(department?.code ?? ''));
    const { people, fundsFen } = await this.dependents.list(tx, policy.id);
    await abolitionCases.update(tx, matter.id, { ...decided, noticeNumber: number.text, noticeText: text, effectOn, affectedPeople: people, affectedFen: fundsFen });
    await endByCase(tx, this.lifeCycle, policy, { caseId: matter.id, effectOn, noticeText: text, replacedBy: replacement?.id ?? null, details: { noticeNumber: number.text } });
  }

  /** What was fit to take the place when the case was prepared may have ended since, or begin too late. */
  private async replacement(tx: TenantTx, policy: PolicyRow, { replacedBy }: AbolitionCaseRow, effectOn: IsoDate): Promise<PolicyRow | null> {
    if (!replacedBy) return null;
    const found = await policies.require(tx, replacedBy);
    if (!canReplace(policy.id, found, effectOn)) throw DomainError.invalid('abolition:error.badReplacement', [{ field: 'effectOn', key: 'abolition:error.badReplacement' }]);
    return found;
  }
}
