/**
 * The floor: what somebody would write by hand for these few routes and nothing else. Fastify and `pg`, the product's own SQL text (taken from
 * its query functions, so that it is the same), prepared, pools of the same size, the same database roles. It has no sessions, permissions,
 * CSRF tokens, validation of input, metrics, request log, languages to choose from or security headers.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import Fastify from 'fastify';
import pg from 'pg';
import { root } from '../../scripts/lib/project.mjs';
import { addOpinionRoutes } from './floor-opinion.mjs';
import { floorPages } from './floor-pages.mjs';

const require = createRequire(import.meta.url);
const { listPublicPolicies, readPublicPolicy } = require(path.join(root, 'dist/libs/core/policy/src/index.js'));

/** The SQL that a query of the product sends, without sending it. */
async function sqlOf(query) {
  let sql;
  // Without rows the product answers "not found"; the statement is all we want.
  await query({ query: async (text) => ((sql = text), []) }).catch(() => undefined);
  return sql;
}

const anyId = '00000000-0000-7000-8000-000000000000';
const listSql = await sqlOf((reader) => listPublicPolicies(reader, { cityId: '999900' }, '2026-01-01'));
const showSql = await sqlOf((reader) => readPublicPolicy(reader, '999900', anyId, '2026-01-01'));
const pool = new pg.Pool({ connectionString: process.env.PUBLIC_DATABASE_URL, max: 16 });

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

function validity({ state, effectiveFrom, effectiveTo, endedOn }, day) {
  if (!effectiveFrom) return null;
  if (day < effectiveFrom) return 'not_yet_effective';
  if (endedOn && day >= endedOn && (state === 'abolished' || state === 'superseded')) return state;
  return effectiveTo && day > effectiveTo ? 'lapsed' : 'in_force';
}

async function list(city) {
  const { rows } = await pool.query({ name: 'list', text: listSql, values: [city, null, null, null, null, null] });
  const day = today();
  const items = rows.slice(0, 20).map(({ endedOn, ...row }) => ({ ...row, validity: validity({ ...row, endedOn }, day) }));
  const last = items.at(-1);
  return { items, next: rows.length > 20 ? `${last.publishedAt.toISOString()}_${last.id}` : null };
}

async function show(city, id) {
  const { rows: [row] } = await pool.query({ name: 'show', text: showSql, values: [city, id] });
  if (!row) return null;
  const { endedOn, ...rest } = row;
  return {
    ...rest, validity: validity(row, today()), provisions: row.provisions ?? [],
    events: (row.events ?? []).map((event) => ({ ...event, at: new Date(event.at) })),
  };
}

const app = Fastify({ logger: false });
const pages = floorPages(path.join(root, 'apps/web'));
const html = (reply, text) => reply.type('text/html; charset=utf-8').send(text);

app.get('/health/ready', async () => ({ status: 'ok' }));
app.get('/api/v1/cities/:city/policies', (request) => list(request.params.city));
app.get('/api/v1/cities/:city/policies/:id', async ({ params }, reply) => (await show(params.city, params.id)) ?? reply.callNotFound());
app.get('/:city/policies', async ({ params }, reply) => html(reply, pages.list(params.city, await list(params.city))));
app.get('/:city/policies/:id', async ({ params }, reply) => {
  const policy = await show(params.city, params.id);
  return policy ? html(reply, pages.show(params.city, policy)) : reply.callNotFound();
});
addOpinionRoutes(app);

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => process.exit(0));
