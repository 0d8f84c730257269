import { list, type Register } from './entry';

const stale = { key: '0'.repeat(64) };
const STALE = 'that key is of no preview';

export const OPINION_DESK: Register = {
  'GET /console/my-opinions': list('drafter'),
  'GET /console/consultations/:id/opinions': { as: 'drafter', path: ['consultation'], ok: 200 },
  'GET /console/consultations/:id/topics': { as: 'drafter', path: ['consultation'], ok: 200 },
  'POST /console/consultations/:id/opinions/read': { as: 'drafter', path: ['consultation'], body: { opinionIds: '{opinion.hidden}' }, ok: 303 },
  'POST /console/policies/:id/consultation/opinions/:opinion/assign': { as: 'drafter', path: ['policy.consulting', 'opinion'], body: { accountId: '{officer}' }, ok: 303 },
  'GET /console/consultations/:id/opinions/all/answer': { as: 'drafter', path: ['consultation'], ok: 200 },
  'GET /console/consultations/:id/opinions/all/approve': { as: 'department_head', path: ['consultation'], ok: 200 },
  'GET /console/consultations/:id/opinions/all/hide': { as: 'drafter', path: ['consultation'], ok: 200 },
  'GET /console/consultations/:id/opinions/all/assign': { as: 'drafter', path: ['consultation'], ok: 200 },
  'POST /console/consultations/:id/opinions/all/answer': { as: 'drafter', path: ['consultation'], body: { ...stale, disposition: 'noted', reason: '知悉。' }, ok: 409, why: STALE },
  'POST /console/consultations/:id/opinions/all/approve': { as: 'department_head', path: ['consultation'], body: stale, ok: 409, why: STALE },
  'POST /console/consultations/:id/opinions/all/hide': { as: 'drafter', path: ['consultation'], body: { ...stale, reason: '与草案无关' }, ok: 409, why: STALE },
  'POST /console/consultations/:id/opinions/all/assign': { as: 'drafter', path: ['consultation'], body: { ...stale, accountId: '{officer}' }, ok: 409, why: STALE },
  'GET /console/moderation': list('drafter'),
  'GET /console/moderation/:appeal': { as: 'drafter', path: ['appeal'], ok: 200 },
  'POST /console/moderation/:appeal': { as: 'department_head', path: ['appeal'], body: { decision: 'upheld', reason: '确有他人信息。' }, ok: 303 },
  'GET /:city/consultations/:id/opinions': { shown: ['consultation'], hidden: [], ok: 200 },
  'POST /:city/receipts/:code/appeal': { shown: ['receipt.withdrawn'], hidden: [], body: { reasons: '请再看一看。' }, ok: 409, why: 'the opinion is withdrawn and not hidden' },
  'POST /api/v1/cities/:city/receipts/:code/appeal': { shown: ['receipt.withdrawn'], hidden: [], body: { reasons: '请再看一看。' }, ok: 409, why: 'the opinion is withdrawn and not hidden' },
  'POST /:city/consultations/:id/opinions/:opinion/appeal': {
    as: 'enterprise', path: ['consultation', 'opinion.own'], body: { reasons: '请再看一看。' }, ok: 409, why: 'the opinion is shown', rival: 'enterprise.other',
  },
};
