import { list, type Register } from './entry';

const plan = { audience: '企业', keyPoints: '要点', channels: ['website'] };
const material = { title: '解读', body: '正文', clauses: ['a1'] };
const report = { rowVersion: 1, submit: false, summary: '摘要', reason: '理由', ratings: [] };
const opening = { periodFrom: '2026-01-01', periodTo: '2026-05-31' };
const decision = { decision: 'keep', reason: '仍然需要' };
const OWN_ONE_OPEN = 'a report on this policy is under way';
const CLAUSE = 'the specimen has no such clause';

export const AFTERLIFE: Register = {
  'GET /console/policies/:id/interpretation': { as: 'interpreter', path: ['policy.drafting'], ok: 200 },
  'GET /api/v1/policies/:id/interpretation': { as: 'interpreter', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/interpretation/plan': { as: 'interpreter', path: ['policy.drafting'], body: plan, ok: 303 },
  'PUT /api/v1/policies/:id/interpretation/plan': { as: 'interpreter', path: ['policy.drafting'], body: plan, ok: 204 },
  'GET /console/policies/:id/interpretation/new/:kind': { as: 'interpreter', path: ['policy.drafting', '=text'], ok: 200 },
  'POST /console/policies/:id/interpretation/new/:kind': { as: 'interpreter', path: ['policy.drafting', '=text'], body: material, ok: 422, why: CLAUSE },
  'POST /api/v1/policies/:id/interpretation/materials/:kind': { as: 'interpreter', path: ['policy.drafting', '=text'], body: material, ok: 422, why: CLAUSE },
  'GET /console/policies/:id/interpretation/materials/:materialId': { as: 'interpreter', path: ['policy.drafting', 'material'], ok: 200 },
  'POST /console/policies/:id/interpretation/materials/:materialId': { as: 'interpreter', path: ['policy.drafting', 'material'], body: material, ok: 422, why: CLAUSE },
  'PUT /api/v1/policies/:id/interpretation/materials/:materialId': { as: 'interpreter', path: ['policy.drafting', 'material'], body: material, ok: 422, why: CLAUSE },
  'POST /console/policies/:id/interpretation/materials/:materialId/approve': { as: 'department_head', path: ['policy.drafting', 'material'], ok: 422, why: CLAUSE },
  'POST /api/v1/policies/:id/interpretation/materials/:materialId/approval': { as: 'department_head', path: ['policy.drafting', 'material'], ok: 422, why: CLAUSE },
  'GET /console/policies/:id/interpretation/materials/:materialId/picture': { as: 'interpreter', path: ['policy.drafting', 'material'], ok: 200 },
  'GET /:city/policies/:id/interpretation': { shown: ['shown.policy'], hidden: ['policy.drafting'], ok: 200 },
  'GET /:city/interpretations/:materialId/picture': { shown: ['shown.picture'], hidden: ['material'], ok: 200 },
  'GET /api/v1/cities/:city/policies/:id/interpretations': { shown: ['shown.policy'], hidden: ['policy.drafting'], ok: 200, none: 200, why: 'an empty list, as for an id that does not exist' },

  'GET /console/evaluations': list('evaluator'),
  'GET /api/v1/evaluations': list('evaluator'),
  'GET /console/policies/:id/evaluation': { as: 'evaluator', path: ['policy.drafting'], ok: 200 },
  'GET /api/v1/policies/:id/evaluations': { as: 'evaluator', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/evaluation': { as: 'evaluator', path: ['policy.published'], body: opening, ok: 409, why: OWN_ONE_OPEN },
  'POST /api/v1/policies/:id/evaluations': { as: 'evaluator', path: ['policy.published'], body: opening, ok: 409, why: OWN_ONE_OPEN },
  'POST /console/policies/:id/evaluation/:reportId': { as: 'evaluator', path: ['policy.published', 'report.draft'], body: { rowVersion: '1', action: 'save' }, ok: 303 },
  'PUT /api/v1/evaluations/:reportId': { as: 'evaluator', path: ['report.draft'], body: { ...report, rowVersion: 2 }, ok: 204 },
  'POST /console/policies/:id/evaluation/:reportId/return': { as: 'department_head', path: ['policy.issued', 'report.submitted'], body: { returnReason: '补充' }, ok: 303 },
  'POST /api/v1/evaluations/:reportId/return': { as: 'department_head', path: ['report.submitted'], body: { returnReason: '补充' }, ok: 409, why: 'returned on the page already' },
  'POST /console/policies/:id/evaluation/:reportId/publish': { as: 'department_head', path: ['policy.issued', 'report.submitted'], ok: 409, why: 'returned already' },
  'POST /api/v1/evaluations/:reportId/publication': { as: 'department_head', path: ['report.submitted'], ok: 409, why: 'returned already' },
  'GET /:city/evaluations': { open: 'the city\'s published reports' },
  'GET /:city/evaluations/:id': { shown: ['shown.report'], hidden: ['report.draft', 'report.submitted'], ok: 200 },
  'GET /api/v1/cities/:city/evaluations': { open: 'the city\'s published reports' },
  'GET /api/v1/cities/:city/evaluations/:id': { shown: ['shown.report'], hidden: ['report.draft', 'report.submitted'], ok: 200 },

  'GET /console/ledger': list('drafter'),
  'GET /api/v1/ledger': list('drafter'),
  'GET /console/ledger/:id': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'GET /api/v1/policies/:id/timeline': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'GET /console/policies/:id/abolition': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'GET /api/v1/policies/:id/abolitions': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/abolition': { as: 'drafter', path: ['policy.published'], body: { openReason: '不再需要' }, ok: 409, why: 'a case is open' },
  'POST /api/v1/policies/:id/abolitions': { as: 'drafter', path: ['policy.published'], body: { openReason: '不再需要' }, ok: 409, why: 'a case is open' },
  'POST /console/policies/:id/abolition/:caseId/decide': { as: 'department_head', path: ['policy.published', 'abolition'], body: decision, ok: 303 },
  'POST /api/v1/abolitions/:caseId/decision': { as: 'department_head', path: ['abolition'], body: decision, ok: 409, why: 'decided on the page already' },
  'GET /console/ledger-log': { open: 'how the city\'s log stands', as: 'audit_admin' },
  'POST /console/ledger-log/export': { as: 'audit_admin', path: [], ok: 200 },
  'GET /:city/ledger/checkpoints': { open: 'the signed checkpoints of the city\'s log' },
  'GET /:city/ledger/checkpoints.json': { open: 'the signed checkpoints of the city\'s log' },
  'GET /:city/ledger/checkpoint.txt': { open: 'the newest signed checkpoint' },
  'GET /:city/ledger/consistency.json': { open: 'that the log has only grown: hashes' },
  'GET /:city/ledger/keys.pem': { open: 'the public keys of the checkpoints' },
  'GET /console/policies/:id/validity': { as: 'drafter', path: ['policy.drafting'], ok: 200 },
  'POST /console/policies/:id/validity': { as: 'drafter', path: ['policy.published'], body: { kind: 'extend', caseReason: '仍然需要', newTo: '2030-01-01' }, ok: 409, why: 'a case is open' },
  'POST /console/policies/:id/validity/:caseId/decide': { as: 'department_head', path: ['policy.published', 'validityCase'], body: { decision: 'refuse', decisionReason: '不必延长' }, ok: 303 },
  'GET /:city/effective/changes': { open: 'what differs in the city\'s effective list' },
  'GET /:city/effective/changes.csv': { open: 'what differs in the city\'s effective list' },
  'GET /:city/effective.atom': { open: 'what differs in the city\'s effective list' },
  'GET /api/v1/cities/:city/effective/changes': { open: 'what differs in the city\'s effective list' },
  'GET /:city/effective': { open: 'the city\'s effective list' },
  'GET /:city/effective.csv': { open: 'the city\'s effective list' },
  'GET /api/v1/cities/:city/effective': { open: 'the city\'s effective list' },
};
