import type { Register } from './entry';

const draft = ['consultation', 'questionnaire.draft'];
const seen = { seen: '1' };

export const QUESTIONNAIRES: Register = {
  'GET /console/consultations/:id/questionnaires': { as: 'drafter', path: ['consultation'], ok: 200 },
  'POST /console/consultations/:id/questionnaires': { as: 'drafter', path: ['consultation'], body: { title: '问卷' }, ok: 303 },
  'GET /console/consultations/:id/questionnaires/:questionnaire': { as: 'drafter', path: draft, ok: 200 },
  'GET /console/consultations/:id/questionnaires/:questionnaire/preview': { as: 'drafter', path: draft, ok: 200 },
  'GET /console/consultations/:id/questionnaires/:questionnaire/items/:item': { as: 'drafter', path: [...draft, '=q1'], ok: 200 },
  'POST /console/consultations/:id/questionnaires/:questionnaire/items/:item': { as: 'drafter', path: [...draft, '=q1'], body: { ...seen, text: '有何建议？', max: '100' }, ok: 303 },
  'POST /console/consultations/:id/questionnaires/:questionnaire/settings': { as: 'drafter', path: draft, body: { seen: '2', title: '问卷' }, ok: 303 },
  'POST /console/consultations/:id/questionnaires/:questionnaire/change': { as: 'drafter', path: draft, body: { seen: '3', act: 'addQuestion', id: 's1', kind: 'scale' }, ok: 303 },
  // First the live one ends, as there is one of a consultation at most.
  'GET /:city/q/:token': { shown: ['questionnaire.token'], hidden: ['questionnaire.draft.token'], ok: 200 },
  'POST /:city/q/:token': { shown: ['questionnaire.token'], hidden: ['questionnaire.draft.token'], body: { _shown: 'q1', a_q1: '建议明确期限。' }, ok: 303 },
  'GET /:city/q/:token/poster': { shown: ['questionnaire.token'], hidden: ['questionnaire.draft.token'], ok: 200 },
  'GET /:city/q/:token/qr.svg': { shown: ['questionnaire.token'], hidden: ['questionnaire.draft.token'], ok: 200 },
  'POST /console/consultations/:id/questionnaires/:questionnaire/close': { as: 'drafter', path: ['consultation', 'questionnaire'], ok: 303 },
  'POST /console/consultations/:id/questionnaires/:questionnaire/live': { as: 'drafter', path: ['consultation', 'questionnaire.ready'], body: seen, ok: 303 },
};
