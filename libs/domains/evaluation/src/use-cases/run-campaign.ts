import { EvaluationSources, policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertClosing, CAMPAIGN_LIFE } from '../domain/campaign';
import { scoresOf } from '../domain/scores';
import { CAMPAIGN_SIDES } from '../domain/sides';
import type { SurveyEvidence } from '../domain/survey/results';
import { ASSESSORS_ASKED } from '../evaluation.events';
import type { CampaignRow } from '../persistence/campaign.entity';
import { assessors, campaigns, reports, sheets } from '../persistence/repositories';
import { scopeOf } from '../persistence/scope';
import { surveyEvidence } from '../queries/surveys';
import { holdOwnCampaign } from './hold-campaign';

/** Takes a campaign from preparation to scoring, from scoring to its reports, or gives it up. */
@Injectable()
export class RunCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
  ) {}

  /** Lets the people who were asked give their marks, until the end of a day. Every side that counts needs somebody. From now on the indicators stand. */
  start(actor: Actor, campaignId: string, closesOn: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const campaign = await holdOwnCampaign(tx, campaignId);
      const { to } = CAMPAIGN_LIFE.require('start', campaign.state);
      assertClosing(closesOn, chinaDate(tx.at));
      const people = (await assessors.find(tx, { campaignId: campaign.id })).filter(({ removedAt }) => removedAt === null);
      const silent = CAMPAIGN_SIDES.filter((side) => campaign.sideWeights[side] > 0 && !people.some((one) => one.side === side));
      if (silent[0]) throw DomainError.invalid('appraisal:error.sideEmpty', silent.map((side) => ({ field: 'closesOn', key: `appraisal:error.sideEmptyOf.${side}` })));
      await campaigns.update(tx, campaign.id, { state: to, startedAt: tx.at, closesOn, rowVersion: campaign.rowVersion + 1 });
      await emit(tx, { type: ASSESSORS_ASKED, tenantId: campaign.tenantId, payload: { campaignId: campaign.id } });
      recordAudit(tx, { action: 'evaluation.scoring_started', subjectType: 'evaluation_campaign', subjectId: campaign.id, details: { closesOn, assessors: people.length } });
    });
  }

  /**
   * Ends the scoring and begins a report for each policy, with the scores of the sheets that were handed in and with what the system itself knows at this
   * moment; both stand from now on. Who said nothing until now is missing, and not nought. Refuses (`conflict`) where nobody has handed anything in, and while enterprises still answer the campaign's survey.
   */
  close(actor: Actor, campaignId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      // Policies before campaigns, as everywhere.
      const scope = await scopeOf(tx, campaignId);
      for (const id of scope) await policies.lockForShare(tx, id);
      const campaign = await holdOwnCampaign(tx, campaignId);
      const { to } = CAMPAIGN_LIFE.require('close', campaign.state);
      const side = new Map((await assessors.find(tx, { campaignId: campaign.id })).map((one) => [one.id, one.side]));
      const handedIn = await sheets.find(tx, { campaignId: campaign.id, state: 'submitted' });
      if (handedIn.length === 0) throw DomainError.conflict('appraisal:error.nothingHandedIn');
      const survey = await surveyEvidence(tx, campaign.id);
      for (const policyId of scope) {
        const own = handedIn.filter((sheet) => sheet.policyId === policyId).flatMap(({ assessorId, basis, marks }) => {
          const of = side.get(assessorId);
          return of ? [{ side: of, basis, marks }] : [];
        });
        await this.beginReport(tx, campaign, policyId, scoresOf(campaign.indicators, campaign.sideWeights, own), survey);
      }
      await tx.query('UPDATE evaluation_campaign_policy SET is_open = false WHERE city_id = $1 AND campaign_id = $2', [tx.cityId, campaign.id]);
      await campaigns.update(tx, campaign.id, { state: to, closedAt: tx.at, rowVersion: campaign.rowVersion + 1 });
      recordAudit(tx, { action: 'evaluation.scoring_closed', subjectType: 'evaluation_campaign', subjectId: campaign.id, details: { sheets: handedIn.length } });
    });
  }

  /** Gives a campaign up, with the reason; what was marked is kept. */
  cancel(actor: Actor, campaignId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const campaign = await holdOwnCampaign(tx, campaignId);
      const { to } = CAMPAIGN_LIFE.require('cancel', campaign.state);
      if (!reason.trim()) throw DomainError.invalid('evaluation:error.reasonNeeded', [{ field: 'cancelReason', key: 'evaluation:error.reasonNeeded' }]);
      await tx.query('UPDATE evaluation_campaign_policy SET is_open = false WHERE city_id = $1 AND campaign_id = $2', [tx.cityId, campaign.id]);
      await campaigns.update(tx, campaign.id, { state: to, rowVersion: campaign.rowVersion + 1 });
      recordAudit(tx, { action: 'evaluation.campaign_cancelled', subjectType: 'evaluation_campaign', subjectId: campaign.id, details: { reason: reason.trim() } });
    });
  }

  private async beginReport(tx: TenantTx, campaign: CampaignRow, policyId: string, scores: ReturnType<typeof scoresOf>, survey: SurveyEvidence | null): Promise<void> {
    const period = { from: campaign.periodFrom, to: campaign.periodTo };
    const evidence = { takenAt: tx.at.toISOString(), ...period, sources: await this.sources.gather(tx, policyId, period), ...(survey ? { survey } : {}) };
    await reports.insert(tx, {
      id: newId(), tenantId: campaign.tenantId, policyId, periodFrom: campaign.periodFrom, periodTo: campaign.periodTo, summary: '', conclusion: null, reason: '', nextReviewOn: null,
      state: 'draft', returnedReason: null, evaluatorId: campaign.leaderId, createdAt: tx.at, submittedAt: null, approvedBy: null, publishedAt: null, rowVersion: 1,
      campaignId: campaign.id, sections: {}, clauses: [], scores, evidence, edition: 0, contentHash: null,
    });
  }
}
