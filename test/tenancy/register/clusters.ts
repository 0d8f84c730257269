import type { Register } from './entry';

const answer = { disposition: 'noted', reason: '知悉。', seen: '1', leaveOut: '{opinion}' };

export const CLUSTERS: Register = {
  'GET /console/consultations/:id/clusters': { as: 'drafter', path: ['consultation'], ok: 200 },
  'GET /console/consultations/:id/clusters/outside': { as: 'drafter', path: ['consultation'], ok: 200 },
  'GET /console/consultations/:id/clusters/:cluster': { as: 'drafter', path: ['consultation', 'cluster'], ok: 200 },
  'GET /console/consultations/:id/clusters/:cluster/answer': { as: 'drafter', path: ['consultation', 'cluster'], ok: 200 },
  'POST /console/consultations/:id/clusters/:cluster/answer': { as: 'drafter', path: ['consultation', 'cluster'], body: answer, ok: 303 },
  'POST /console/consultations/:id/clusters/:cluster/approve': {
    as: 'department_head', path: ['consultation', 'cluster'], body: { key: '0'.repeat(64), seen: '1' }, ok: 409, why: 'no answer has the wording of that key',
  },
  'GET /api/v1/consultations/:id/clusters': { as: 'drafter', path: ['consultation'], ok: 200 },
  'GET /api/v1/clusters/:id': { as: 'drafter', path: ['cluster'], ok: 200 },
  'POST /api/v1/clusters/:id/answer': { as: 'drafter', path: ['cluster'], body: { ...answer, seen: 1, leaveOut: ['{opinion}'] }, ok: 409, why: 'the page has answered it' },
  // Last, as a new run takes the place of the cluster above.
  'POST /console/consultations/:id/clusters': { as: 'drafter', path: ['consultation'], body: { threshold: '0.25' }, ok: 303 },
  'POST /api/v1/consultations/:id/clusterings': { as: 'drafter', path: ['consultation'], ok: 409, why: 'the page has asked for it' },
  'GET /api/v1/consultations/:id/clusterings/:job': { as: 'drafter', path: ['consultation', 'clustering.job'], ok: 200 },
};
