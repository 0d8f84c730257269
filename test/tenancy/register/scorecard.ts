import { list, type Register } from './entry';

const WHOLE_CITY = { neighbour: 'who oversees a city keeps the scores of all its departments' };
const PERIOD = '=2024Q1';
const rules = { consultation: '20', limits: '20', interpretation: '15', evaluation: '15', conclusions: '15', current: '15', appealDays: '10', decideDays: '15', validFrom: '2027-01-01', reason: '理由' };

/** Scores of departments: a period is the same word in every city, a department, an appeal and a set of rules are not. */
export const SCORECARD: Register = {
  'GET /console/scorecard': { open: 'leads to the running year', as: 'drafter' },
  'GET /console/scorecard/:period': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/history': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/report': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/report.pdf': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/report.docx': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/figures.csv': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/figures.xlsx': { as: 'drafter', path: [PERIOD], ok: 200 },
  'GET /console/scorecard/:period/:department': { as: 'drafter', path: ['=2026', 'department'], ok: 200 },
  'GET /console/scorecard/:period/:department/:measure': { as: 'drafter', path: ['=2026', 'department', '=limits'], ok: 200 },
  'POST /console/scorecard/:period/close': { as: 'overseer', path: ['=2026'], ok: 409, why: 'the year is not over' },
  'POST /console/scorecard/:period/publish': { as: 'overseer', path: [PERIOD], body: { edition: '1' }, ok: 409, why: 'departments may still object' },
  'GET /console/scorecard-appeals': list('drafter'),
  'GET /console/scorecard-appeals/new/:period': { as: 'drafter', path: [PERIOD], query: 'case={score.case}', ok: 200 },
  'POST /console/scorecard-appeals/new/:period': { as: 'drafter', path: [PERIOD], query: 'case={score.case}', body: { reason: '理由', evidence: '/console', _key: 'k' }, ok: 303 },
  'GET /console/scorecard-appeals/:id': { as: 'drafter', path: ['score.appeal'], ok: 200 },
  'POST /console/scorecard-appeals/:id/decide': { as: 'overseer', path: ['score.appeal'], body: { decision: 'refused', decisionReason: '理由' }, ok: 303, except: WHOLE_CITY },
  'GET /console/scorecard-rules': list('drafter'),
  'POST /console/scorecard-rules': { as: 'overseer', path: [], body: rules, ok: 303 },
  'POST /console/scorecard-rules/:id/confirm': { as: 'overseer', path: ['score.rules'], ok: 303, except: WHOLE_CITY },
};
