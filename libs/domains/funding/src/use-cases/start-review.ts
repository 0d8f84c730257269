import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { CALL_LIFE } from '../domain/call';
import { requireStaff } from '../funding.access';
import { assignExpert, expertAccounts, expertAtStep } from '../persistence/assign-expert';
import { enterprisesById } from '../persistence/enterprise.repository';
import { applications, calls, draws } from '../persistence/repositories';

/** Hands every accepted application, blinded, to the experts whom the draw picked first. */
@Injectable()
export class StartReview {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.manage', call);
      const { to } = CALL_LIFE.require('start_review', call.state);
      const draw = await draws.findOne(tx, { callId: call.id });
      if (!draw?.selection) throw new DomainError('conflict', 'funding:error.notDrawn', { article: ARTICLES.draw });
      const accepted = await applications.find(tx, { callId: call.id, state: 'accepted' }, { submittedAt: 'ASC' });
      const enterprises = await enterprisesById(tx, accepted.map(({ enterpriseId }) => enterpriseId));
      const committee = draw.selection.slice(0, draw.needed).map(({ step }) => ({ step, expertId: expertAtStep(draw, step)! }));
      const accounts = await expertAccounts(tx, committee.map(({ expertId }) => expertId));
      for (const application of accepted) {
        for (const { step, expertId } of committee) {
          await assignExpert(tx, call, application, enterprises.get(application.enterpriseId)!, { expertId, accountId: accounts.get(expertId)!, step, why: 'drawn' });
        }
      }
      await calls.update(tx, call.id, { state: to });
      recordAudit(tx, { action: 'funding.review_started', subjectType: 'funding_call', subjectId: call.id, details: { committee, applications: accepted.map(({ id }) => id) } });
    });
  }
}
