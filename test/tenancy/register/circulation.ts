import { list, type Register } from './entry';

const handling = { disposition: 'not_adopted', reason: '已有规定。' };
const meeting = { level: 'departments', heldOn: '2026-06-01', participants: '两局', outcome: 'unresolved', minutes: '没有一致。' };
const reply = { stance: 'no_comment', seen: 0 };
const letter = { letter: '请回复。', departmentIds: '{department}', workingDays: 5 };

export const CIRCULATION: Register = {
  'GET /console/circulations': list('drafter'),
  'GET /api/v1/circulations': list('drafter'),
  'GET /console/circulations/:circulationId': { as: 'drafter', path: ['circulation.asked'], ok: 200 },
  'GET /api/v1/circulations/:circulationId': { as: 'drafter', path: ['circulation.asked'], ok: 200 },
  'POST /console/circulations/:circulationId/reply': { as: 'drafter', path: ['circulation.waiting'], body: reply, ok: 303 },
  'PUT /api/v1/circulations/:circulationId/reply': { as: 'drafter', path: ['circulation.waiting'], body: reply, ok: 409, why: 'saved on the page already' },
  'POST /console/circulations/:circulationId/signature': { as: 'department_head', path: ['circulation.waiting'], body: { seen: 1 }, ok: 303 },
  'POST /api/v1/circulations/:circulationId/signature': { as: 'department_head', path: ['circulation.waiting'], body: { seen: 1 }, ok: 409, why: 'signed on the page already' },
  'POST /console/circulations/:circulationId/coordination/:coordinationId': { as: 'department_head', path: ['circulation.asked', 'coordination.ours'], body: { answer: 'denied' }, ok: 303 },
  'POST /api/v1/circulations/:circulationId/coordination/:coordinationId': { as: 'department_head', path: ['circulation.asked', 'coordination.ours'], body: { answer: 'denied' }, ok: 409, why: 'answered on the page already' },
  'GET /console/policies/:id/circulation': { as: 'drafter', path: ['policy.circulated'], ok: 200 },
  'GET /api/v1/policies/:id/circulations': { as: 'drafter', path: ['policy.circulated'], ok: 200 },
  'GET /console/policies/:id/circulation/table': { as: 'drafter', path: ['policy.circulated'], ok: 200 },
  'GET /console/policies/:id/circulation/table.csv': { as: 'drafter', path: ['policy.circulated'], ok: 200 },
  'POST /console/policies/:id/circulation': { as: 'drafter', path: ['policy.circulated'], body: letter, ok: 409, why: 'one is open' },
  'POST /api/v1/policies/:id/circulations': { as: 'drafter', path: ['policy.circulated'], body: letter, ok: 409, why: 'one is open' },
  'GET /console/policies/:id/circulation/opinions/:opinionId': { as: 'drafter', path: ['policy.circulated', 'circulation.opinion'], ok: 200 },
  'POST /console/policies/:id/circulation/opinions/:opinionId': { as: 'drafter', path: ['policy.circulated', 'circulation.opinion'], body: handling, ok: 303 },
  'PUT /api/v1/policies/:id/circulations/opinions/:opinionId': { as: 'drafter', path: ['policy.circulated', 'circulation.opinion'], body: handling, ok: 204 },
  'GET /console/policies/:id/circulation/replies/:replyId': { as: 'drafter', path: ['policy.circulated', 'circulation.reply'], ok: 200 },
  'POST /console/policies/:id/circulation/replies/:replyId': { as: 'drafter', path: ['policy.circulated', 'circulation.reply'], body: meeting, ok: 303 },
  'POST /api/v1/policies/:id/circulations/replies/:replyId/coordination': { as: 'drafter', path: ['policy.circulated', 'circulation.reply'], body: meeting, ok: 201 },
  'POST /console/policies/:id/circulation/closure': { as: 'drafter', path: ['policy.circulated'], ok: 303 },
  'POST /api/v1/policies/:id/circulations/closure': { as: 'drafter', path: ['policy.circulated'], ok: 409, why: 'closed on the page already' },
};
