import { changeValidity, LifeCycle, policies, type PolicyRow, validityRule, validityWarning, dayAfter } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type CaseDecision, proposalFaults } from '../domain/validity-case';
import { can } from '../ledger.access';
import { validityCases } from '../persistence/repositories';
import type { ValidityCaseRow } from '../persistence/validity-case.entity';
import { validityGround } from './validity-ground';

export interface ValidityDecision {
  decision: CaseDecision;
  reason: string;
  /** What the public is told; compulsory for an approval. */
  noticeText: string;
}

/** The head of the department, who did not propose it, decides; an approval takes its place in the policy's record and in the effective list with the commit. */
@Injectable()
export class DecideValidity {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, caseId: string, { decision, reason, noticeText }: ValidityDecision): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policyId } = await validityCases.require(tx, caseId);
      const policy = await policies.lockForUpdate(tx, policyId);
      const matter = await validityCases.lockForUpdate(tx, caseId);
      if (matter.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      if (!tx.actor.accountId || !can(tx.actor, 'ledger.decide_validity', matter)) throw DomainError.forbidden();
      if (matter.proposedBy === tx.actor.accountId) throw DomainError.forbidden('ledger:error.ownCase');
      if (matter.decision !== null) throw DomainError.conflict('ledger:error.alreadyDecided');
      if (!reason.trim()) throw DomainError.invalid('ledger-log:error.reasonNeeded', [{ field: 'decisionReason', key: 'ledger-log:error.reasonNeeded' }]);
      const approved = decision === 'approve';
      if (approved && !noticeText.trim()) throw DomainError.invalid('ledger:error.noticeNeeded', [{ field: 'noticeText', key: 'ledger:error.noticeNeeded' }]);
      await validityCases.update(tx, matter.id, {
        decision, decisionReason: reason.trim(), noticeText: approved ? noticeText.trim() : null, decidedBy: tx.actor.accountId, decidedAt: tx.at, rowVersion: matter.rowVersion + 1,
      });
      if (approved) await this.apply(tx, policy, matter, noticeText.trim());
      recordAudit(tx, { action: 'ledger.validity_decided', subjectType: 'validity_case', subjectId: matter.id, details: { policyId: policy.id, kind: matter.kind, decision } });
    });
  }

  /** What was sound when it was proposed may be late by now: the policy has ended, the day is past, the clause is gone. Then it can only be refused. */
  private async apply(tx: TenantTx, policy: PolicyRow, matter: ValidityCaseRow, noticeText: string): Promise<void> {
    if (policy.state !== 'published') throw DomainError.conflict('ledger-log:error.notPublished');
    const ground = await validityGround(tx, policy);
    const [fault] = proposalFaults({ ...matter, clauses: (matter.clauses ?? []).map(({ identity }) => identity) }, ground);
    if (fault) throw new DomainError('conflict', fault.key);
    const details = { caseId: matter.id };
    if (matter.kind === 'extend' && matter.newTo && policy.effectiveTo) {
      const warning = await this.limit(tx, policy, policy.effectiveTo, matter.newTo);
      await policies.update(tx, policy.id, { effectiveTo: matter.newTo, rowVersion: policy.rowVersion + 1 });
      await this.lifeCycle.record(tx, policy, 'extended', { details: { ...details, from: policy.effectiveTo, to: matter.newTo, ...(warning ? { warnings: [warning] } : {}) } });
      await changeValidity(tx, policy, { kind: 'extended', previousTo: policy.effectiveTo, newTo: matter.newTo, noticeText });
    }
    if (matter.kind === 'partial_repeal' && matter.clauses && matter.effectOn) {
      await this.lifeCycle.record(tx, policy, 'partly_repealed', { details: { ...details, clauses: matter.clauses.map(({ identity }) => identity), on: matter.effectOn } });
      await changeValidity(tx, policy, { kind: 'partly_repealed', effectOn: matter.effectOn, clauses: matter.clauses, noticeText });
    }
  }

  /** An extension is as long as a new document may be, counted from the day after the old end. Refuses where the rule blocks; else answers what the record keeps. */
  private async limit(tx: TenantTx, policy: PolicyRow, previousTo: string, newTo: string) {
    const rule = await validityRule(tx, policy, chinaDate(tx.at));
    const warning = rule && validityWarning(rule, { title: policy.title, effectiveFrom: dayAfter(previousTo), effectiveTo: newTo });
    if (!rule || !warning) return null;
    if (!rule.blocks) return warning;
    throw new DomainError('conflict', 'ledger-log:error.tooLong', { params: { years: warning.years, latest: warning.latest }, article: warning.article });
  }
}
