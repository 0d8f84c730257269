import { createQuestionnaire, type DefinitionEdit, editDefinition, LIMITS, lockQuestionnaire, type QuestionnaireRow, saveDraft } from '@core/questionnaire';
import { SurveyFrames } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { cleanText, optionalText } from '../domain/survey/clean-text';
import { designFaults, fittingMapping, LEAST_CELL, type SurveyDesign } from '../domain/survey/design';
import type { CampaignRow } from '../persistence/campaign.entity';
import { surveys } from '../persistence/repositories';
import type { SurveyRow } from '../persistence/survey.entity';
import { holdOwnCampaign } from './hold-campaign';

/** What a survey begins with: everybody on the register, parted by size, sixty answers wanted. */
const USUAL: Omit<SurveyDesign, 'frame'> = { strataBy: ['size'], allocation: 'proportional', size: 60, minimum: 5, minCell: LEAST_CELL, mapping: {} };

/** Designs the survey of a campaign's enterprises: by the campaign's leader, until it is drawn. */
@Injectable()
export class DesignSurvey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: SurveyFrames,
  ) {}

  /** Begins it with an empty questionnaire. A campaign has one survey (`conflict` for a second). */
  create(actor: Actor, campaignId: string, input: { title: string }): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      const campaign = await holdOwnCampaign(tx, campaignId);
      requireUnderWay(campaign);
      if (await surveys.findOne(tx, { campaignId: campaign.id })) throw DomainError.conflict('survey:error.oneOnly');
      const title = cleanText(input.title, 'title', LIMITS.title);
      if (title === '') throw DomainError.invalid('survey:error.title', [{ field: 'title', key: 'survey:error.title' }]);
      const id = newId();
      await surveys.insert(tx, {
        id, tenantId: campaign.tenantId, campaignId: campaign.id, questionnaireId: await createQuestionnaire(tx, title), frame: this.frames.keys()[0] ?? '', ...USUAL, state: 'design', seed: null,
        frameSize: null, sampleSize: null, drawnAt: null, drawnBy: null, closesOn: null, remindOn: null, remindedAt: null, closedAt: null, results: null, rowVersion: 1,
      });
      recordAudit(tx, { action: 'evaluation.survey_created', subjectType: 'evaluation_survey', subjectId: id, details: { campaignId: campaign.id } });
      return id;
    });
  }

  /** Frame, strata, numbers, and which question feeds which indicator. `seen`: the version that the person had before them. */
  design(actor: Actor, campaignId: string, seen: number, design: SurveyDesign): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { campaign, survey, questionnaire } = await holdDesign(tx, campaignId);
      const faults = designFaults(design, { frames: this.frames.keys(), indicators: campaign.indicators, definition: questionnaire.definition });
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults, faults[0].params);
      await surveys.updateVersioned(tx, survey.id, seen, { ...design });
      recordAudit(tx, { action: 'evaluation.survey_designed', subjectType: 'evaluation_survey', subjectId: survey.id, details: { ...design } });
    });
  }

  /** One edit of the questionnaire; a mapping of a question that is gone goes with it. `seen` is the questionnaire's version. */
  edit(actor: Actor, campaignId: string, seen: number, edit: DefinitionEdit): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { survey, questionnaire } = await holdDesign(tx, campaignId);
      const definition = editDefinition(questionnaire.definition, edit, optionalText);
      await saveDraft(tx, questionnaire, seen, { title: questionnaire.title, definition });
      await surveys.update(tx, survey.id, { mapping: fittingMapping(definition, survey.mapping) });
    });
  }

  /** Title and introduction. */
  describe(actor: Actor, campaignId: string, seen: number, input: { title: string; intro: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { questionnaire } = await holdDesign(tx, campaignId);
      const title = cleanText(input.title, 'title', LIMITS.title);
      if (title === '') throw DomainError.invalid('survey:error.title', [{ field: 'title', key: 'survey:error.title' }]);
      await saveDraft(tx, questionnaire, seen, { title, definition: editDefinition(questionnaire.definition, { act: 'intro', intro: input.intro }, optionalText) });
    });
  }
}

/** The campaign, its survey and the questionnaire of that, locked in this order; `conflict` once it is drawn. */
async function holdDesign(tx: TenantTx, campaignId: string): Promise<{ campaign: CampaignRow; survey: SurveyRow; questionnaire: QuestionnaireRow }> {
  const { campaign, survey } = await holdSurvey(tx, campaignId);
  requireUnderWay(campaign);
  if (survey.state !== 'design') throw DomainError.conflict('survey:error.drawnAlready');
  return { campaign, survey, questionnaire: await lockQuestionnaire(tx, survey.questionnaireId) };
}

/** The campaign of the person who leads it, and its survey, locked; "not found" where there is none. */
export async function holdSurvey(tx: TenantTx, campaignId: string): Promise<{ campaign: CampaignRow; survey: SurveyRow }> {
  const campaign = await holdOwnCampaign(tx, campaignId);
  const found = await surveys.findOne(tx, { campaignId: campaign.id });
  if (!found) throw DomainError.notFound();
  return { campaign, survey: await surveys.lockForUpdate(tx, found.id) };
}

/** Enterprises are asked while the campaign still gathers; afterwards its reports stand. */
export function requireUnderWay({ state }: CampaignRow): void {
  if (state !== 'preparing' && state !== 'scoring') throw DomainError.conflict('appraisal:error.scoringOver');
}
