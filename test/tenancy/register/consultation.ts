import { list, type Register } from './entry';

const answer = { disposition: 'adopted', reason: '采纳。', adoptedIdentity: '{clause.consulting}' };
const opinion = { text: '建议明确期限。', stance: 'suggest' };

export const CONSULTATION: Register = {
  'GET /console/consultations': list('drafter'),
  'GET /console/policies/:id/consultation': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/consultation': { as: 'drafter', path: ['policy.drafting'], body: { purpose: '征求意见', lastDay: '2026-07-31' }, ok: 303 },
  'POST /console/policies/:id/consultation/:consultation/extend': { as: 'drafter', path: ['policy.consulting', 'consultation'], body: { lastDay: '2026-08-31', notice: '延长' }, ok: 303 },
  'POST /console/policies/:id/consultation/:consultation/close': { as: 'drafter', path: ['policy.consulting', 'consultation'], ok: 409, why: 'the window is open' },
  'POST /console/policies/:id/consultation/:consultation/approve': { as: 'department_head', path: ['policy.consulting', 'consultation'], body: { answerIds: '{answer}' }, ok: 303 },
  'POST /console/policies/:id/consultation/:consultation/result': { as: 'drafter', path: ['policy.consulting', 'consultation'], body: { text: '结果' }, ok: 409, why: 'the window is open' },
  'GET /console/policies/:id/consultation/opinions/:opinion': { as: 'drafter', path: ['policy.consulting', 'opinion'], ok: 200 },
  'POST /console/policies/:id/consultation/opinions/:opinion/answer': { as: 'drafter', path: ['policy.consulting', 'opinion'], body: answer, ok: 303 },
  'POST /console/policies/:id/consultation/opinions/:opinion/moderate': { as: 'drafter', path: ['policy.consulting', 'opinion'], body: { moderation: 'hidden', moderationReason: '含有个人信息' }, ok: 303 },
  'GET /api/v1/consultations/:id/opinions': { as: 'drafter', path: ['consultation'], ok: 200 },
  'PUT /api/v1/opinions/:id/answer': { as: 'drafter', path: ['opinion'], body: answer, ok: 200 },
  'GET /:city/consultations': { open: 'the city\'s public consultations' },
  'GET /:city/consultations/:id': { shown: ['consultation'], hidden: [], ok: 200 },
  'POST /:city/consultations/:id/opinions': { shown: ['consultation'], hidden: [], body: { ...opinion, _key: '0197a000-0000-7000-8000-000000000001' }, ok: 303 },
  'GET /:city/consultations/:id/result': { shown: ['shown.consultation'], hidden: [], ok: 200 },
  'GET /:city/receipts': { open: 'the form for a receipt code' },
  'POST /:city/receipts': { shown: [], hidden: [], body: { code: '{receipt}' }, ok: 303 },
  'GET /:city/receipts/:code': { shown: ['receipt'], hidden: [], ok: 200 },
  'POST /:city/receipts/:code/withdraw': { shown: ['receipt.withdrawn'], hidden: [], body: { confirm: 'on' }, ok: 409, why: 'the opinion is withdrawn already, as a second reader would find it' },
  'POST /api/v1/cities/:city/receipts/:code/withdrawal': { shown: ['receipt.withdrawn'], hidden: [], ok: 409, why: 'the opinion is withdrawn already' },
  'POST /:city/consultations/:id/opinions/:opinion/withdraw': { as: 'enterprise', path: ['consultation', 'opinion.own'], body: { confirm: 'on' }, ok: 303, rival: 'enterprise.other' },
  'GET /:city/consultations/:id/root.json': { shown: ['shown.consultation'], hidden: ['consultation'], ok: 200 },
  'GET /:city/consultations/:id/proof/:leaf': { shown: ['shown.consultation', 'shown.leaf'], hidden: [], ok: 200 },
  'GET /:city/receipts/:code/receipt.json': { shown: ['receipt'], hidden: [], ok: 200 },
  'GET /:city/receipts/verify': { open: 'the form for two files that the visitor has' },
  'POST /:city/receipts/verify': { open: 'judges the two files by themselves: nothing is looked up or kept' },
  'GET /api/v1/cities/:city/consultations': { open: 'the city\'s public consultations' },
  'GET /api/v1/cities/:city/consultations/:id': { shown: ['consultation'], hidden: [], ok: 200 },
  'GET /api/v1/cities/:city/consultations/:id/opinions': { shown: ['consultation'], hidden: [], ok: 200, none: 200, why: 'an empty list, as for an id that does not exist' },
  'POST /api/v1/cities/:city/consultations/:id/opinions': { shown: ['consultation'], hidden: [], body: opinion, headers: { 'idempotency-key': '0197a000-0000-7000-8000-000000000002' }, ok: 201 },
  'GET /api/v1/cities/:city/receipts/:code': { shown: ['receipt'], hidden: [], ok: 200 },
};
