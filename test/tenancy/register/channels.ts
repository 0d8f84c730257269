import type { Register } from './entry';

const CHANNELS = '/console/consultations/:id/channels';
const person = { _key: '0197a000-0000-7000-8000-000000000011', kind: 'resident', name: '王五', contact: '电话', standpoint: 'support', reason: '理由' };
const NO_FILE = 'no file came with it';

export const CHANNEL_ROUTES: Register = {
  [`GET ${CHANNELS}`]: { as: 'drafter', path: ['consultation'], ok: 200 },
  [`GET ${CHANNELS}/register`]: { as: 'drafter', path: ['consultation'], ok: 200 },
  [`POST ${CHANNELS}/register`]: {
    as: 'drafter', path: ['consultation'], ok: 422, why: 'the day it came in lies before the opening',
    body: { _key: '0197a000-0000-7000-8000-000000000010', channel: 'letter', arrivedOn: '2026-01-01', authorKind: 'anonymous', stance: 'support', text: '同意' },
  },
  [`GET ${CHANNELS}/receipts/:opinion`]: { as: 'drafter', path: ['consultation', 'opinion.entered'], ok: 200 },
  [`GET ${CHANNELS}/mail`]: { as: 'drafter', path: ['consultation'], ok: 200 },
  [`POST ${CHANNELS}/mail`]: { as: 'drafter', path: ['consultation'], ok: 422, why: NO_FILE },
  [`GET ${CHANNELS}/import`]: { as: 'drafter', path: ['consultation'], ok: 200 },
  [`GET ${CHANNELS}/import/template.xlsx`]: { as: 'drafter', path: ['consultation'], ok: 200 },
  [`POST ${CHANNELS}/import`]: { as: 'drafter', path: ['consultation'], ok: 422, why: NO_FILE },
  [`GET ${CHANNELS}/import/:batch`]: { as: 'drafter', path: ['consultation', 'batch'], ok: 200 },
  [`GET ${CHANNELS}/import/:batch/errors.xlsx`]: { as: 'drafter', path: ['consultation', 'batch'], ok: 200 },
  [`POST ${CHANNELS}/import/:batch/register`]: { as: 'drafter', path: ['consultation', 'batch'], ok: 409, why: 'its row has a fault' },
  [`GET ${CHANNELS}/import/:batch/receipts`]: { as: 'drafter', path: ['consultation', 'batch'], ok: 404, why: 'nothing of it is in the register' },
  [`GET ${CHANNELS}/events/new`]: { as: 'drafter', path: ['consultation'], ok: 200 },
  [`POST ${CHANNELS}/events`]: {
    as: 'drafter', path: ['consultation'], ok: 422, why: 'it lies before the opening',
    body: { _key: '0197a000-0000-7000-8000-000000000012', kind: 'hearing', title: '听证会', place: '二楼', startsAt: '2026-01-01T09:00', agenda: '议程', moderator: '王', clerk: '赵' },
  },
  [`GET ${CHANNELS}/events/:event`]: { as: 'drafter', path: ['consultation', 'event'], ok: 200 },
  [`GET ${CHANNELS}/events/:event/minutes.docx`]: { as: 'drafter', path: ['consultation', 'event'], ok: 200 },
  [`POST ${CHANNELS}/events/:event/invite`]: { as: 'drafter', path: ['consultation', 'event'], body: person, ok: 303 },
  [`POST ${CHANNELS}/events/:event/select`]: {
    as: 'drafter', path: ['consultation', 'event'], body: { participant: '{participant.applied}', choice: 'selected', reason: '' }, ok: 409, why: 'signing up is not over',
  },
  [`POST ${CHANNELS}/events/:event/deliver`]: {
    as: 'drafter', path: ['consultation', 'event'], body: { participantIds: '{participant.invited}', deliveredOn: '2026-01-01', how: '签收' }, ok: 422, why: 'the day lies before the announcement',
  },
  [`POST ${CHANNELS}/events/:event/postpone`]: { as: 'drafter', path: ['consultation', 'event'], body: { startsAt: '2026-01-01T09:00', changedReason: '理由' }, ok: 422, why: 'it is no later time' },
  [`POST ${CHANNELS}/events/:event/hold`]: { as: 'drafter', path: ['consultation', 'event'], ok: 409, why: 'it is not time yet' },
  [`POST ${CHANNELS}/events/:event/statements`]: {
    as: 'drafter', path: ['consultation', 'event.held'], body: { _key: '0197a000-0000-7000-8000-000000000013', participantId: '{participant.held}', stance: 'support', text: '同意' }, ok: 303,
  },
  [`POST ${CHANNELS}/events/:event/finish`]: {
    as: 'drafter', path: ['consultation', 'event.held'], body: { proceedings: '经过', participant: '{participant.held}', signature: 'signed', note: '' }, ok: 303,
  },
  [`POST ${CHANNELS}/events/:event/cancel`]: { as: 'drafter', path: ['consultation', 'event.cancellable'], body: { cancelReason: '理由' }, ok: 303 },
  'GET /:city/consultations/:id/hearings/:event': { shown: ['consultation', 'event'], hidden: [], ok: 200 },
  'POST /:city/consultations/:id/hearings/:event/sign-ups': { shown: ['consultation', 'event'], hidden: [], body: person, ok: 303 },
  'GET /:city/consultations/:id/hearings/:event/sign-ups/:code': { shown: ['consultation', 'event', 'receipt.signUp'], hidden: [], ok: 200 },
};
