import { RootStack } from '@platform/merkle';
import { type Checkpoint, signatureHolds } from './checkpoint';
import { chainHash, type LogRecord, recordLeaf } from './log-record';

/** Why a log does not stand, in words of the catalogue (`ledger-log:why.…`); `ok` if it does. */
export type LogReason =
  | 'ok' | 'log_unreadable' | 'checkpoint_unreadable' | 'no_checkpoint' | 'bad_signature' | 'key_not_accepted' | 'other_city' | 'fork'
  | 'entry_missing' | 'entry_malformed' | 'misnumbered' | 'edited' | 'unlinked' | 'leaf' | 'gap' | 'head' | 'shorter' | 'root' | 'size';

export interface LogVerdict {
  valid: boolean;
  reason: LogReason;
  params: Record<string, string | number>;
  city: string | null;
  /** Entries in the log's order that were read, and those behind them that have no place in it yet. */
  entries: number;
  pending: number;
  /** Entries under the newest checkpoint: what is proved. */
  covered: number;
  checkpoints: number;
  keyIds: string[];
  /** The keys were given by whoever checks; else they are those that the checkpoints name themselves. */
  keysGiven: boolean;
}

interface ChainEnd {
  seq: number;
  hash: string;
}

const GENESIS = '0'.repeat(64);

/**
 * Holds an exported log against signed checkpoints, entry by entry: hashes and links of every chain, the root over the first n entries of each checkpoint,
 * the signatures. That every checkpoint's root is over a beginning of one and the same list is their consistency. Keeps one line for each chain and no entry.
 */
export class LogVerifier {
  private readonly roots = new RootStack();
  private readonly chains = new Map<string, ChainEnd>();
  private readonly bySize = new Map<number, Checkpoint[]>();
  private readonly heads = new Map<string, ChainEnd>();
  private city: string | null = null;
  private declared: number | null = null;
  private pending = 0;
  private fault: { reason: LogReason; params: Record<string, string | number> } | null = null;
  /** Weighs less than what an entry itself shows: it says that something is wrong and not where. */
  private rootFault: { reason: LogReason; params: Record<string, string | number> } | null = null;

  constructor(private readonly checkpoints: readonly Checkpoint[], private readonly acceptedKeys: ReadonlySet<string> | null) {
    for (const one of checkpoints) this.bySize.set(one.size, [...(this.bySize.get(one.size) ?? []), one]);
    this.judgeCheckpoints();
    this.compareRoots();
  }

  /** The members of the log file beside its lists. */
  declare(city: unknown, size: unknown): void {
    if (typeof city === 'string') this.city = city;
    if (typeof size === 'number') this.declared = size;
  }

  /** The next entry in the log's order. */
  add(value: unknown): void {
    const no = this.roots.size;
    const entry = this.read(value, no);
    // Whatever stands in a place counts as a leaf, so that the number of those behind it is told right.
    const leaf = entry ? recordLeaf(this.checkpoints[0]?.city ?? '', entry) : Buffer.alloc(32);
    this.roots.push(leaf);
    if (entry) this.follow(entry, no);
    // The one that the log took down when it gave the number; where it differs, this is the entry that was changed since.
    if (entry && (value as { leaf?: unknown }).leaf !== leaf.toString('hex')) this.fail('leaf', { no, chain: entry.chain, seq: entry.seq });
    this.compareRoots();
  }

  /** An entry of a chain that the log has not taken in yet. */
  addPending(value: unknown): void {
    const no = this.roots.size + this.pending;
    this.pending += 1;
    const entry = this.read({ ...(value as object), no }, no);
    if (entry) this.follow(entry, no);
  }

  addHead(value: unknown): void {
    const { chain, seq, hash } = (value ?? {}) as Record<string, unknown>;
    if (typeof chain !== 'string' || typeof seq !== 'number' || typeof hash !== 'string' || this.heads.has(chain)) this.fail('log_unreadable', {});
    else this.heads.set(chain, { seq, hash });
  }

