/**
 * A posted opinion by hand. `plain` writes the opinion alone, as a role that row-level security does not bind: BEGIN, the consultation locked
 * FOR SHARE, the opinion, COMMIT. `full` does what the product does in the database: row-level security with its settings, the audit entry in
 * its chain, the outbox row. Neither checks who acts or what was sent, and neither answers a repeated key.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import pg from 'pg';

const LOCK = 'SELECT tenant_id, version_id, receipt_salt, state, opens_at, closes_at FROM consultation WHERE city_id = $1 AND id = $2 FOR SHARE';
const OPINION = `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, clause_id, channel, author_kind, text, stance, receipt_no,
  receipt_code_hash, idempotency_key, received_at, moderation) VALUES ($1, $2, $3, $4, $5, $6, 'website', 'anonymous', $7, $8, $9, $10, $11, $12, 'shown')`;
const OUTBOX = 'INSERT INTO outbox (city_id, id, tenant_id, type, payload, created_at, available_at) VALUES ($1, $2, $3, $4, $5, $6, $6)';
const AUDIT = `INSERT INTO audit_entry (city_id, chain, seq, tenant_id, payload, prev_hash, hash) VALUES ($1, $2, 0, $3, $4, '', '')`;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The routes `/plain/…` and `/full/…`; the rest of the path as in the product. */
export function addOpinionRoutes(app) {
  for (const [name, connectionString, full] of [['plain', process.env.OWNER_DATABASE_URL, false], ['full', process.env.APP_DATABASE_URL, true]]) {
    const pool = new pg.Pool({ connectionString, max: 20 });
    app.post(`/${name}/api/v1/cities/:city/consultations/:id/opinions`, async (request, reply) => {
      const { city, id } = request.params;
      const receipt = await post(pool, { city, consultation: id, key: request.headers['idempotency-key'], ...request.body }, full);
      return receipt ? reply.status(201).send(receipt) : reply.status(409).send({ status: 409 });
    });
  }
}

async function post(pool, input, full) {
  const client = await pool.connect();
  try {
    await client.query(full ? `BEGIN; SET LOCAL app.city_id = '${input.city.replaceAll("'", "''")}'; SET LOCAL app.scope = 'own'` : 'BEGIN');
    const receipt = await write(client, input, full);
    await client.query(receipt ? 'COMMIT' : 'ROLLBACK');
    return receipt;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function write(client, { city, consultation, key, text, stance, clauseId }, full) {
  const at = new Date();
  const { rows: [open] } = await client.query({ name: 'lock', text: LOCK, values: [city, consultation] });
  if (open?.state !== 'open' || at < open.opens_at || at >= open.closes_at) return null;
  const id = randomUUID();
  const code = createHmac('sha256', open.receipt_salt).update(key).digest('hex');
  const receiptNo = `YJ-${code.slice(0, 12)}`;
  await client.query({
    name: 'opinion', text: OPINION,
    values: [city, id, open.tenant_id, consultation, open.version_id, clauseId, text, stance, receiptNo, sha256(code), sha256(key), at],
  });
  if (full) {
    await client.query({
      name: 'outbox', text: OUTBOX,
      values: [city, randomUUID(), open.tenant_id, 'consultation.opinion_posted.v1', JSON.stringify({ opinionId: id, consultationId: consultation }), at],
    });
    const entry = JSON.stringify({ action: 'consultation.opinion_posted', at, subjectId: id, tenantId: open.tenant_id });
    await client.query({ name: 'audit', text: AUDIT, values: [city, `audit/${sha256(id).charAt(0)}`, open.tenant_id, entry] });
  }
  return { opinionId: id, receiptNo, code, receivedAt: at };
}
