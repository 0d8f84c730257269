import { list, type Register } from './entry';

const application = { title: '项目', summary: '摘要', amountYuan: '1000', action: 'save' };
const call = {
  title: '申报', guide: '指南', budgetYuan: '10000', perAwardMaxYuan: '1000', opensAt: '2026-06-10T09:00', closesAt: '2026-07-20T18:00', answerBy: '2026-10-01', conditions: '',
  criteria: '水平 100', expertsNeeded: '3', divergenceThreshold: '20', noticeWorkingDays: '7',
};
const payment = { instalment: 1, voucher: 'V-1' };
const draw = { seedSource: '示例数字第一期', seedAvailableAt: '2026-06-05T21:30', recusedExpert: '{expert}', recusalReason: '同事' };
const objection = { decisionId: '{decision}', text: '该项目重复申报，请核查清楚。' };
const RIVAL = { rival: 'enterprise.other' } as const;
const EXPERT = { rival: 'expert.other' } as const;

export const FUNDING: Register = {
  'GET /console/funds': list('fund_manager'),
  'GET /console/policies/:id/funding': { as: 'fund_manager', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/funding/programmes': { as: 'fund_manager', path: ['policy.published'], body: { title: '专项', clauseIdentity: '{clause.published}' }, ok: 422, why: 'the specimen names no version as current' },
  'GET /console/policies/:id/funding/programmes/:programmeId/call': { as: 'fund_manager', path: ['policy.published', 'programme'], ok: 200 },
  'POST /console/policies/:id/funding/programmes/:programmeId/call': { as: 'fund_manager', path: ['policy.published', 'programme'], body: call, ok: 303 },
  'GET /console/calls/:id': { as: 'fund_manager', path: ['call.draft'], ok: 200 },
  'POST /console/calls/:id/open': { as: 'fund_manager', path: ['call.draft'], ok: 303 },
  'POST /console/calls/:id/close': { as: 'fund_manager', path: ['call.open'], ok: 409, why: 'its time runs' },
  'POST /console/calls/:id/end': { as: 'fund_manager', path: ['call.closed'], body: { reason: '无人申报' }, ok: 409, why: 'it has applications' },
  'GET /console/calls/:id/applications/:applicationId': { as: 'fund_manager', path: ['call.open', 'application'], ok: 200 },
  'POST /console/calls/:id/applications/:applicationId/reroute': {
    as: 'fund_manager', path: ['call.open', 'application'], body: { targetCallId: '{call.draft}', reason: '更合适' }, ok: 303,
  },
  'POST /console/calls/:id/applications/:applicationId/check': { as: 'fund_manager', path: ['call.open', 'application'], body: { outcome: 'correction', findings: '补材料' }, ok: 409, why: 'another call was offered' },
  'POST /console/calls/:id/draw': { as: 'fund_manager', path: ['call.closed'], body: draw, ok: 409, why: 'an application is unchecked' },
  'POST /console/calls/:id/seed': { as: 'fund_manager', path: ['call.closed'], body: { seed: '1 2 3' }, ok: 409, why: 'no draw was committed' },
  'POST /console/calls/:id/reviews': { as: 'fund_manager', path: ['call.closed'], ok: 409, why: 'no draw was committed' },
  'POST /console/calls/:id/next-expert': { as: 'fund_manager', path: ['call.reviewing'], body: { applicationId: '{application.accepted}' }, ok: 409, why: 'none is needed' },
  'POST /console/calls/:id/decision': {
    as: 'department_head', path: ['call.reviewing'], body: { applicationId: '{application.accepted}', amountYuan: '100', reason: '同意' }, ok: 409, why: 'the review is not over',
  },
  'POST /console/calls/:id/notice': { as: 'fund_manager', path: ['call.decided'], ok: 303 },
  'POST /console/calls/:id/objections/:objectionId': { as: 'fund_manager', path: ['call.noticed', 'objection'], body: { upheld: 'no', answer: '已经核查，异议不成立。' }, ok: 303 },
  'POST /console/calls/:id/awards': { as: 'department_head', path: ['call.noticed'], ok: 409, why: 'the notice runs' },
  'POST /console/calls/:id/payments': { as: 'finance_officer', path: ['call.awarded'], body: { ...payment, awardId: '{award}', amountYuan: '100' }, ok: 303 },
  'POST /api/v1/awards/:id/payments': { as: 'finance_officer', path: ['award'], body: { ...payment, amountFen: 10_000 }, ok: 409, why: 'paid on the page already' },

  'GET /console/reviews': list('expert'),
  'GET /console/reviews/:id': { as: 'expert', path: ['review'], ok: 200, ...EXPERT },
  'POST /console/reviews/:id/declaration': { as: 'expert', path: ['review'], body: { conflict: 'no' }, ok: 303, ...EXPERT },
  'POST /console/reviews/:id/score': { as: 'expert', path: ['review'], body: { score: ['50', '30'], comment: '可行，进度安排合理，团队有基础。' }, ok: 303, ...EXPERT },

  'GET /:city/my/applications': list('enterprise'),
  'GET /api/v1/my/applications': list('enterprise'),
  'GET /:city/my/applications/:id': { as: 'enterprise', path: ['application.draft'], ok: 200, ...RIVAL },
  'GET /api/v1/my/applications/:id': { as: 'enterprise', path: ['application.draft'], ok: 200, ...RIVAL },
  'POST /:city/my/applications/:id/reroute': { as: 'enterprise', path: ['application.rerouting'], body: { answer: 'decline' }, ok: 303, ...RIVAL },
  'POST /api/v1/my/applications/:id/reroute': { as: 'enterprise', path: ['application.rerouting'], body: { accept: false }, ok: 409, why: 'answered on the page already', ...RIVAL },
  'POST /:city/my/applications/:id/withdraw': { as: 'enterprise', path: ['application.withdrawable'], ok: 303, ...RIVAL },
  'POST /api/v1/my/applications/:id/submission': { as: 'enterprise', path: ['application.draft'], ok: 409, why: 'its call is decided', ...RIVAL },

  'GET /:city/funds': { open: 'the city\'s public calls' },
  'GET /:city/calls/:id': { shown: ['call.open'], hidden: ['call.draft'], ok: 200 },
  'GET /:city/calls/:id/apply': { as: 'enterprise', path: ['call.open'], ok: 200, except: { neighbour: 'an open call is for every enterprise of the city' }, ...RIVAL },
  'POST /:city/calls/:id/apply': { as: 'enterprise', path: ['call.open'], body: application, ok: 409, why: 'applied already', except: { neighbour: 'an open call is for every enterprise of the city' }, ...RIVAL },
  'PUT /api/v1/calls/:id/application': {
    as: 'enterprise', path: ['call.open'], body: { title: '项目', summary: '摘要', amountFen: 1000 }, ok: 409, why: 'applied already', except: { neighbour: 'an open call is for every enterprise of the city' }, ...RIVAL,
  },
  'GET /:city/calls/:id/draw': { shown: ['shown.call'], hidden: ['call.draft'], ok: 200 },
  'GET /:city/calls/:id/draw/commitment': { shown: ['shown.call'], hidden: ['call.draft'], ok: 200 },
  'GET /:city/calls/:id/notice': { shown: ['shown.call'], hidden: ['call.draft'], ok: 200 },
  'POST /:city/calls/:id/objections': { as: 'enterprise', path: ['call.noticed'], body: objection, ok: 303, except: { neighbour: 'a running notice is for everybody of the city' }, ...RIVAL },
  'GET /api/v1/cities/:city/calls': { open: 'the city\'s public calls' },
  'GET /api/v1/cities/:city/calls/:id': { shown: ['call.open'], hidden: ['call.draft'], ok: 200 },
  'GET /api/v1/cities/:city/calls/:id/draw': { shown: ['shown.call'], hidden: ['call.draft'], ok: 200 },
  'GET /api/v1/cities/:city/calls/:id/notice': { shown: ['shown.call'], hidden: ['call.draft'], ok: 200 },
};
