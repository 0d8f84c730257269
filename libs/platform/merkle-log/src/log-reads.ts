import { DomainError } from '@platform/kernel';
import { HASH_BYTES, MerkleTree } from '@platform/merkle';
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
  if (!sizes) throw DomainError.notFound();
  const leaves = await leavesOf(reader, cityId, second);
  return { first, second, path: new MerkleTree(leaves).consistencyProof(first, second).map((one) => one.toString('hex')) };
}

export interface InclusionAnswer {
  entry: number;
  size: number;
  /** Hash of the entry's leaf, and RFC 9162 §2.1.3, hexadecimal. */
  leaf: string;
  path: string[];
}

/** What shows that the entry of a number is under the root over the first `size` entries. @throws DomainError `not_found` for numbers that the log has not. */
export async function inclusionProof(reader: Reader, cityId: string, entry: number, size: number): Promise<InclusionAnswer> {
  if (![entry, size].every((one) => Number.isSafeInteger(one)) || entry < 0 || entry >= size || size > MOST_LEAVES) throw DomainError.notFound();
  const leaves = await leavesOf(reader, cityId, size);
  const at = entry * HASH_BYTES;
  return { entry, size, leaf: leaves.subarray(at, at + HASH_BYTES).toString('hex'), path: new MerkleTree(leaves).inclusionProof(entry, size).map((one) => one.toString('hex')) };
}

/** The hashes of the first leaves, one after the other. @throws DomainError `not_found` where there are fewer. */
async function leavesOf(reader: Reader, cityId: string, size: number): Promise<Buffer> {
  const [row] = await reader.query<{ leaves: Buffer | null; count: number }>(
    `SELECT string_agg(leaf, ''::bytea ORDER BY log_no) AS leaves, count(*)::int AS count FROM log_entry WHERE city_id = $1 AND log_no < $2`, [cityId, size]);
  if (!row?.leaves || row.count !== size) throw DomainError.notFound();
  return row.leaves;
}
