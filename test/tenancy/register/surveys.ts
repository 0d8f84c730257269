import type { Register } from './entry';

const OWN = 'lists what the person\'s own enterprise was asked';
const design = ['campaign.preparing'];
const field = ['campaign.scoring'];
const plan = { frame: 'register', strataBy: ['industry'], allocation: 'fixed', size: '5', minimum: '2', minCell: '5' };

/** Before the campaigns' own routes, as one of those gives up the campaign in preparation. */
export const SURVEYS: Register = {
  'GET /console/evaluation-campaigns/:id/survey': { as: 'evaluator', path: design, ok: 200 },
  'GET /api/v1/evaluation-campaigns/:id/survey': { as: 'evaluator', path: field, ok: 200 },
  'POST /console/evaluation-campaigns/:id/survey': { as: 'evaluator', path: design, body: { title: '企业问卷' }, ok: 409, why: 'it has one' },
  'POST /console/evaluation-campaigns/:id/survey/design': { as: 'evaluator', path: design, body: { ...plan, rowVersion: '1' }, ok: 303 },
  'GET /console/evaluation-campaigns/:id/survey/questionnaire': { as: 'evaluator', path: design, ok: 200 },
  'GET /console/evaluation-campaigns/:id/survey/questionnaire/preview': { as: 'evaluator', path: design, ok: 200 },
  'GET /console/evaluation-campaigns/:id/survey/questionnaire/items/:item': { as: 'evaluator', path: [...design, '=q1'], ok: 200 },
  'POST /console/evaluation-campaigns/:id/survey/questionnaire/items/:item': { as: 'evaluator', path: [...design, '=q1'], body: { seen: '1', text: '有何建议？', max: '100' }, ok: 303 },
  'POST /console/evaluation-campaigns/:id/survey/questionnaire/settings': { as: 'evaluator', path: design, body: { seen: '2', title: '企业问卷' }, ok: 303 },
  'POST /console/evaluation-campaigns/:id/survey/questionnaire/change': { as: 'evaluator', path: design, body: { seen: '3', act: 'addQuestion', id: 's1', kind: 'scale' }, ok: 303 },
  'POST /console/evaluation-campaigns/:id/survey/draw': { as: 'evaluator', path: design, body: { rowVersion: '2', closesOn: '2000-01-01' }, ok: 422, why: 'that day is past' },
  'GET /console/evaluation-campaigns/:id/survey/draw.json': { as: 'evaluator', path: field, ok: 200 },
  'POST /console/evaluation-campaigns/:id/survey/links': { as: 'evaluator', path: field, ok: 201 },
  'GET /:city/survey/:token': { shown: ['survey.token'], hidden: ['campaign.scoring'], ok: 200 },
  'POST /:city/survey/:token': { shown: ['survey.token'], hidden: ['campaign.scoring'], body: { _key: '01a00000-0000-7000-8000-00000000000a', _shown: 'q1', a_q1: '建议明确期限。' }, ok: 303 },
  'POST /console/evaluation-campaigns/:id/survey/close': { as: 'evaluator', path: field, ok: 303 },
  'GET /console/evaluation-campaigns/:id/survey/results.csv': { as: 'evaluator', path: field, ok: 200 },
  'GET /:city/surveys': { open: OWN, as: 'enterprise' },
  'POST /:city/surveys/:surveyId/enter': { as: 'enterprise', path: ['survey.field'], ok: 409, why: 'it is closed by then', rival: 'enterprise.other' },
};
