/** What is asked of both servers, and how one sees that they answer the same. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../../scripts/lib/project.mjs';
import { CSRF_SECRET } from './world.mjs';

const CITY = '999900';
const LONG = '00000000-0000-7000-8000-00000000e001';
const SHORT = '00000000-0000-7000-8000-00000000e7d0';
const CONSULTATION = '00000000-0000-7000-8000-0000000000d1';
const API = `/api/v1/cities/${CITY}`;

const get = (name, path, marks) => ({ name, method: 'GET', product: path, floor: path, status: 200, marks });

/** The links to policies on the list, or the anchors of the clauses on a policy's page, in order: what a reader came for. */
const matches = (pattern) => (body) => [...body.matchAll(pattern)].map((match) => match[1]);
const links = matches(/policy-list__title"><a href="([^"]+)"/g);
const clauses = matches(/<div class="prov [^"]*" id="([^"]+)"/g);

/** The headers of a post under this key. Each has a challenge of its own, as if it had been asked for before; no work is set (`world.mjs`). */
function withChallenge(key) {
  const { mintChallenge } = createRequire(import.meta.url)(path.join(root, 'dist/apps/web/src/consultation/challenge.js'));
  const { token } = mintChallenge(CSRF_SECRET, { cityId: CITY, subject: `${CONSULTATION}/`, key }, 0, new Date());
  return { 'content-type': 'application/json', 'idempotency-key': key, 'intake-challenge': token, 'intake-solution': '0' };
}

const post = (variant) => ({
  name: `opinion.${variant}`, method: 'POST', status: 201, product: `${API}/consultations/${CONSULTATION}/opinions`,
  floor: `/${variant}${API}/consultations/${CONSULTATION}/opinions`,
  body: JSON.stringify({ text: '建议把扶持标准写进正文，并说明分档的理由。', stance: 'suggest', clauseId: 'art_7' }),
  headers: () => withChallenge(randomUUID()),
  marks: (body) => Object.keys(JSON.parse(body)).sort(),
});

export const CASES = [
  get('list.json', `${API}/policies`, JSON.parse),
  get('list.page', `/${CITY}/policies`, links),
  get('policy.json', `${API}/policies/${SHORT}`, JSON.parse),
  get('policy.page', `/${CITY}/policies/${SHORT}`, clauses),
  get('policy300.json', `${API}/policies/${LONG}`, JSON.parse),
  get('policy300.page', `/${CITY}/policies/${LONG}`, clauses),
  post('plain'),
  post('full'),
];
