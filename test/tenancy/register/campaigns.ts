import { list, type Register } from './entry';

const opening = { title: '评估', trigger: 'decision', reason: '决定', periodFrom: '2026-01-01', periodTo: '2026-05-31', policyIds: ['{policy.issued}'] };
const words = { rowVersion: '1', action: 'save', process: '过程', practice: '情况', problems: '问题', advice: '建议', reason: '理由', conclusion: 'keep', nextReviewOn: '2028-06-01', clause: [''], proposal: [''], clauseReason: [''] };
const indicators = {
  rowVersion: '1', key: ['effective'], name: ['实效性'], question: ['目的实现了多少？'], weight: ['100'], max: ['10'], sides: ['0:department', '0:authority', '0:enterprises', '0:public', '0:expert'],
  side_department: '20', side_authority: '20', side_enterprises: '30', side_public: '15', side_expert: '15',
};
const sheet = { rowVersion: '0', action: 'save', basis: 'judgement', key: ['effective'], score: ['7'], note: ['有用'], surveyTitle: '', surveyAsked: '', surveyAnswered: '', remark: '' };
const setBody = {
  rowVersion: 1, indicators: [{ key: 'effective', name: '实效性', question: '目的实现了多少？', weight: 100, max: 10, sides: ['department', 'authority', 'enterprises', 'public', 'expert'] }],
  sideWeights: { department: 20, authority: 20, enterprises: 30, public: 15, expert: 15 },
};
const marksBody = { rowVersion: 0, submit: false, basis: 'judgement', marks: [{ key: 'effective', score: 7, note: '有用' }] };
const reportBody = { rowVersion: 1, submit: false, sections: { process: '过程', practice: '情况', problems: '问题', advice: '建议' }, reason: '理由', conclusion: 'keep', nextReviewOn: '2028-06-01' };
/** Anybody of the city may be asked, so nobody's id here is a department's secret; who may not is in the campaign's own tests. */
const NOBODY = '01a00000-0000-7000-8000-000000000000';

