import type { TenantTx } from '@platform/persistence';
import { AUDIT_COLUMNS, asRecord, EVENT_COLUMNS, type RecordRow } from './append-entries';
import { LOG_FORMAT } from './verify-log-file';

interface ExportRow extends RecordRow {
  logNo: string;
  leaf: string;
  /** Null: the log has a number for an entry that is no longer there. */
  payload: string | null;
}

const PAGE = 2000;

/**
 * A city's whole log as the text of its file, part by part: entries in the order of the log, those that have no number yet, and the heads of all chains. Needs the system scope and a transaction that
 * sees one moment (`readOneMoment`), so that heads and entries fit. Reads and computes nothing: what the database says now is what is checked.
 */
export async function* exportLog(tx: TenantTx): AsyncGenerator<string> {
  const [state] = await tx.query<{ size: string }>('SELECT size FROM log_state WHERE city_id = $1', [tx.cityId]);
  const [length] = await tx.query<{ size: string }>('SELECT count(*) AS size FROM log_entry WHERE city_id = $1', [tx.cityId]);
  yield `{"format":${JSON.stringify(LOG_FORMAT)},"city":${JSON.stringify(tx.cityId)},"exportedAt":${JSON.stringify(tx.at.toISOString())},"size":${Number(state?.size ?? length?.size ?? 0)},\n"entries":[`;
  yield* lines(numbered(tx));
  yield '],\n"pending":[';
  yield* lines(pending(tx));
  yield '],\n"heads":[';
  yield* lines(heads(tx));
  yield ']}\n';
}

/** For the first statement of a transaction: everything read in it is of one moment. */
export async function readOneMoment(tx: TenantTx): Promise<void> {
  await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
}

async function* lines(pages: AsyncIterable<object[]>): AsyncGenerator<string> {
  let first = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${first ? '' : ','}\n${page.map((one) => JSON.stringify(one)).join(',\n')}`;
    first = false;
  }
}

/** Each entry is looked up by its key, a page at a time: left to itself the planner joins all entries for every page. */
async function* numbered(tx: TenantTx): AsyncGenerator<object[]> {
  for (let after = '-1'; ;) {
    const rows = await tx.query<ExportRow>(
      `SELECT l.log_no AS "logNo", encode(l.leaf, 'hex') AS leaf, l.kind, l.chain, l.seq, coalesce(v.tenant_id, a.tenant_id) AS "tenantId", v.policy_id AS "policyId", v.is_public AS "isPublic",
         coalesce(v.prev_hash, a.prev_hash) AS "prevHash", coalesce(v.hash, a.hash) AS hash, coalesce(v.payload, a.payload) AS payload
       FROM (SELECT * FROM log_entry WHERE city_id = $1 AND log_no > $2 ORDER BY log_no LIMIT ${PAGE}) l
       LEFT JOIN LATERAL (SELECT * FROM life_cycle_event e WHERE l.kind = 'event' AND e.city_id = $1 AND e.chain = l.chain AND e.seq = l.seq LIMIT 1) v ON true
       LEFT JOIN LATERAL (SELECT * FROM audit_entry e WHERE l.kind = 'audit' AND e.city_id = $1 AND e.chain = l.chain AND e.seq = l.seq LIMIT 1) a ON true
       ORDER BY l.log_no`, [tx.cityId, after]);
    yield rows.map(({ logNo, leaf, payload, ...row }) => (payload === null
      ? { no: Number(logNo), missing: true, kind: row.kind, chain: row.chain, seq: Number(row.seq) }
      : { no: Number(logNo), ...asRecord(row), leaf, payload }));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.logNo;
  }
}

async function* pending(tx: TenantTx): AsyncGenerator<object[]> {
  for (const [table, columns] of [['audit_entry', AUDIT_COLUMNS], ['life_cycle_event', EVENT_COLUMNS]] as const) {
    for (let after: { chain: string; seq: string } = { chain: '', seq: '0' }; ;) {
      const rows: (RecordRow & { payload: string })[] = await tx.query(
        `SELECT ${columns}, e.payload FROM ${table} e WHERE e.city_id = $1 AND (e.chain, e.seq) > ($2, $3::bigint)
           AND NOT EXISTS (SELECT 1 FROM log_entry l WHERE l.city_id = $1 AND l.chain = e.chain AND l.seq = e.seq) ORDER BY e.chain, e.seq LIMIT ${PAGE}`,
        [tx.cityId, after.chain, after.seq]);
      yield rows.map(({ payload, ...row }) => ({ ...asRecord(row), payload }));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = last;
    }
  }
}

async function* heads(tx: TenantTx): AsyncGenerator<object[]> {
  for (let after = ''; ;) {
    const rows: { chain: string; seq: string; hash: string }[] = await tx.query(
      `SELECT chain, seq, hash FROM chain_head WHERE city_id = $1 AND chain > $2 ORDER BY chain LIMIT ${PAGE}`, [tx.cityId, after]);
    yield rows.map(({ chain, seq, hash }) => ({ chain, seq: Number(seq), hash }));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.chain;
  }
}
