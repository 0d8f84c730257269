import { systemActor } from '@platform/kernel';
import { HASH_BYTES, MerkleTree } from '@platform/merkle';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { NamedFiles } from '@platform/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { KeyObject } from 'node:crypto';
import { appendEntries, lockLog } from './append-entries';
import { asCheckpoint, type Checkpoint, keyIdOf, rawPublicKey, signatureHolds, signCheckpoint } from './checkpoint';
import { newestCheckpoint } from './log-reads';
import { LOG_KEYS, type LogKeys } from './log-keys';

/** A new checkpoint is due after so many new entries at once; after this time for fewer; and after a day for none, which shows that the log is alive. */
const DUE_ENTRIES = 256;
const DUE_MS = 10 * 60_000;
const ALIVE_MS = 24 * 3_600_000;

/** Why nothing is signed: the log does not continue what was signed before, or what was published is not what the database says. */
export type LogFault = 'not_continued' | 'published_differs' | 'published_missing' | 'published_ahead' | 'foreign_key';

/** The published file of a checkpoint, in the store of files. */
export const checkpointFileName = (city: string, no: number): string => `checkpoints/${city}/${String(no).padStart(8, '0')}.json`;

/**
 * Numbers what is new in a city's log and signs it. A schedule calls it; it is harmless twice, and two at once follow each other. Before it signs, it holds the whole log against the newest checkpoint
 * as it was published: a history that was rewritten in the database is never signed over. Answers the checkpoint that it took, or null.
 */
@Injectable()
export class TakeCheckpoint {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: NamedFiles,
    @Inject(LOG_KEYS) private readonly keys: LogKeys,
  ) {}

  /** `now`: also where none is due. */
  async run(cityId: string, { now = false }: { now?: boolean } = {}): Promise<Checkpoint | null> {
    const key = this.keys.signingKey;
    const system = systemActor(cityId);
    // Each batch in a transaction of its own, so that a long log is no long transaction.
    while (await this.unitOfWork.run(system, async (tx) => appendEntries(tx, await lockLog(tx))) > 0);
    if (!key) return null;
    return this.unitOfWork.run(system, (tx) => this.sign(tx, key, now));
  }

  private async sign(tx: TenantTx, key: KeyObject, now: boolean): Promise<Checkpoint | null> {
    const size = await lockLog(tx);
    const last = await newestCheckpoint(tx);
    if (!now && !isDue(size, last, tx.at)) return null;
    const leaves = await readLeaves(tx, size);
    if (leaves.length !== size * HASH_BYTES) return fault(tx, 'not_continued');
    const tree = new MerkleTree(leaves);
    const continues = (one: Checkpoint): boolean => one.city === tx.cityId && one.size <= tree.size && tree.root(one.size).toString('hex') === one.root;
    if (last) {
      const published = await this.published(tx.cityId, last.no);
      if (!published) return fault(tx, 'published_missing');
      if (published.signature !== last.signature || published.root !== last.root || published.size !== last.size) return fault(tx, 'published_differs');
      if (!this.accepts(published, key)) return fault(tx, 'foreign_key');
      if (!continues(published)) return fault(tx, 'not_continued');
    }
    const no = (last?.no ?? 0) + 1;
    // Published by a run that ended before its commit: that one counts. If it does not fit, the database has lost what was signed.
    const ahead = await this.published(tx.cityId, no);
    if (ahead && !(this.accepts(ahead, key) && continues(ahead))) return fault(tx, 'published_ahead');
    const next = ahead ?? signCheckpoint({ city: tx.cityId, no, size, root: tree.root().toString('hex'), at: tx.at.toISOString() }, key);
    if (!ahead) await this.files.put(checkpointFileName(tx.cityId, no), Buffer.from(`${JSON.stringify(next, null, 2)}\n`));
    await tx.query(
      'INSERT INTO log_checkpoint (city_id, no, size, root, at, key_id, public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [tx.cityId, next.no, next.size, next.root, next.at, next.keyId, next.publicKey, next.signature]);
    await tx.query('UPDATE log_state SET fault = NULL, fault_at = NULL WHERE city_id = $1 AND fault IS NOT NULL', [tx.cityId]);
    return next;
  }

  private async published(cityId: string, no: number): Promise<Checkpoint | null> {
    const bytes = await this.files.get(checkpointFileName(cityId, no));
    if (!bytes) return null;
    try {
      return asCheckpoint(JSON.parse(bytes.toString('utf8')));
    } catch {
      return null;
    }
  }

  private accepts(one: Checkpoint, key: KeyObject): boolean {
    return signatureHolds(one) && (one.keyId === keyIdOf(rawPublicKey(key)) || this.keys.accepted.has(one.publicKey));
  }
}

function isDue(size: number, last: Checkpoint | null, at: Date): boolean {
  if (!last) return size > 0;
  const [fresh, age] = [size - last.size, at.getTime() - Date.parse(last.at)];
  return fresh >= DUE_ENTRIES || (fresh !== 0 && age >= DUE_MS) || age >= ALIVE_MS;
}

/** Leaves' hashes one after the other, as far as there is no gap. */
async function readLeaves(tx: TenantTx, size: number): Promise<Buffer> {
  const PAGE = 20_000;
  const parts: Buffer[] = [];
  for (let from = 0; from < size; from += PAGE) {
    const [row] = await tx.query<{ leaves: Buffer | null; count: number }>(
      `SELECT string_agg(leaf, ''::bytea ORDER BY log_no) AS leaves, count(*)::int AS count FROM log_entry WHERE city_id = $1 AND log_no >= $2 AND log_no < $3`,
      [tx.cityId, from, Math.min(size, from + PAGE)]);
    if (!row?.leaves) break;
    parts.push(row.leaves);
  }
  return Buffer.concat(parts);
}

/** Writes down, once, why nothing is signed any more. The transaction commits: the fault is for everybody to see. */
async function fault(tx: TenantTx, why: LogFault): Promise<null> {
  await tx.query('UPDATE log_state SET fault = $2, fault_at = $3 WHERE city_id = $1 AND fault IS DISTINCT FROM $2', [tx.cityId, why, tx.at]);
  return null;
}