  /** Ends with what the file says of itself where it could not be read to its end. */
  end(unreadable = false): LogVerdict {
    if (unreadable) this.fail('log_unreadable', {});
    for (const chain of new Set([...this.chains.keys(), ...this.heads.keys()])) {
      const [end, head] = [this.chains.get(chain), this.heads.get(chain)];
      if (end?.seq !== head?.seq || end?.hash !== head?.hash) this.fail('head', { chain, seq: (end?.seq ?? 0) + 1 });
    }
    if (this.declared !== this.roots.size) this.fail('size', { size: this.roots.size });
    if (this.checkpoints.some(({ city }) => city !== this.city)) this.fail('other_city', { city: this.city ?? '' });
    const largest = Math.max(0, ...this.bySize.keys());
    if (largest > this.roots.size) this.rootFault ??= { reason: 'shorter', params: { size: largest, entries: this.roots.size } };
    const fault = this.fault ?? this.rootFault;
    return {
      valid: fault === null, reason: fault?.reason ?? 'ok', params: fault?.params ?? { entries: this.roots.size, covered: largest }, city: this.city,
      entries: this.roots.size, pending: this.pending, covered: Math.min(largest, this.roots.size), checkpoints: this.checkpoints.length,
      keyIds: [...new Set(this.checkpoints.map(({ keyId }) => keyId))], keysGiven: this.acceptedKeys !== null,
    };
  }

  private judgeCheckpoints(): void {
    if (this.checkpoints.length === 0) this.fail('no_checkpoint', {});
    for (const one of this.checkpoints) {
      if (!signatureHolds(one)) this.fail('bad_signature', { no: one.no });
      else if (this.acceptedKeys && !this.acceptedKeys.has(one.publicKey)) this.fail('key_not_accepted', { no: one.no, keyId: one.keyId });
    }
    for (const same of this.bySize.values()) if (new Set(same.map(({ root }) => root)).size > 1) this.fail('fork', { size: same[0]?.size ?? 0 });
  }

  private compareRoots(): void {
    const size = this.roots.size;
    const due = this.bySize.get(size);
    if (!due) return;
    const root = this.roots.root().toString('hex');
    if (due.some((one) => one.root !== root)) this.rootFault ??= { reason: 'root', params: { size, no: due[0]?.no ?? 0 } };
  }

  /** The link of an entry to the one before it in its chain, and its payload. */
  private follow(entry: LogRecord & { payload: string }, no: number): void {
    const last = this.chains.get(entry.chain) ?? { seq: 0, hash: GENESIS };
    const where = { no, chain: entry.chain, seq: entry.seq };
    if (entry.seq !== last.seq + 1) this.fail('gap', { ...where, seq: last.seq + 1 });
    else if (entry.prevHash !== last.hash) this.fail('unlinked', where);
    else if (chainHash(entry.prevHash, entry.payload) !== entry.hash) this.fail('edited', where);
    this.chains.set(entry.chain, { seq: entry.seq, hash: entry.hash });
  }

  private read(value: unknown, no: number): (LogRecord & { payload: string }) | null {
    const entry = (value ?? {}) as Record<string, unknown>;
    if (entry['missing'] === true) this.fail('entry_missing', { no, chain: String(entry['chain']), seq: Number(entry['seq']) });
    else if (!isRecord(entry)) this.fail('entry_malformed', { no });
    else if (entry['no'] !== no) this.fail('misnumbered', { no });
    else return entry;
    return null;
  }

  private fail(reason: LogReason, params: Record<string, string | number>): void {
    this.fault ??= { reason, params };
  }
}

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

function isRecord(value: Record<string, unknown>): value is Record<string, unknown> & LogRecord & { payload: string } {
  const { kind, chain, seq, tenantId, policyId, isPublic, prevHash, hash, payload } = value;
  return (kind === 'event' || kind === 'audit') && typeof chain === 'string' && Number.isSafeInteger(seq) && isTextOrNull(tenantId) && isTextOrNull(policyId)
    && (isPublic === null || typeof isPublic === 'boolean') && isHash(prevHash) && isHash(hash) && typeof payload === 'string';
}
