import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isId, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { obstacleOf } from '../domain/independence';
import { EVALUATOR_ARTICLE } from '../domain/report';
import { type SheetContent, sheetFaults } from '../domain/sheet';
import { assessors, campaigns, sheets } from '../persistence/repositories';
import { scopeOf } from '../persistence/scope';
import { accountOf } from '../persistence/standing';

export interface SaveSheetInput extends SheetContent {
  /** The version of the sheet that the person saw; nought for one that he begins. */
  rowVersion: number;
  submit: boolean;
}

/**
 * Saves the marks of the person who acts, for one policy of a campaign that asked him, and hands them in when asked; then they stand. The campaign is
 * held, so that a sheet is in before the close or refused after it. What a person may no longer judge (he has moved into the department) is refused.
 */
@Injectable()
export class SaveSheet {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, campaignId: string, policyId: string, input: SaveSheetInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { accountId } = tx.actor;
      if (!accountId || !isId(policyId)) throw DomainError.notFound();
      const campaign = await campaigns.lockForShare(tx, campaignId);
      const [assessor] = (await assessors.find(tx, { campaignId: campaign.id, accountId })).filter(({ removedAt }) => removedAt === null);
      if (!assessor || !(await scopeOf(tx, campaign.id)).includes(policyId)) throw DomainError.notFound();
      if (campaign.state !== 'scoring') throw DomainError.conflict('appraisal:error.notScoring');
      if (campaign.closesOn && campaign.closesOn < chinaDate(tx.at)) throw DomainError.conflict('appraisal:error.dayPast');
      const obstacle = obstacleOf(assessor.side, campaign.tenantId, { ...(await accountOf(tx, accountId)), drafted: false, assessedBefore: false });
      if (obstacle) throw DomainError.forbidden(`appraisal:error.obstacle.${obstacle}`, EVALUATOR_ARTICLE);
      const faults = sheetFaults(input, campaign.indicators, assessor.side, input.submit);
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults, faults[0].params);
      const survey = input.basis === 'survey';
      const content = {
        marks: Object.fromEntries(Object.entries(input.marks).map(([key, { score, note }]) => [key, { score, note: note.trim() }])), basis: input.basis, remark: input.remark.trim(),
        surveyTitle: survey ? input.surveyTitle.trim() : '', surveyAsked: survey ? input.surveyAsked : null, surveyAnswered: survey ? input.surveyAnswered : null,
        state: input.submit ? 'submitted' as const : 'draft' as const, savedAt: tx.at, submittedAt: input.submit ? tx.at : null,
      };
      const known = await sheets.findOne(tx, { campaignId: campaign.id, policyId, assessorId: assessor.id });
      if (known?.state === 'submitted') throw DomainError.conflict('appraisal:error.marksStand');
      if (known) await sheets.updateVersioned(tx, known.id, input.rowVersion, content);
      else {
        // Of two first saves at once the second is told; the unique key sees to it.
        if (input.rowVersion !== 0) throw DomainError.conflict('common:error.changedMeanwhile');
        const made = await tx.query(
          `INSERT INTO evaluation_sheet (city_id, id, tenant_id, campaign_id, policy_id, assessor_id, marks, basis, survey_title, survey_asked, survey_answered, remark, state, saved_at, submitted_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (city_id, campaign_id, policy_id, assessor_id) DO NOTHING RETURNING id`,
          [tx.cityId, newId(), campaign.tenantId, campaign.id, policyId, assessor.id, JSON.stringify(content.marks), content.basis, content.surveyTitle, content.surveyAsked, content.surveyAnswered,
            content.remark, content.state, tx.at, content.submittedAt]);
        if (made.length === 0) throw DomainError.conflict('common:error.changedMeanwhile');
      }
      recordAudit(tx, {
        action: input.submit ? 'evaluation.marks_handed_in' : 'evaluation.marks_saved', subjectType: 'evaluation_campaign', subjectId: campaign.id, tenantId: campaign.tenantId,
        details: { policyId, assessorId: assessor.id, side: assessor.side },
      });
    });
  }
}
