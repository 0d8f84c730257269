import { DomainError } from '@platform/kernel';
import { MerkleTree } from '@platform/merkle';
import type { PublicReader, TenantTx } from '@platform/persistence';
import { type Checkpoint, CHECKPOINT_FORMAT } from './checkpoint';

interface Row {
  city: string;
  no: number;
  size: string;
  root: string;
  at: Date;
  keyId: string;
  publicKey: string;
  signature: string;
}

/** Either way of reading. */
type Reader = Pick<PublicReader, 'query'>;

const COLUMNS = 'city_id AS city, no, size, root, at, key_id AS "keyId", public_key AS "publicKey", signature';
const PAGE = 20;
/** Leaves that are read for one proof. */
const MOST_LEAVES = 2_000_000;

const asOf = ({ city, no, size, root, at, keyId, publicKey, signature }: Row): Checkpoint =>
  ({ format: CHECKPOINT_FORMAT, city, no, size: Number(size), root, at: at.toISOString(), keyId, publicKey, signature });

export async function newestCheckpoint(tx: TenantTx): Promise<Checkpoint | null> {
  const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM log_checkpoint WHERE city_id = $1 ORDER BY no DESC LIMIT 1`, [tx.cityId]);
  return row ? asOf(row) : null;
}

/** The checkpoints of a city, newest first; twenty a page behind the number `after`, or all. */
export async function checkpoints(reader: Reader, cityId: string, { after, all = false }: { after?: number | undefined; all?: boolean } = {}): Promise<{ items: Checkpoint[]; next: number | null }> {
  const rows = await reader.query<Row>(
    `SELECT ${COLUMNS} FROM log_checkpoint WHERE city_id = $1 AND ($2::int IS NULL OR no < $2) ORDER BY no DESC LIMIT $3`, [cityId, after ?? null, all ? null : PAGE + 1]);
  const items = rows.slice(0, all ? rows.length : PAGE).map(asOf);
  return { items, next: items.length < rows.length ? items.at(-1)?.no ?? null : null };
}

/** One checkpoint by its number. @throws DomainError `not_found`. */
export async function requireCheckpoint(reader: Reader, cityId: string, no: number): Promise<Checkpoint> {
  const [row] = await reader.query<Row>(`SELECT ${COLUMNS} FROM log_checkpoint WHERE city_id = $1 AND no = $2`, [cityId, no]);
  if (!row) throw DomainError.notFound();
  return asOf(row);
}

export interface LogKey {
  keyId: string;
  publicKey: string;
  firstUsed: Date;
  lastUsed: Date;
}

/** The public keys that a city's checkpoints are signed with, the present one first. */
export const logKeys = (reader: Reader, cityId: string): Promise<LogKey[]> =>
  reader.query<LogKey>(
    `SELECT key_id AS "keyId", public_key AS "publicKey", min(at) AS "firstUsed", max(at) AS "lastUsed" FROM log_checkpoint
     WHERE city_id = $1 GROUP BY key_id, public_key ORDER BY max(no) DESC`, [cityId]);

export interface LogState {
  /** Entries that have their number. */
  size: number;
  fault: string | null;
  faultAt: Date | null;
}

export async function logState(reader: Reader, cityId: string): Promise<LogState> {
  const [row] = await reader.query<{ size: string; fault: string | null; faultAt: Date | null }>(
    'SELECT size, fault, fault_at AS "faultAt" FROM log_state WHERE city_id = $1', [cityId]);
  return { size: Number(row?.size ?? 0), fault: row?.fault ?? null, faultAt: row?.faultAt ?? null };
}

export interface ConsistencyAnswer {
  first: number;
  second: number;
  /** RFC 9162 §2.1.4, hexadecimal. */
  path: string[];
}

/** What shows that the log of `second` entries begins with that of `first`. @throws DomainError `not_found` for sizes that the log has not. */
export async function consistencyProof(reader: Reader, cityId: string, first: number, second: number): Promise<ConsistencyAnswer> {
  const sizes = [first, second].every((size) => Number.isSafeInteger(size)) && first >= 1 && first <= second && second <= MOST_LEAVES;
  const [row] = sizes ? await reader.query<{ leaves: Buffer | null; count: number }>(
    `SELECT string_agg(leaf, ''::bytea ORDER BY log_no) AS leaves, count(*)::int AS count FROM log_entry WHERE city_id = $1 AND log_no < $2`, [cityId, second]) : [];
  if (!row?.leaves || row.count !== second) throw DomainError.notFound();
  return { first, second, path: new MerkleTree(row.leaves).consistencyProof(first, second).map((one) => one.toString('hex')) };
}
