import type { Register } from './entry';

const FILE = '/console/policies/:id/consultation/opinions/:opinion/files/:file';

export const ATTACHMENTS: Register = {
  [`GET ${FILE}`]: { as: 'drafter', path: ['policy.consulting', 'opinion.filed', 'file'], ok: 200 },
  [`POST ${FILE}/release`]: { as: 'drafter', path: ['policy.consulting', 'opinion.filed', 'file'], body: { released: 'yes', seen: '1' }, ok: 303 },
  'GET /:city/consultations/:id/files/:file': { shown: ['consultation', 'file.released'], hidden: [], ok: 200 },
};
