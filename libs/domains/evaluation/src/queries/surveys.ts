import type { SurveyFrames } from '@core/policy';
import { type Definition, QUESTIONNAIRE_COLUMNS, type QuestionnaireRow, questionsOf } from '@core/questionnaire';
import { type Actor, DomainError, type IsoDate, systemActor } from '@platform/kernel';
import type { TenantTx, UnitOfWork } from '@platform/persistence';
import { allocate, drawSample, stratify } from '../domain/survey/draw';
import { type SurveyEvidence, surveyMarks, type SurveyResults } from '../domain/survey/results';
import { surveys } from '../persistence/repositories';
import { scopeOf } from '../persistence/scope';
import { strataOf, type StratumRow } from '../persistence/survey-strata';
import type { SurveyRow } from '../persistence/survey.entity';
import { type CampaignDesk, campaignDesk } from './campaign-desk';

export interface SurveyDesk {
  desk: CampaignDesk;
  survey: SurveyRow | null;
  questionnaire: QuestionnaireRow | null;
  /** Once it is drawn. */
  strata: StratumRow[];
  /** Of who was drawn: with an account, in whose tray the invitation lies. */
  reachable: number;
  /** The person who looks may change something of it now. */
  mayRun: boolean;
}

/** The survey of a campaign for its department and for who oversees the city. Nobody's answer is in it, and no enterprise's name. */
export async function surveyDesk(tx: TenantTx, campaignId: string): Promise<SurveyDesk> {
  const desk = await campaignDesk(tx, campaignId);
  const mayRun = desk.mayLead && (desk.campaign.state === 'preparing' || desk.campaign.state === 'scoring');
  const survey = await surveys.findOne(tx, { campaignId: desk.campaign.id });
  if (!survey) return { desk, survey: null, questionnaire: null, strata: [], reachable: 0, mayRun };
  const [questionnaire = null] = await tx.query<QuestionnaireRow>(`SELECT ${QUESTIONNAIRE_COLUMNS} FROM questionnaire q WHERE q.city_id = $1 AND q.id = $2`, [tx.cityId, survey.questionnaireId]);
  const strata = survey.state === 'design' ? [] : await strataOf(tx, survey.id);
  const [{ reachable } = { reachable: 0 }] = await tx.query<{ reachable: number }>(
    `SELECT count(*)::int AS reachable FROM evaluation_survey_invitation i WHERE i.city_id = $1 AND i.survey_id = $2
       AND EXISTS (SELECT 1 FROM account a WHERE a.city_id = $1 AND a.enterprise_id = i.enterprise_id AND a.disabled_at IS NULL)`, [tx.cityId, survey.id]);
  return { desk, survey, questionnaire, strata, reachable, mayRun };
}

export interface PlannedStratum {
  values: (string | null)[];
  frame: number;
  sample: number;
}

/** What a draw of this design would take now, stratum by stratum. */
export async function plannedStrata(tx: TenantTx, frames: SurveyFrames, survey: SurveyRow): Promise<PlannedStratum[]> {
  const strata = stratify(await frames.units(tx, survey.frame, await scopeOf(tx, survey.campaignId)), survey.strataBy);
  const sizes = allocate(strata.map(({ frame }) => frame.length), survey);
  return strata.map(({ values, frame }, at) => ({ values, frame: frame.length, sample: sizes[at] ?? 0 }));
}

export interface DrawProtocol {
  seed: string;
  /** How a unit is sorted: the words for who checks it. */
  rule: 'sha256(seed + "\\n" + id), smallest first';
  drawnAt: string;
  frame: string;
  strataBy: readonly string[];
  /** The draw made again from seed and frame gives who was invited. */
  verified: boolean;
  strata: { no: number; values: (string | null)[]; frameSize: number; sampleSize: number; inclusionProbability: number; frame: string[]; sample: string[] }[];
}

/** Everything that a draw can be repeated from, with the proof that it was done now. */
export async function drawProtocol(tx: TenantTx, campaignId: string): Promise<DrawProtocol> {
  const { desk } = await surveyDesk(tx, campaignId);
  const survey = await surveys.findOne(tx, { campaignId: desk.campaign.id });
  const { seed, drawnAt } = survey ?? {};
  if (!survey || !seed || !drawnAt) throw DomainError.notFound();
  const strata = await tx.query<{ no: number; values: (string | null)[]; frame: string[]; inclusion: number; invited: string[] }>(
    `SELECT s.no, s.profile AS "values", s.frame::text[] AS frame, s.inclusion,
       ARRAY(SELECT i.enterprise_id::text FROM evaluation_survey_invitation i WHERE i.city_id = $1 AND i.survey_id = $2 AND i.stratum_no = s.no) AS invited
     FROM evaluation_survey_stratum s WHERE s.city_id = $1 AND s.survey_id = $2 ORDER BY s.no`, [tx.cityId, survey.id]);
  const again = strata.map(({ no, values, frame, inclusion, invited }) => ({
    no, values, frameSize: frame.length, sampleSize: invited.length, inclusionProbability: inclusion, frame, sample: drawSample(seed, frame, invited.length), invited: new Set(invited),
  }));
  return {
    seed, rule: 'sha256(seed + "\\n" + id), smallest first', drawnAt: drawnAt.toISOString(), frame: survey.frame, strataBy: survey.strataBy,
    verified: again.every(({ sample, invited }) => sample.length === invited.size && sample.every((id) => invited.has(id))), strata: again.map(({ invited: _invited, ...stratum }) => stratum),
  };
}

