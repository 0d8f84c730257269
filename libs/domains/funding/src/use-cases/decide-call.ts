import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { CALL_LIFE } from '../domain/call';
import { type Ruling, rulingFault } from '../domain/deciding';
import { reviewStatus } from '../domain/review';
import { requireStaff } from '../funding.access';
import type { ApplicationRow } from '../persistence/application.entity';
import type { CallRow } from '../persistence/call.entity';
import { enterprisesById } from '../persistence/enterprise.repository';
import { applications, assignments, calls, decisions } from '../persistence/repositories';

/**
 * The department head decides all applications of a call at once, on finished reviews, and is none of those who checked them: who checks does not
 * decide.
 */
@Injectable()
export class DecideCall {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string, rulings: Ruling[]): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.decide', call);
      const { to } = CALL_LIFE.require('decide', call.state);
      const checked = await tx.query(`SELECT 1 FROM completeness_check WHERE city_id = $1 AND call_id = $2 AND checked_by = $3 LIMIT 1`, [tx.cityId, call.id, actor.accountId]);
      if (checked.length > 0) throw DomainError.forbidden('funding:error.checkerDecides', ARTICLES.separation);
      const accepted = await applications.find(tx, { callId: call.id, state: 'accepted' });
      const scores = await this.scores(tx, call, accepted);
      const fault = rulingFault(rulings, accepted.map(({ id, data }) => ({ applicationId: id, askedFen: data.amountFen })), call);
      if (fault === 'overBudget') throw new DomainError('conflict', 'funding:error.ruling.overBudget', { article: ARTICLES.budget });
      if (fault) throw DomainError.invalid(`funding:error.ruling.${fault}`);
      const enterprises = await enterprisesById(tx, accepted.map(({ enterpriseId }) => enterpriseId));
      const byId = new Map(accepted.map((application) => [application.id, application]));
      await decisions.insertMany(tx, rulings.map(({ applicationId, amountFen, reason }) => {
        const { enterpriseId, data } = byId.get(applicationId)!;
        return {
          id: newId(), tenantId: call.tenantId, callId: call.id, applicationId, enterpriseId, enterpriseName: enterprises.get(enterpriseId)!.name,
          projectTitle: data.title, granted: amountFen > 0, amountFen, score: scores.get(applicationId)!, reason: reason.trim(),
          decidedBy: actor.accountId, decidedAt: tx.at, noticedAt: null,
        };
      }));
      await calls.update(tx, call.id, { state: to });
      recordAudit(tx, { action: 'funding.decided', subjectType: 'funding_call', subjectId: call.id, details: { rulings } });
    });
  }

  private async scores(tx: TenantTx, call: CallRow, accepted: readonly ApplicationRow[]): Promise<Map<string, number>> {
    const reviews = await assignments.find(tx, { callId: call.id });
    const scores = new Map<string, number>();
    for (const { id, data } of accepted) {
      const { needs, score } = reviewStatus(reviews.filter((review) => review.applicationId === id), call.expertsNeeded, call.divergenceThreshold);
      if (needs !== 'nothing' || score === null) {
        throw new DomainError('conflict', `funding:error.reviewNeeds.${needs}`, { params: { title: data.title }, article: ARTICLES.draw });
      }
      scores.set(id, score);
    }
    return scores;
  }
}
