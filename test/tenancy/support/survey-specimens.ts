import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

const asking = (text: string) => ({ v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: [{ id: 'q1', kind: 'text', text, help: null, required: false, askedIf: null, max: 100 }] }] });
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A survey in design of the campaign in preparation, and one in the field of the campaign that is marked, with an invitation to answer, and an answer. */
export async function surveySpecimens(insert: Insert, { key, cityId, staff, enterprises, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const questionnaire = (name: string, state: 'draft' | 'live'): Promise<string> => insert('questionnaire', {
    id: newId(), title: '企业问卷', definition: asking(state === 'draft' ? secret : '有何建议？'), state, token: hashOf(`${cityId}${key}${name}`).slice(0, 10), created_by: staff['evaluator'], created_at: at, ...(state === 'live' ? { live_at: at } : {}),
  });
  const survey = { frame: 'register', strata_by: JSON.stringify(['industry']), allocation: 'fixed', size: 5, minimum: 2, min_cell: 5, mapping: {} };
  ids['survey.design'] = await insert('evaluation_survey', { id: newId(), campaign_id: ids['campaign.preparing'], questionnaire_id: await questionnaire('survey.design', 'draft'), ...survey, state: 'design' });
  const live = await questionnaire('survey.field', 'live');
  const frame = enterprises.map(({ enterpriseId }) => enterpriseId);
  ids['survey.field'] = await insert('evaluation_survey', {
    id: newId(), campaign_id: ids['campaign.scoring'], questionnaire_id: live, ...survey, state: 'field', seed: hashOf(secret), frame_size: frame.length, sample_size: 1, drawn_at: at, drawn_by: staff['evaluator'], closes_on: '2026-12-31',
  });
  await insert('evaluation_survey_stratum', { survey_id: ids['survey.field'], no: 1, profile: JSON.stringify([secret]), frame, frame_size: frame.length, sample_size: 1 });
  // The second enterprise was not drawn.
  const open = await insert('evaluation_survey_invitation', { id: newId(), survey_id: ids['survey.field'], stratum_no: 1, enterprise_id: frame[0], answered: false });
  ids['survey.token'] = hashOf(`${cityId}${key}token`).slice(0, 27);
  await insert('evaluation_survey_token', { invitation_id: open, way: 'account', token_hash: hashOf(ids['survey.token']), issued_at: at });
  const response = await insert('questionnaire_response', { id: newId(), questionnaire_id: live, answers: { q1: { text: secret } }, idempotency_key: hashOf(`${key}survey`), received_at: at });
  await insert('evaluation_survey_response', { response_id: response, survey_id: ids['survey.field'], stratum_no: 1 });
}