/** The survey for the reports of its campaign; null where none was drawn. Refuses (`conflict`) while enterprises are still answering. */
export async function surveyEvidence(tx: TenantTx, campaignId: string): Promise<SurveyEvidence | null> {
  const [row] = await tx.query<{ state: string; title: string; closedAt: Date | null; results: SurveyResults | null; mapping: Record<string, string> }>(
    `SELECT s.state, q.title, s.closed_at AS "closedAt", s.results, s.mapping FROM evaluation_survey s JOIN questionnaire q ON q.city_id = s.city_id AND q.id = s.questionnaire_id
     WHERE s.city_id = $1 AND s.campaign_id = $2 FOR SHARE OF s`, [tx.cityId, campaignId]);
  if (row?.state === 'field') throw DomainError.conflict('survey:error.stillInField');
  if (!row?.results || !row.closedAt) return null;
  return { title: row.title, closedAt: row.closedAt.toISOString(), results: row.results, marks: surveyMarks(row.results, row.mapping) };
}

export interface OwnInvitation {
  surveyId: string;
  title: string;
  department: string;
  closesOn: IsoDate;
  state: 'open' | 'answered' | 'over';
}

/** What the enterprise of the person who acts was asked, the newest twenty. Read as the machinery: an invitation is the department's to read, and each enterprise sees its own here. */
export const ownInvitations = (unitOfWork: UnitOfWork, actor: Actor): Promise<OwnInvitation[]> =>
  unitOfWork.run(systemActor(actor.cityId), (tx) => tx.query<OwnInvitation>(
    `SELECT s.id AS "surveyId", q.title, d.name AS department, s.closes_on::text AS "closesOn",
       CASE WHEN i.answered THEN 'answered' WHEN s.state = 'field' AND c.state <> 'cancelled' AND s.closes_on >= ($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date THEN 'open' ELSE 'over' END AS state
     FROM account a JOIN evaluation_survey_invitation i ON i.city_id = a.city_id AND i.enterprise_id = a.enterprise_id JOIN evaluation_survey s ON s.city_id = i.city_id AND s.id = i.survey_id
     JOIN evaluation_campaign c ON c.city_id = s.city_id AND c.id = s.campaign_id JOIN questionnaire q ON q.city_id = s.city_id AND q.id = s.questionnaire_id
     JOIN department d ON d.city_id = s.city_id AND d.id = s.tenant_id
     WHERE a.city_id = $1 AND a.id = $2 ORDER BY s.drawn_at DESC, s.id LIMIT 20`, [tx.cityId, actor.accountId, tx.at]));

export interface SurveyTexts {
  question: string;
  texts: string[];
}

/**
 * What was written in the open questions of a survey that is over, for who leads the campaign: by the alphabet, so that no order tells who wrote when, and none of a question
 * that fewer wrote to than the smallest count that is told.
 */
export async function surveyTexts(tx: TenantTx, { id, questionnaireId, minCell }: SurveyRow): Promise<SurveyTexts[]> {
  const [{ definition } = { definition: null }] = await tx.query<{ definition: Definition | null }>('SELECT definition FROM questionnaire WHERE city_id = $1 AND id = $2', [tx.cityId, questionnaireId]);
  const open = definition ? questionsOf(definition).filter(({ question }) => question.kind === 'text') : [];
  const found: SurveyTexts[] = [];
  for (const { question } of open) {
    const rows = await tx.query<{ text: string }>(
      `SELECT r.answers -> $3 ->> 'text' AS text FROM evaluation_survey_response s JOIN questionnaire_response r ON r.city_id = s.city_id AND r.id = s.response_id
       WHERE s.city_id = $1 AND s.survey_id = $2 AND r.answers -> $3 ->> 'text' IS NOT NULL ORDER BY 1 LIMIT 500`, [tx.cityId, id, question.id]);
    if (rows.length >= minCell) found.push({ question: question.text, texts: rows.map(({ text }) => text) });
  }
  return found;
}
