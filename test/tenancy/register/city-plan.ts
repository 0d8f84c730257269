import { list, type Register } from './entry';

const CITYS = { neighbour: 'the plan is the city\'s: every overseer arranges it, and every department reads what is listed' };
const place = { action: 'place', position: 1, dueMonth: '2041-05' };
const merger = { entryIds: ['{entry.submitted}', '{entry.second}'], leadEntryId: '{entry.submitted}', title: '联合项目' };

export const CITY_PLAN: Register = {
  'GET /console/city-plan': list('overseer'),
  'GET /api/v1/city-plans': list('overseer'),
  'POST /console/city-plan': { as: 'overseer', path: [], body: { year: 2031 }, ok: 422, why: 'plans are made for this year and the next' },
  'POST /api/v1/city-plans': { as: 'overseer', path: [], body: { year: 2031 }, ok: 422, why: 'plans are made for this year and the next' },
  'GET /console/city-plan/:id': { as: 'overseer', path: ['cityplan.collecting'], except: CITYS, ok: 200 },
  'GET /api/v1/city-plans/:id': { as: 'overseer', path: ['cityplan.collecting'], except: CITYS, ok: 200 },
  'GET /console/city-plan/:id/merge': { as: 'overseer', path: ['cityplan.collecting'], query: 'entryIds={entry.submitted}', except: CITYS, ok: 200 },
  'POST /console/city-plan/:id/merge': { as: 'overseer', path: ['cityplan.collecting'], body: merger, except: CITYS, ok: 303 },
  'POST /api/v1/city-plans/:id/merge': { as: 'overseer', path: ['cityplan.collecting'], body: merger, except: CITYS, ok: 409, why: 'merged on the page already' },
  'POST /console/city-plan/:id/entries/:entryId': { as: 'overseer', path: ['cityplan.collecting', 'entry.placed'], body: place, except: CITYS, ok: 303 },
  'POST /api/v1/city-plans/:id/entries/:entryId': { as: 'overseer', path: ['cityplan.collecting', 'entry.placed'], body: place, except: CITYS, ok: 204 },
  'POST /console/city-plan/:id/decision': { as: 'overseer', path: ['cityplan.collecting'], body: { decision: 'send_back', note: '理由' }, except: CITYS, ok: 409, why: 'not proposed' },
  'POST /api/v1/city-plans/:id/decision': { as: 'overseer', path: ['cityplan.collecting'], body: { decision: 'send_back', note: '理由' }, except: CITYS, ok: 409, why: 'not proposed' },
  'POST /console/city-plan/:id/entries/:entryId/cancellation': { as: 'department_head', path: ['cityplan.approved', 'entry.listed'], body: { cancelReason: '理由' }, except: CITYS, ok: 303 },
  'POST /api/v1/city-plans/:id/entries/:entryId/cancellation': {
    as: 'department_head', path: ['cityplan.approved', 'entry.listed'], body: { cancelReason: '理由' }, except: CITYS, ok: 409, why: 'asked for on the page already',
  },
  'POST /console/city-plan/:id/changes/:changeId/decision': { as: 'overseer', path: ['cityplan.approved', 'planchange'], body: { decision: 'approve' }, except: CITYS, ok: 303 },
  'POST /api/v1/city-plans/:id/changes/:changeId/decision': {
    as: 'overseer', path: ['cityplan.approved', 'planchange'], body: { decision: 'approve' }, except: CITYS, ok: 409, why: 'decided on the page already',
  },
  'GET /console/plan/progress': list('drafter'),
  'GET /console/plan/progress.csv': list('drafter'),
  'GET /api/v1/plan-progress': list('drafter'),
  'POST /console/plan/:id/supplement': { as: 'department_head', path: ['plan.approved'], body: { supplementReason: '理由', dueMonth: '2027-06' }, ok: 409, why: 'the city\'s plan of that year is not approved' },
  'POST /api/v1/plan-items/:id/supplement': { as: 'department_head', path: ['plan.approved'], body: { supplementReason: '理由', dueMonth: '2027-06' }, ok: 409, why: 'the city\'s plan of that year is not approved' },
  'GET /:city/plan': { open: 'the city\'s approved plan' },
  'GET /:city/plan.csv': { open: 'the city\'s approved plan' },
  'GET /api/v1/cities/:city/plan': { open: 'the city\'s approved plan' },
};
