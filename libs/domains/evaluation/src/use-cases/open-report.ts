import { policies, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type IsoDate, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertPeriod, EVALUATOR_ARTICLE, mayEvaluate } from '../domain/report';
import { can } from '../evaluation.access';
import { isBeingScored } from '../persistence/scope';
import { reports } from '../persistence/repositories';

export interface OpenReportInput {
  /** The time of the policy's effect that is evaluated. */
  periodFrom: IsoDate;
  periodTo: IsoDate;
}

/** Opens the evaluation of a published policy; one at a time. Who drafted or handed in any version may not evaluate it (国务院令第713号 §36). */
@Injectable()
export class OpenReport {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, input: OpenReportInput): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      // For update: two people opening at once follow each other, and the second is told of the first's report.
      const policy = await policies.lockForUpdate(tx, policyId);
      if (policy.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      const accountId = tx.actor.accountId;
      if (!accountId || !can(tx.actor, 'evaluation.write', policy)) throw DomainError.forbidden();
      if (policy.state !== 'published') throw DomainError.conflict('evaluation:error.notPublished');
      if (!mayEvaluate(accountId, await versions.find(tx, { policyId: policy.id }))) throw DomainError.forbidden('evaluation:error.ownPolicy', EVALUATOR_ARTICLE);
      assertPeriod(input.periodFrom, input.periodTo, chinaDate(tx.at));
      const others = await reports.find(tx, { policyId: policy.id });
      if (others.some((other) => other.state !== 'published')) throw DomainError.conflict('evaluation:error.alreadyOpen');
      if (await isBeingScored(tx, policy.id)) throw DomainError.conflict('appraisal:error.alreadyScored');
      const id = newId();
      await reports.insert(tx, {
        id, tenantId: policy.tenantId, policyId: policy.id, periodFrom: input.periodFrom, periodTo: input.periodTo, summary: '', conclusion: null, reason: '', nextReviewOn: null, state: 'draft',
        returnedReason: null, evaluatorId: accountId, createdAt: tx.at, submittedAt: null, approvedBy: null, publishedAt: null, rowVersion: 1,
        campaignId: null, sections: {}, clauses: [], scores: null, evidence: null, edition: 0, contentHash: null,
      });
      recordAudit(tx, { action: 'evaluation.opened', subjectType: 'evaluation_report', subjectId: id, details: { policyId: policy.id } });
      return id;
    });
  }
}
