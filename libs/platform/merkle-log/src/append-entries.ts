import type { TenantTx } from '@platform/persistence';
import { type LogKind, type LogRecord, recordLeaf } from './log-record';

/** Chains looked at, and entries taken in, at once. */
const CHAINS = 500;
const BATCH = 2000;

export interface RecordRow {
  kind: LogKind;
  chain: string;
  seq: string;
  tenantId: string | null;
  policyId: string | null;
  isPublic: boolean | null;
  prevHash: string;
  hash: string;
}

/** The columns of both tables of entries under the names of `LogRecord`, for a SELECT from `e`. */
export const EVENT_COLUMNS = `'event' AS kind, e.chain, e.seq, e.tenant_id AS "tenantId", e.policy_id AS "policyId", e.is_public AS "isPublic", e.prev_hash AS "prevHash", e.hash`;
export const AUDIT_COLUMNS = `'audit' AS kind, e.chain, e.seq, e.tenant_id AS "tenantId", NULL::uuid AS "policyId", NULL::boolean AS "isPublic", e.prev_hash AS "prevHash", e.hash`;

export const asRecord = ({ kind, chain, seq, tenantId, policyId, isPublic, prevHash, hash }: RecordRow): LogRecord =>
  ({ kind, chain, seq: Number(seq), tenantId, policyId, isPublic, prevHash, hash });

/** Takes the city's log for this transaction; answers how many entries it has. Nobody who writes an entry waits for it. */
export async function lockLog(tx: TenantTx): Promise<number> {
  await tx.query('INSERT INTO log_state (city_id) VALUES ($1) ON CONFLICT (city_id) DO NOTHING', [tx.cityId]);
  const [state] = await tx.query<{ size: string }>('SELECT size FROM log_state WHERE city_id = $1 FOR UPDATE', [tx.cityId]);
  return Number(state?.size ?? 0);
}

/**
 * Gives the next entries of the city's chains their numbers in the log, at most `BATCH` at once, and answers how many. Needs the system scope and the log's lock. A number
 * given stays: chain by chain in the order of their names, within a chain by number. An entry of a chain is visible only together with all before it, because its writer held the
 * chain's head until the commit; so a chain has no gap here unless somebody deleted from it, and then nothing behind the gap is taken in.
 */
export async function appendEntries(tx: TenantTx, size: number): Promise<number> {
  const waiting = await tx.query<{ chain: string; done: string }>(
    `SELECT h.chain, coalesce(l.seq, 0) AS done FROM chain_head h LEFT JOIN log_chain l ON l.city_id = h.city_id AND l.chain = h.chain
     WHERE h.city_id = $1 AND h.seq > coalesce(l.seq, 0) ORDER BY h.chain LIMIT ${CHAINS}`, [tx.cityId]);
  if (waiting.length === 0) return 0;
  const behind = (table: string, columns: string): string =>
    `SELECT ${columns} FROM ${table} e JOIN unnest($2::text[], $3::bigint[]) AS w (chain, done) ON e.chain = w.chain AND e.seq > w.done WHERE e.city_id = $1`;
  const rows = await tx.query<RecordRow>(
    `${behind('audit_entry', AUDIT_COLUMNS)} UNION ALL ${behind('life_cycle_event', EVENT_COLUMNS)} ORDER BY chain, seq LIMIT ${BATCH}`,
    [tx.cityId, waiting.map(({ chain }) => chain), waiting.map(({ done }) => done)]);
  const ends = new Map(waiting.map(({ chain, done }) => [chain, Number(done)]));
  const taken = rows.map(asRecord).filter((row) => {
    if (row.seq !== (ends.get(row.chain) ?? 0) + 1) return false;
    ends.set(row.chain, row.seq);
    return true;
  });
  if (taken.length === 0) return 0;
  await insertNumbered(tx, size, taken);
  const moved = [...new Set(taken.map(({ chain }) => chain))];
  await inParts(moved, 256, (part) => tx.query(
    `INSERT INTO log_chain (city_id, chain, seq) VALUES ${part.map((_chain, at) => `($1, $${2 * at + 2}, $${2 * at + 3})`).join(', ')}
     ON CONFLICT (city_id, chain) DO UPDATE SET seq = excluded.seq`, [tx.cityId, ...part.flatMap((chain) => [chain, ends.get(chain)])]));
  await tx.query('UPDATE log_state SET size = $2, appended_at = $3 WHERE city_id = $1', [tx.cityId, size + taken.length, tx.at]);
  return taken.length;
}

const insertNumbered = (tx: TenantTx, size: number, records: readonly LogRecord[]): Promise<void> =>
  inParts(records.map((record, at) => ({ record, no: size + at })), 256, (part) => tx.query(
    `INSERT INTO log_entry (city_id, log_no, kind, chain, seq, leaf) VALUES ${part.map((_one, at) => `($1, ${[2, 3, 4, 5, 6].map((n) => `$${5 * at + n}`).join(', ')})`).join(', ')}`,
    [tx.cityId, ...part.flatMap(({ record, no }) => [no, record.kind, record.chain, record.seq, recordLeaf(tx.cityId, record)])]));

/** Parts of `most`, then of the powers of two below: few different statements, so that each is prepared once. */
async function inParts<T>(items: readonly T[], most: number, insert: (part: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0, length = most; at < items.length;) {
    while (length > items.length - at) length /= 2;
    await insert(items.slice(at, at + length));
    at += length;
  }
}