export const CAMPAIGNS: Register = {
  'GET /console/evaluation-campaigns': list('evaluator'),
  'GET /api/v1/evaluation-campaigns': list('evaluator'),
  'GET /api/v1/evaluation-proposals': list('evaluator'),
  'GET /console/evaluation-campaigns/new': list('evaluator'),
  'GET /console/assessments': { open: 'leads to one\'s own list', as: 'evaluator' },
  'GET /:city/assessments': { open: 'lists what the person was asked to judge', as: 'enterprise' },
  'POST /console/evaluation-campaigns': { as: 'evaluator', path: [], body: opening, ok: 409, why: 'a report on this policy is under way' },
  'GET /console/evaluation-campaigns/:id': { as: 'evaluator', path: ['campaign.preparing'], ok: 200 },
  'GET /api/v1/evaluation-campaigns/:id': { as: 'evaluator', path: ['campaign.preparing'], ok: 200 },
  'GET /console/evaluation-campaigns/:id/indicators': { as: 'evaluator', path: ['campaign.preparing'], ok: 200 },
  'POST /console/evaluation-campaigns/:id/indicators': { as: 'evaluator', path: ['campaign.preparing'], body: indicators, ok: 303 },
  'GET /console/evaluation-campaigns/:id/assessors': { as: 'evaluator', path: ['campaign.preparing'], ok: 200 },
  'POST /console/evaluation-campaigns/:id/assessors': { as: 'evaluator', path: ['campaign.preparing'], body: { side: 'department', accountId: NOBODY }, ok: 404, why: 'nobody has that id' },
  'POST /console/evaluation-campaigns/:id/assessors/:assessorId/remove': { as: 'evaluator', path: ['campaign.preparing', 'assessor.removable'], ok: 303 },
  'POST /console/evaluation-campaigns/:id/start': { as: 'evaluator', path: ['campaign.preparing'], body: { closesOn: '2026-12-31' }, ok: 422, why: 'no side has anybody' },
  'POST /console/evaluation-campaigns/:id/close': { as: 'evaluator', path: ['campaign.scoring'], ok: 409, why: 'nobody has handed anything in' },
  'GET /:city/assessments/:campaignId/:policyId': { as: 'enterprise', path: ['campaign.scoring', 'policy.scored'], ok: 200 },
  'POST /:city/assessments/:campaignId/:policyId': { as: 'enterprise', path: ['campaign.scoring', 'policy.scored'], body: sheet, ok: 303 },
  'POST /console/evaluation-campaigns/:id/cancel': { as: 'evaluator', path: ['campaign.preparing'], body: { cancelReason: '并案' }, ok: 303 },
  'GET /api/v1/assessments': { open: 'lists what the person was asked to judge', as: 'enterprise' },
  'POST /api/v1/evaluation-campaigns': { as: 'evaluator', path: [], body: opening, ok: 409, why: 'a report on this policy is under way' },
  'PUT /api/v1/evaluation-campaigns/:id/indicators': { as: 'evaluator', path: ['campaign.preparing'], body: setBody, ok: 409, why: 'the campaign has been given up' },
  'POST /api/v1/evaluation-campaigns/:id/assessors': { as: 'evaluator', path: ['campaign.preparing'], body: { side: 'department', accountId: NOBODY }, ok: 409, why: 'the campaign has been given up' },
  'POST /api/v1/evaluation-campaigns/:id/assessors/:assessorId/removal': { as: 'evaluator', path: ['campaign.preparing', 'assessor.removable'], ok: 409, why: 'the campaign has been given up' },
  'POST /api/v1/evaluation-campaigns/:id/scoring': { as: 'evaluator', path: ['campaign.preparing'], body: { closesOn: '2026-12-31' }, ok: 409, why: 'the campaign has been given up' },
  'POST /api/v1/evaluation-campaigns/:id/close': { as: 'evaluator', path: ['campaign.scoring'], ok: 409, why: 'nobody has handed anything in' },
  'POST /api/v1/evaluation-campaigns/:id/cancellation': { as: 'evaluator', path: ['campaign.preparing'], body: { cancelReason: '并案' }, ok: 409, why: 'the campaign has been given up' },
  'GET /api/v1/assessments/:campaignId/:policyId': { as: 'enterprise', path: ['campaign.scoring', 'policy.scored'], ok: 200 },
  'PUT /api/v1/assessments/:campaignId/:policyId': { as: 'enterprise', path: ['campaign.scoring', 'policy.scored'], body: marksBody, ok: 409, why: 'a sheet is begun, and this one has not seen it' },
  'GET /console/evaluation-reports/:reportId': { as: 'evaluator', path: ['report.campaign'], ok: 200 },
  'GET /api/v1/evaluation-reports/:reportId': { as: 'evaluator', path: ['report.campaign'], ok: 200 },
  'GET /console/evaluation-reports/:reportId/report.pdf': { as: 'evaluator', path: ['report.campaign'], ok: 200 },
  'GET /console/evaluation-reports/:reportId/report.docx': { as: 'evaluator', path: ['report.campaign'], ok: 200 },
  'POST /console/evaluation-reports/:reportId': { as: 'evaluator', path: ['report.campaign'], body: words, ok: 409, why: 'it is handed in' },
  'POST /console/evaluation-reports/:reportId/return': { as: 'department_head', path: ['report.campaign'], body: { edition: '1', returnReason: '补充' }, ok: 303 },
  'POST /console/evaluation-reports/:reportId/publish': { as: 'department_head', path: ['report.campaign'], body: { edition: '1' }, ok: 409, why: 'returned already' },
  'PUT /api/v1/evaluation-reports/:reportId': { as: 'evaluator', path: ['report.campaign'], body: reportBody, ok: 409, why: 'it is handed in' },
  'POST /api/v1/evaluation-reports/:reportId/return': { as: 'department_head', path: ['report.campaign'], body: { edition: 1, returnReason: '补充' }, ok: 409, why: 'returned already' },
  'POST /api/v1/evaluation-reports/:reportId/publication': { as: 'department_head', path: ['report.campaign'], body: { edition: 1 }, ok: 409, why: 'returned already' },
  'GET /:city/evaluations/:id/report.pdf': { shown: ['shown.campaign'], hidden: ['report.campaign'], ok: 200 },
  'GET /:city/evaluations/:id/report.docx': { shown: ['shown.campaign'], hidden: ['report.campaign'], ok: 200 },
  'GET /api/v1/cities/:city/evaluations/:id/campaign': { shown: ['shown.campaign'], hidden: ['report.campaign'], ok: 200 },
};
