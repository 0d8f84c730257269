import { AFTERLIFE } from './afterlife';
import { CHANNEL_ROUTES } from './channels';
import { ATTACHMENTS } from './attachments';
import { CAMPAIGNS } from './campaigns';
import { CIRCULATION } from './circulation';
import { CITY_PLAN } from './city-plan';
import { CLEANUPS } from './cleanups';
import { CLUSTERS } from './clusters';
import { CONSULTATION } from './consultation';
import { DRAFTING } from './drafting';
import { list, type Register } from './entry';
import { FUNDING } from './funding';
import { QUESTIONNAIRES } from './questionnaires';
import { OPINION_DESK } from './opinion-desk';
import { SCORECARD } from './scorecard';
import { STATUTES } from './statutes';
import { SURVEYS } from './surveys';

const FRAME: Register = {
  'GET /': { open: 'the cities of this installation' },
  'GET /:city': { open: 'the city\'s front page' },
  'GET /:city/accessibility': { open: 'the accessibility statement' },
  'GET /:city/data': { open: 'how to fetch public data' },
  'GET /:city/verify': { open: 'how to check the record' },
  'GET /:city/policies': { open: 'the city\'s published policies' },
  'GET /:city/policies/:id': { shown: ['shown.policy'], hidden: ['policy.planned', 'policy.drafting', 'policy.reviewing', 'policy.approved'], ok: 200 },
  'GET /:city/policies/:id/document.pdf': { shown: ['shown.policy'], hidden: ['policy.planned', 'policy.drafting', 'policy.reviewing', 'policy.approved'], ok: 200 },
  'GET /:city/policies/:id/document.docx': { shown: ['shown.policy'], hidden: ['policy.planned', 'policy.drafting', 'policy.reviewing', 'policy.approved'], ok: 200 },
  'GET /api/v1/cities/:city/policies': { open: 'the city\'s published policies' },
  'GET /api/v1/cities/:city/policies/:id': { shown: ['shown.policy'], hidden: ['policy.planned', 'policy.drafting', 'policy.reviewing', 'policy.approved'], ok: 200 },
  'GET /console': list('drafter'),
  'GET /api/v1/deadlines': list('drafter'),
  'GET /console/admin/audit': { open: 'the auditor reads the whole city\'s log, and that city\'s alone', as: 'audit_admin' },
  'GET /console/admin/events': { open: 'the city\'s dead events: machinery, whose contents the page does not show', as: 'system_admin' },
  'POST /console/admin/events/:id/rerun': {
    as: 'system_admin', path: ['outbox'], ok: 303, except: { neighbour: 'dead events are the city\'s machinery, looked after by every system administrator of the city' },
  },
  'GET /console/admin/people': list('security_admin'),
  'POST /console/admin/people/:id/disable': { as: 'security_admin', path: ['account.closable'], ok: 303 },
  'GET /login': { open: 'signing in' },
  'POST /login': { open: 'signing in: the city, the name and the password are the proof' },
  'POST /logout': { open: 'ends the session of the cookie' },
  'POST /api/v1/session': { open: 'signing in: the city, the name and the password are the proof' },
  'POST /api/v1/session/renew': { open: 'the refresh token is the proof' },
  'GET /preferences': { open: 'the browser\'s own settings' },
  'GET /welcome': { open: 'what this is' },
  'POST /demo/clock': { open: 'a demonstration\'s clock, which only a demonstration has' },
  'GET /health/live': { open: 'for the machine' },
  'GET /health/ready': { open: 'for the machine' },
};

/** Every route with whom it is for and what its ids stand for. A route that is not here fails the test. */
export const REGISTER: Register = { ...FRAME, ...STATUTES, ...DRAFTING, ...CITY_PLAN, ...CIRCULATION, ...CONSULTATION, ...ATTACHMENTS, ...CLUSTERS, ...QUESTIONNAIRES, ...CHANNEL_ROUTES, ...OPINION_DESK, ...AFTERLIFE, ...SURVEYS, ...CAMPAIGNS, ...CLEANUPS, ...SCORECARD, ...FUNDING };
