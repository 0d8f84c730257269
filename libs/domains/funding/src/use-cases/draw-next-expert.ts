import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { reviewStatus } from '../domain/review';
import { requireStaff } from '../funding.access';
import { assignExpert, expertAccounts, expertAtStep } from '../persistence/assign-expert';
import { enterprisesById } from '../persistence/enterprise.repository';
import { applications, assignments, calls, draws } from '../persistence/repositories';

/**
 * One more expert for an application, where one declared a conflict or the scores diverge: the next of the committed order, never a choice. Refused
 * where neither is the case.
 */
@Injectable()
export class DrawNextExpert {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, applicationId: string): Promise<{ step: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const application = await applications.require(tx, applicationId);
      const call = await calls.lockForUpdate(tx, application.callId);
      requireStaff(actor, 'funding.manage', call);
      if (call.state !== 'reviewing') throw DomainError.conflict('common:error.wrongState', { subject: 'funding_call', state: call.state, transition: 'draw_next' });
      const reviews = await assignments.find(tx, { applicationId });
      const { needs } = reviewStatus(reviews, call.expertsNeeded, call.divergenceThreshold);
      if (needs !== 'conflict' && needs !== 'divergence') throw DomainError.conflict('funding:error.noNextNeeded');
      const draw = await draws.findOne(tx, { callId: call.id });
      const step = Math.max(...reviews.map((review) => review.step)) + 1;
      const expertId = draw && expertAtStep(draw, step);
      if (!expertId) throw new DomainError('conflict', 'funding:error.poolUsedUp', { article: ARTICLES.shortage });
      const accounts = await expertAccounts(tx, [expertId]);
      const enterprises = await enterprisesById(tx, [application.enterpriseId]);
      await assignExpert(tx, call, application, enterprises.get(application.enterpriseId)!, { expertId, accountId: accounts.get(expertId)!, step, why: needs });
      recordAudit(tx, { action: 'funding.next_expert_drawn', subjectType: 'fund_application', subjectId: application.id, details: { step, expertId, why: needs } });
      return { step };
    });
  }
}
