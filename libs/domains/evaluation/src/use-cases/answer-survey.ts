import { randomBytes } from 'node:crypto';
import { type Definition, type RawAnswers, readAnswers, recordResponse } from '@core/questionnaire';
import { recordAudit } from '@platform/audit';
import { chinaDate, DomainError, type IsoDate, sha256Hex, systemActor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { optionalText } from '../domain/survey/clean-text';

const TOKEN = /^[\w-]{27}$/;
const LEAST_KEY = 16;

/** What a link leads to. */
export interface InvitedSurvey {
  title: string;
  definition: Definition;
  department: string;
  policies: string[];
  closesOn: IsoDate;
  minCell: number;
  /** `answered` stays so after the end. */
  state: 'open' | 'answered' | 'over';
}

interface Invited {
  id: string;
  surveyId: string;
  tenantId: string;
  campaignId: string;
  stratumNo: number;
  questionnaireId: string;
}

export interface SurveyAnswerInput {
  /** Fields and values as the form sent them; see `readAnswers`. */
  answers: RawAnswers;
  /** Ids of the questions that the form showed. */
  shown: readonly string[] | null;
  /** Of the sender's making, the same for the same post. */
  idempotencyKey: string;
}

/**
 * Takes the answer of an enterprise that was drawn. Whoever holds the link is the one that was invited, signed in or not; so everything here is looked up as the machinery. The
 * invitation notes that an answer came, and the answer notes its stratum: nothing that is stored joins the two (ADR 0034 says what still might).
 */
@Injectable()
export class AnswerSurvey {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What the link asks, or "not found" for any other text. */
  read(cityId: string, token: string): Promise<InvitedSurvey> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const { id, surveyId } = await invitedBy(tx, token);
      const [row] = await tx.query<Omit<InvitedSurvey, 'state'> & { state: string; answered: boolean; campaignState: string }>(
        `SELECT q.title, q.definition, d.name AS department, s.closes_on::text AS "closesOn", s.min_cell AS "minCell", s.state, c.state AS "campaignState", i.answered,
           ARRAY(SELECT p.title FROM evaluation_campaign_policy l JOIN policy p ON p.city_id = l.city_id AND p.id = l.policy_id WHERE l.city_id = $1 AND l.campaign_id = c.id ORDER BY p.title) AS policies
         FROM evaluation_survey s JOIN questionnaire q ON q.city_id = s.city_id AND q.id = s.questionnaire_id JOIN department d ON d.city_id = s.city_id AND d.id = s.tenant_id
         JOIN evaluation_campaign c ON c.city_id = s.city_id AND c.id = s.campaign_id JOIN evaluation_survey_invitation i ON i.city_id = s.city_id AND i.id = $3
         WHERE s.city_id = $1 AND s.id = $2`, [tx.cityId, surveyId, id]);
      if (!row) throw DomainError.notFound();
      const { state, answered, campaignState, ...survey } = row;
      return { ...survey, state: answered ? 'answered' : isOpen(state, campaignState, row.closesOn, tx.at) ? 'open' : 'over' };
    });
  }

  /**
   * One answer an invitation; the same post again is that answer, before the end and after it. Refuses `conflict` a second one, and everything after the last day or the close;
   * `invalid` with every field that is wrong.
   */
  run(cityId: string, token: string, input: SurveyAnswerInput): Promise<void> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const invited = await invitedBy(tx, token);
      if (input.idempotencyKey.length < LEAST_KEY || input.idempotencyKey.length > 200) throw DomainError.invalid('survey:error.key', [{ field: '_key', key: 'survey:error.key' }]);
      // The survey before the invitation, as the close does: an answer is in before it, or refused.
      const [survey] = await tx.query<{ state: string; closesOn: IsoDate; campaignState: string }>(
        `SELECT s.state, s.closes_on::text AS "closesOn", c.state AS "campaignState" FROM evaluation_survey s JOIN evaluation_campaign c ON c.city_id = s.city_id AND c.id = s.campaign_id
         WHERE s.city_id = $1 AND s.id = $2 FOR SHARE OF s`, [tx.cityId, invited.surveyId]);
      const [invitation] = await tx.query<{ answered: boolean; keyHash: string | null }>(
        `SELECT answered, answer_key_hash AS "keyHash" FROM evaluation_survey_invitation WHERE city_id = $1 AND id = $2 FOR UPDATE`, [tx.cityId, invited.id]);
      if (!survey || !invitation) throw DomainError.notFound();
      const keyHash = sha256Hex(input.idempotencyKey);
      if (invitation.answered) {
        if (invitation.keyHash === keyHash) return;
        throw DomainError.conflict('survey:error.answeredAlready');
      }
      if (!isOpen(survey.state, survey.campaignState, survey.closesOn, tx.at)) throw DomainError.conflict('survey:error.over');
      await this.keep(tx, invited, input, keyHash);
    });
  }

  private async keep(tx: TenantTx, invited: Invited, input: SurveyAnswerInput, keyHash: string): Promise<void> {
    const { questionnaireId, tenantId, surveyId, stratumNo } = invited;
    const [{ definition } = { definition: null }] = await tx.query<{ definition: Definition | null }>('SELECT definition FROM questionnaire WHERE city_id = $1 AND id = $2', [tx.cityId, questionnaireId]);
    if (!definition) throw DomainError.notFound();
    const answers = readAnswers(definition, input.answers, optionalText, input.shown && new Set(input.shown));
    if (Object.keys(answers).length === 0) throw DomainError.invalid('questionnaire:error.nothing');
    // The response's key is of this moment and known to nobody: the sender's would join it to the invitation.
    const responseId = await recordResponse(tx, { id: questionnaireId, tenantId }, { answers, keyHash: sha256Hex(randomBytes(32).toString('hex')), apart: true });
    await tx.query('INSERT INTO evaluation_survey_response (city_id, response_id, tenant_id, survey_id, stratum_no) VALUES ($1, $2, $3, $4, $5)', [tx.cityId, responseId, tenantId, surveyId, stratumNo]);
    await tx.query('UPDATE evaluation_survey_invitation SET answered = true, answer_key_hash = $3 WHERE city_id = $1 AND id = $2', [tx.cityId, invited.id, keyHash]);
    // Neither the invitation nor the response is named: that somebody answered, and of which stratum.
    recordAudit(tx, { action: 'evaluation.survey_answered', subjectType: 'evaluation_survey', subjectId: surveyId, tenantId, details: { stratum: stratumNo } });
  }
}

const isOpen = (state: string, campaignState: string, closesOn: IsoDate, at: Date): boolean => state === 'field' && campaignState !== 'cancelled' && chinaDate(at) <= closesOn;

async function invitedBy(tx: TenantTx, token: string): Promise<Invited> {
  const [invited] = TOKEN.test(token) ? await tx.query<Invited>(
    `SELECT i.id, i.survey_id AS "surveyId", i.tenant_id AS "tenantId", s.campaign_id AS "campaignId", i.stratum_no AS "stratumNo", s.questionnaire_id AS "questionnaireId"
     FROM evaluation_survey_token t JOIN evaluation_survey_invitation i ON i.city_id = t.city_id AND i.id = t.invitation_id JOIN evaluation_survey s ON s.city_id = i.city_id AND s.id = i.survey_id
     WHERE t.city_id = $1 AND t.token_hash = $2`, [tx.cityId, sha256Hex(token)]) : [];
  if (!invited) throw DomainError.notFound();
  return invited;
}
