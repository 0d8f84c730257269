import { EvaluationSources } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, isId, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { obstacleOf } from '../domain/independence';
import { EVALUATOR_ARTICLE } from '../domain/report';
import type { CampaignSide } from '../domain/sides';
import { ASSESSORS_ASKED } from '../evaluation.events';
import { assessors, sheets } from '../persistence/repositories';
import { scopeOf } from '../persistence/scope';
import { standingOf } from '../persistence/standing';
import { holdOwnCampaign } from './hold-campaign';

/** Who is asked in a campaign, and for which side. */
@Injectable()
export class Assessors {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
  ) {}

  /**
   * Asks a person to judge for a side. Refuses (`forbidden`, with the article) whoever drafted or assessed one of the policies before, and people of
   * the department for every side that stands outside it; (`invalid`) an account that cannot speak for the side. Nobody speaks for two sides.
   */
  assign(actor: Actor, campaignId: string, side: CampaignSide, accountId: string): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      const campaign = await holdOwnCampaign(tx, campaignId);
      if (campaign.state !== 'preparing' && campaign.state !== 'scoring') throw DomainError.conflict('appraisal:error.scoringOver');
      const refuse = (key: string): DomainError => DomainError.invalid(key, [{ field: 'accountId', key }]);
      if (!isId(accountId)) throw refuse('appraisal:error.noPerson');
      if (campaign.sideWeights[side] === 0) throw DomainError.invalid('appraisal:error.sideNotHeard', [{ field: 'side', key: 'appraisal:error.sideNotHeard' }]);
      if (accountId === campaign.leaderId) throw DomainError.forbidden('appraisal:error.obstacle.leads', EVALUATOR_ARTICLE);
      const obstacle = obstacleOf(side, campaign.tenantId, await standingOf(tx, this.sources, await scopeOf(tx, campaign.id), accountId));
      if (obstacle === 'wrongKind' || obstacle === 'outsider') throw refuse(`appraisal:error.obstacle.${obstacle}`);
      if (obstacle) throw DomainError.forbidden(`appraisal:error.obstacle.${obstacle}`, EVALUATOR_ARTICLE);
      const known = await assessors.find(tx, { campaignId: campaign.id, accountId });
      if (known.some(({ removedAt }) => removedAt === null)) throw refuse('appraisal:error.assignedAlready');
      const id = newId();
      await assessors.insert(tx, { id, tenantId: campaign.tenantId, campaignId: campaign.id, side, accountId, assignedBy: campaign.leaderId, assignedAt: tx.at, removedAt: null });
      if (campaign.state === 'scoring') await emit(tx, { type: ASSESSORS_ASKED, tenantId: campaign.tenantId, payload: { campaignId: campaign.id } });
      recordAudit(tx, { action: 'evaluation.assessor_assigned', subjectType: 'evaluation_campaign', subjectId: campaign.id, details: { assessorId: id, side, accountId } });
      return id;
    });
  }

  /** Takes a person off who has not handed anything in. */
  remove(actor: Actor, campaignId: string, assessorId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const campaign = await holdOwnCampaign(tx, campaignId);
      const assessor = await assessors.lockForUpdate(tx, assessorId);
      if (assessor.campaignId !== campaign.id) throw DomainError.notFound();
      if (campaign.state !== 'preparing' && campaign.state !== 'scoring') throw DomainError.conflict('appraisal:error.scoringOver');
      if (assessor.removedAt) throw DomainError.conflict('appraisal:error.removedAlready');
      if ((await sheets.find(tx, { assessorId: assessor.id })).some(({ state }) => state === 'submitted')) throw DomainError.conflict('appraisal:error.hasScored');
      await assessors.update(tx, assessor.id, { removedAt: tx.at });
      recordAudit(tx, { action: 'evaluation.assessor_removed', subjectType: 'evaluation_campaign', subjectId: campaign.id, details: { assessorId: assessor.id, accountId: assessor.accountId } });
    });
  }
}
