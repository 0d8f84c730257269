import { randomBytes } from 'node:crypto';
import { type Answers, closeQuestionnaire, goLive, lockQuestionnaire } from '@core/questionnaire';
import { SurveyFrames } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type IsoDate, systemActor } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { notifyAll } from '@platform/notify';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertFieldEnd, MAX_SURVEY_TEXT, MOST_STRATA, reminderDay } from '../domain/survey/design';
import { drawStrata } from '../domain/survey/draw';
import { type SurveyResponse, surveyResults } from '../domain/survey/results';
import { SURVEY_DRAWN } from '../evaluation.events';
import { surveys } from '../persistence/repositories';
import { scopeOf } from '../persistence/scope';
import { recordDraw, strataOf, waitingAccounts } from '../persistence/survey-strata';
import type { SurveyRow } from '../persistence/survey.entity';
import { holdSurvey, requireUnderWay } from './design-survey';

/** Draws a survey, reminds, and ends it. */
@Injectable()
export class RunSurvey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: SurveyFrames,
  ) {}

  /**
   * Draws the sample once, for good: parts the frame as it is now, draws with a seed of this moment, puts the questionnaire before those who were drawn and lets
   * them answer until the end of a day. Refuses `conflict` what was drawn already, `invalid` an empty frame, more than sixty strata, and an unfinished questionnaire.
   */
  draw(actor: Actor, campaignId: string, seen: number, closesOn: IsoDate): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { campaign, survey } = await holdSurvey(tx, campaignId);
      requireUnderWay(campaign);
      if (survey.state !== 'design') throw DomainError.conflict('survey:error.drawnAlready');
      const today = chinaDate(tx.at);
      assertFieldEnd(closesOn, today);
      const questionnaire = await lockQuestionnaire(tx, survey.questionnaireId);
      const units = await this.frames.units(tx, survey.frame, await scopeOf(tx, campaign.id));
      if (units.length === 0) throw DomainError.invalid('survey:error.emptyFrame', [{ field: 'closesOn', key: 'survey:error.emptyFrame' }]);
      const seed = randomBytes(32).toString('hex');
      const strata = drawStrata(seed, units, survey);
      if (strata.length > MOST_STRATA) throw DomainError.invalid('survey:error.tooManyStrata', [], { count: strata.length, max: MOST_STRATA });
      await goLive(tx, questionnaire, questionnaire.rowVersion, MAX_SURVEY_TEXT);
      const sampleSize = strata.reduce((sum, { sample }) => sum + sample.length, 0);
      await surveys.updateVersioned(tx, survey.id, seen, {
        state: 'field', seed, frameSize: units.length, sampleSize, drawnAt: tx.at, drawnBy: tx.actor.accountId, closesOn, remindOn: reminderDay(today, closesOn),
      });
      await recordDraw(tx, survey, strata);
      await emit(tx, { type: SURVEY_DRAWN, tenantId: survey.tenantId, payload: { surveyId: survey.id } });
      recordAudit(tx, {
        action: 'evaluation.survey_drawn', subjectType: 'evaluation_survey', subjectId: survey.id,
        details: { seed, frame: survey.frame, frameSize: units.length, sampleSize, closesOn, strata: strata.map(({ values, frame, sample }) => ({ values, frame: frame.length, sample: sample.length })) },
      });
    });
  }

  /** Ends it before its day; its results stand from then on. */
  close(actor: Actor, campaignId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { survey } = await holdSurvey(tx, campaignId);
      if (survey.state !== 'field') throw DomainError.conflict('survey:error.notInField');
      await close(tx, survey);
    });
  }

  /** For the worker's schedule: reminds once who has not answered, and ends what is past its last day. May run in two workers at once. */
  async runDue(cityId: string): Promise<number> {
    const actor = systemActor(cityId);
    const due = await this.unitOfWork.run(actor, (tx) => tx.query<{ id: string }>(
      `SELECT id FROM evaluation_survey WHERE city_id = $1 AND state = 'field' AND (closes_on < $2 OR (remind_on <= $2 AND reminded_at IS NULL)) ORDER BY closes_on, id LIMIT 100`, [cityId, chinaDate(tx.at)]));
    for (const { id } of due) {
      await this.unitOfWork.run(actor, async (tx) => {
        const survey = await surveys.lockForUpdate(tx, id);
        const today = chinaDate(tx.at);
        if (survey.state !== 'field' || !survey.closesOn) return;
        if (survey.closesOn < today) await close(tx, survey);
        else if (survey.remindOn && survey.remindOn <= today && !survey.remindedAt) await remind(tx, survey, survey.closesOn);
      });
    }
    return due.length;
  }
}

async function remind(tx: TenantTx, survey: SurveyRow, due: IsoDate): Promise<void> {
  const waiting = await waitingAccounts(tx, survey.id);
  const [{ title } = { title: '' }] = await tx.query<{ title: string }>('SELECT title FROM questionnaire WHERE city_id = $1 AND id = $2', [tx.cityId, survey.questionnaireId]);
  await notifyAll(tx, waiting.map(({ accountId }) => ({ accountId, effectKey: `survey/${survey.id}/reminder`, messageKey: 'survey:notice.reminder', params: { title, due }, href: `/${tx.cityId}/surveys` })));
  await surveys.update(tx, survey.id, { remindedAt: tx.at, rowVersion: survey.rowVersion + 1 });
  recordAudit(tx, { action: 'evaluation.survey_reminded', subjectType: 'evaluation_survey', subjectId: survey.id, tenantId: survey.tenantId, details: { told: waiting.length } });
}

/** The survey is held: an answer is in before this, or refused after it. */
async function close(tx: TenantTx, survey: SurveyRow): Promise<void> {
  const questionnaire = await lockQuestionnaire(tx, survey.questionnaireId);
  await closeQuestionnaire(tx, questionnaire);
  const responses = await tx.query<{ stratum: number; answers: Answers }>(
    `SELECT s.stratum_no AS stratum, r.answers FROM evaluation_survey_response s JOIN questionnaire_response r ON r.city_id = s.city_id AND r.id = s.response_id
     WHERE s.city_id = $1 AND s.survey_id = $2`, [tx.cityId, survey.id]);
  const strata = (await strataOf(tx, survey.id)).map(({ no, values, frame, drawn, answered }) => ({ no, values, frame, drawn, answered }));
  const results = surveyResults(questionnaire.definition, strata, responses satisfies SurveyResponse[], { minCell: survey.minCell, strataBy: [...survey.strataBy] });
  await surveys.update(tx, survey.id, { state: 'closed', closedAt: tx.at, results, rowVersion: survey.rowVersion + 1 });
  recordAudit(tx, { action: 'evaluation.survey_closed', subjectType: 'evaluation_survey', subjectId: survey.id, tenantId: survey.tenantId, details: { answered: results.answered, drawn: results.drawn } });
}
