import { list, type Register } from './entry';

const policy = { kind: 'normative_document', title: '新政策', summary: '', responsibleId: '{account}', topics: '', audience: '' };
const signature = { conclusion: 'lawful', opinion: '符合法律规定。' };
const argued = { view: 'feasible', opinion: '可行。' };
const facts = { technical: true, issuer: 'department' };
const plan = { year: 2027, kind: 'revise', title: '修订', reason: '评估建议修改', targetPolicyId: '{policy.published}' };
const draft = { seen: 1, text: '第一条 为了测试，制定本办法。', draftingNote: '说明。' };
const publication = { effectiveFrom: '2026-07-01', replaces: '{policy.published}' };
const invitation = { departmentId: '{department}', capacity: 'legal_review' };
const NO_TEXT = 'the specimen has no text to go on with';

export const DRAFTING: Register = {
  'GET /console/plan': list('drafter'),
  'GET /api/v1/plan-items': list('drafter'),
  'POST /console/plan': { as: 'drafter', path: [], body: plan, ok: 303 },
  'POST /api/v1/plan-items': { as: 'drafter', path: [], body: plan, ok: 201 },
  'POST /console/plan/:id/decision': { as: 'department_head', path: ['plan.proposed'], body: { decision: 'approve' }, ok: 303 },
  'POST /api/v1/plan-items/:id/decision': { as: 'department_head', path: ['plan.proposed'], body: { decision: 'approve' }, ok: 409, why: 'decided on the page already' },
  'GET /console/plan/:id/policy': { as: 'drafter', path: ['plan.approved'], ok: 200 },
  'POST /console/plan/:id/policy': { as: 'drafter', path: ['plan.approved'], body: { ...policy, affectsMarket: 'on' }, ok: 303 },
  'GET /console/policies': list('drafter'),
  'GET /api/v1/policies': list('drafter'),
  'POST /api/v1/policies': { as: 'drafter', path: [], body: { ...policy, affectsMarket: true, planItemId: '{plan.approved}' }, ok: 409, why: 'made on the page already' },
  'GET /console/policies/:id': { as: 'drafter', path: ['policy.drafting'], query: 'version={version.drafting}', ok: 200 },
  'GET /api/v1/policies/:id': { as: 'drafter', path: ['policy.drafting'], query: 'version={version.drafting}', ok: 200 },
  'GET /console/policies/:id/record': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'GET /console/policies/:id/dockets': { as: 'legal_reviewer', path: ['policy.reviewing'], ok: 200 },
  'GET /api/v1/policies/:id/dockets': { as: 'legal_reviewer', path: ['policy.reviewing'], ok: 200 },
  'GET /console/policies/:id/dockets/:docketId': { as: 'legal_reviewer', path: ['policy.reviewing', 'docket'], ok: 200 },
  'POST /console/policies/:id/dockets/:docketId': { as: 'legal_reviewer', path: ['policy.reviewing', 'docket'], body: signature, ok: 303 },
  'POST /api/v1/policies/:id/dockets/:docketId': { as: 'legal_reviewer', path: ['policy.reviewing', 'docket'], body: signature, ok: 409, why: 'signed on the page already' },
  'POST /console/policies/:id/dockets/:docketId/reviewer': { as: 'department_head', path: ['policy.reviewing', 'docket.argument'], body: { reviewerId: '{convener}' }, ok: 303 },
  'POST /api/v1/policies/:id/dockets/:docketId/reviewer': { as: 'department_head', path: ['policy.reviewing', 'docket.argument'], body: { reviewerId: '{convener}' }, ok: 422, why: 'naming anew takes a reason' },
  'POST /console/policies/:id/dockets/:docketId/experts': { as: 'argument_convener', path: ['policy.reviewing', 'docket.argument'], body: { accountId: '{account}' }, ok: 422, why: 'a drafter is no expert' },
  'POST /api/v1/policies/:id/dockets/:docketId/experts': { as: 'argument_convener', path: ['policy.reviewing', 'docket.argument'], body: { accountId: '{account}' }, ok: 422, why: 'a drafter is no expert' },
  'GET /console/policies/:id/materials': { as: 'legal_reviewer', path: ['policy.reviewing'], ok: 200 },
  'GET /api/v1/policies/:id/materials': { as: 'legal_reviewer', path: ['policy.reviewing'], ok: 200 },
  'GET /console/policies/:id/materials/:attachmentId': { as: 'legal_reviewer', path: ['policy.reviewing', 'attachment'], ok: 200 },
  'POST /console/policies/:id/materials': { as: 'drafter', path: ['policy.drafting'], body: { kind: 'basis' }, ok: 422, why: 'no file is sent' },
  'POST /api/v1/policies/:id/materials': { as: 'drafter', path: ['policy.drafting'], body: { kind: 'basis' }, ok: 422, why: 'no file is sent' },
  'POST /console/policies/:id/facts': { as: 'drafter', path: ['policy.drafting'], body: facts, ok: 303 },
  'PUT /api/v1/policies/:id/facts': { as: 'drafter', path: ['policy.drafting'], body: facts, ok: 204 },
  'GET /console/arguments': list('expert'),
  'GET /api/v1/arguments': list('expert'),
  'GET /console/arguments/:seatId': { as: 'expert', path: ['seat'], rival: 'expert.other', ok: 200 },
  'GET /console/arguments/:seatId/materials/:attachmentId': { as: 'expert', path: ['seat', 'attachment'], rival: 'expert.other', ok: 200 },
  'POST /console/arguments/:seatId/declaration': { as: 'expert', path: ['seat'], rival: 'expert.other', body: { interest: 'no' }, ok: 303 },
  'POST /api/v1/arguments/:seatId/declaration': { as: 'expert', path: ['seat'], rival: 'expert.other', body: { interest: 'no' }, ok: 409, why: 'declared on the page already' },
  'POST /console/arguments/:seatId/opinion': { as: 'expert', path: ['seat'], rival: 'expert.other', body: argued, ok: 303 },
  'POST /api/v1/arguments/:seatId/opinion': { as: 'expert', path: ['seat'], rival: 'expert.other', body: argued, ok: 409, why: 'signed on the page already' },
  'POST /console/policies/:id/participants': { as: 'drafter', path: ['policy.reviewing'], body: invitation, ok: 422, why: 'a department does not invite itself' },
  'POST /api/v1/policies/:id/participants': { as: 'drafter', path: ['policy.reviewing'], body: invitation, ok: 422, why: 'a department does not invite itself' },
  'POST /console/policies/:id/start': { as: 'drafter', path: ['policy.planned'], ok: 409, why: 'no approved plan item' },
  'POST /api/v1/policies/:id/start': { as: 'drafter', path: ['policy.planned'], ok: 409, why: 'no approved plan item' },
  'GET /console/policies/:id/edit': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/edit': { as: 'drafter', path: ['policy.drafting'], body: { ...draft, action: 'save' }, ok: 303 },
  'PUT /api/v1/policies/:id/draft': { as: 'drafter', path: ['policy.drafting'], body: { ...draft, seen: 2 }, ok: 200 },
  'POST /api/v1/policies/:id/versions': { as: 'drafter', path: ['policy.drafting'], body: { seen: 3 }, ok: 201 },
  'POST /console/policies/:id/revision': { as: 'drafter', path: ['policy.reviewing'], body: { reviseReason: '修改' }, ok: 303 },
  'POST /api/v1/policies/:id/revision': { as: 'drafter', path: ['policy.reviewing'], body: { reviseReason: '修改' }, ok: 409, why: 'open already' },
  'POST /console/policies/:id/review': { as: 'drafter', path: ['policy.drafting'], ok: 409, why: NO_TEXT },
  'POST /api/v1/policies/:id/review': { as: 'drafter', path: ['policy.drafting'], ok: 409, why: NO_TEXT },
  'POST /console/policies/:id/deliberation': { as: 'drafter', path: ['policy.drafting'], ok: 409, why: 'not reviewed' },
  'POST /api/v1/policies/:id/deliberation': { as: 'drafter', path: ['policy.drafting'], ok: 409, why: 'not reviewed' },
  'POST /console/policies/:id/approval': { as: 'department_head', path: ['policy.reviewing'], body: { statement: '同意' }, ok: 409, why: 'not deliberated' },
  'POST /api/v1/policies/:id/approval': { as: 'department_head', path: ['policy.reviewing'], body: { statement: '同意' }, ok: 409, why: 'not deliberated' },
  'POST /console/policies/:id/publication': { as: 'registrar', path: ['policy.approved'], body: publication, ok: 409, why: 'not deliberated' },
  'POST /api/v1/policies/:id/publication': { as: 'registrar', path: ['policy.approved'], body: publication, ok: 409, why: 'not deliberated' },
  'POST /console/policies/:id/withdrawal': { as: 'department_head', path: ['policy.planned'], body: { withdrawReason: '不再需要' }, ok: 303 },
  'POST /api/v1/policies/:id/withdrawal': { as: 'department_head', path: ['policy.planned'], body: { withdrawReason: '不再需要' }, ok: 409, why: 'withdrawn already' },
};
