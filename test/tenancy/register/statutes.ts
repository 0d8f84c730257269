import { list, type Register } from './entry';

const terms = { value: 12, source: '测府规〔2026〕1号', reason: '意见需要更多时间', from: '2027-03-01' };
const read = { paramId: 'nrd.legal_review', versionFrom: '2018-12-04', textSource: '国务院公报' };
const WHOLE_CITY = { neighbour: 'who oversees a city confirms what any of its departments asks for' };

/** The statutes library and the register of document numbers. */
export const STATUTES: Register = {
  'GET /:city/statutes': { open: 'the rules, and what the city made of them' },
  'GET /api/v1/cities/:city/statutes': { open: 'the rules, and what the city made of them' },
  'GET /:city/deadline': { open: 'a calculator of statutory days' },
  'GET /api/v1/cities/:city/deadline': { open: 'a calculator of statutory days' },
  'GET /console/statutes': list('drafter'),
  'GET /api/v1/statutes/overrides': list('drafter'),
  'POST /console/statutes/overrides': { as: 'department_head', path: [], body: { ...terms, figure: 'nrd.consult.other:min' }, ok: 303 },
  'POST /api/v1/statutes/overrides': { as: 'department_head', path: [], body: { ...terms, paramId: 'nrd.consult.other', field: 'min' }, ok: 201 },
  'POST /console/statutes/overrides/:id/confirm': { as: 'overseer', path: ['override'], ok: 303, except: WHOLE_CITY },
  'POST /api/v1/statutes/overrides/:id/confirmation': { as: 'overseer', path: ['override'], ok: 409, why: 'confirmed on the page already', except: WHOLE_CITY },
  'POST /console/statutes/confirmations': { as: 'overseer', path: [], body: read, ok: 303 },
  'POST /api/v1/statutes/confirmations': { as: 'overseer', path: [], body: read, ok: 409, why: 'confirmed on the page already' },

  'GET /console/register': list('drafter'),
  'GET /console/register.csv': list('drafter'),
  'GET /api/v1/register': list('drafter'),
};
