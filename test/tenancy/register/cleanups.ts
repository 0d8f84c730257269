import { list, type Register } from './entry';

const opening = { title: '清理', trigger: 'periodic', reason: '定期', departmentIds: '', kinds: '', publishedFrom: '', publishedTo: '', words: '', proposeBy: '2030-01-01', checkBy: '2030-01-02', _key: 'k' };
const proposal = { rowVersion: '1', proposal: 'keep', reason: '仍然需要', amendWhat: '', amendBy: '', effectOn: '', replacedBy: '' };
/** Overseers run the clean-ups of the whole city; the other overseer of the city may do what this one may. */
const CITY = { neighbour: 'an overseer runs the clean-ups of the whole city, whichever department he is in' };
const NOBODY = '01a00000-0000-7000-8000-000000000000';
const SEEN = '0'.repeat(64);

export const CLEANUPS: Register = {
  'GET /console/cleanups': list('drafter'),
  'GET /api/v1/cleanups': list('drafter'),
  'GET /console/cleanups/new': { open: 'the form of an overseer', as: 'overseer' },
  'POST /console/cleanups': { as: 'overseer', path: [], body: opening, ok: 303 },
  'GET /console/cleanups/:id': { as: 'drafter', path: ['cleanup.running'], ok: 200, except: { neighbour: 'everybody of the city knows that there is a clean-up; of its lists one sees one\'s own' } },
  'GET /api/v1/cleanups/:id': { as: 'drafter', path: ['cleanup.running'], ok: 200, except: { neighbour: 'everybody of the city knows that there is a clean-up; of its lists one sees one\'s own' } },
  'GET /console/cleanups/:id/departments/:department': { as: 'drafter', path: ['cleanup.running', 'department'], ok: 200 },
  'GET /api/v1/cleanups/:id/departments/:department': { as: 'drafter', path: ['cleanup.running', 'department'], ok: 200 },
  'GET /console/cleanups/:id/departments/:department/keep': { as: 'drafter', path: ['cleanup.running', 'department'], ok: 200 },
  'GET /console/cleanups/:id/departments/:department/list.xlsx': { as: 'drafter', path: ['cleanup.running', 'department'], ok: 200 },
  'POST /console/cleanups/:id/departments/:department/keep': { as: 'drafter', path: ['cleanup.running', 'department'], body: { words: '', keepReason: '需要', seen: SEEN }, ok: 409, why: 'others were shown' },
  'POST /console/cleanups/:id/departments/:department/import': { as: 'drafter', path: ['cleanup.running', 'department'], ok: 422, why: 'there is no file' },
  'POST /console/cleanups/:id/departments/:department/sign': { as: 'department_head', path: ['cleanup.running', 'department'], body: { rowVersion: '1' }, ok: 409, why: 'a document has no proposal' },
  'GET /console/cleanups/:id/items/:item': { as: 'drafter', path: ['cleanup.running', 'cleanup.item'], ok: 200 },
  'POST /console/cleanups/:id/items/:item': { as: 'drafter', path: ['cleanup.running', 'cleanup.item'], body: proposal, ok: 303 },
  'PUT /api/v1/cleanups/:id/items/:item': { as: 'drafter', path: ['cleanup.running', 'cleanup.item'], body: { ...proposal, rowVersion: 2 }, ok: 204 },
  'POST /console/cleanups/:id/items/:item/answer': { as: 'department_head', path: ['cleanup.running', 'cleanup.item'], body: { answer: 'agree', answerReason: '' }, ok: 404, why: 'a department does not countersign its own document' },
  'POST /console/cleanups/:id/items/:item/remark': { as: 'overseer', path: ['cleanup.signed', 'cleanup.signedItem'], body: { remark: '补充' }, ok: 303, except: CITY },
  'POST /console/cleanups/:id/departments/:department/agree': { as: 'overseer', path: ['cleanup.signed', 'department'], body: { rowVersion: '1' }, ok: 409, why: 'there is a remark', except: CITY },
  'POST /console/cleanups/:id/departments/:department/return': { as: 'overseer', path: ['cleanup.signed', 'department'], body: { returnNote: '补充' }, ok: 303, except: CITY },
  'POST /console/cleanups/:id/add': { as: 'overseer', path: ['cleanup.running'], body: { policyId: NOBODY }, ok: 422, why: 'an overseer adds any document of the city; nobody has this one', except: CITY },
  'POST /console/cleanups/:id/decide': { as: 'overseer', path: ['cleanup.running'], body: { rowVersion: '1', number: '一号', text: '公布' }, ok: 409, why: 'no list is agreed', except: CITY },
  'POST /console/cleanups/:id/cancel': { as: 'overseer', path: ['cleanup.running'], body: { cancelReason: '并案' }, ok: 303, except: CITY },
  'GET /:city/cleanups': { open: 'the city\'s decided clean-ups' },
  'GET /:city/cleanups/:id': { shown: ['shown.cleanup'], hidden: ['cleanup.running', 'cleanup.signed'], ok: 200 },
  'GET /:city/cleanups/:id/lists.csv': { shown: ['shown.cleanup'], hidden: ['cleanup.running', 'cleanup.signed'], ok: 200 },
  'GET /:city/cleanups/:id/lists.xlsx': { shown: ['shown.cleanup'], hidden: ['cleanup.running', 'cleanup.signed'], ok: 200 },
  'GET /api/v1/cities/:city/cleanups': { open: 'the city\'s decided clean-ups' },
  'GET /api/v1/cities/:city/cleanups/:id': { shown: ['shown.cleanup'], hidden: ['cleanup.running', 'cleanup.signed'], ok: 200 },
};
