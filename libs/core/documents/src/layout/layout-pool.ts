import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { canonicalJson, DomainError, sha256Hex } from '@platform/kernel';
import type { ComparisonTable } from './comparison-table';
import type { Source } from './compose';
import type { Particulars } from './official-document';
import type { LaidOut } from './official-pdf';

export interface LayoutJob {
  format: 'pdf' | 'docx';
  source: Source;
  particulars: Particulars;
}

/** A comparison to be drawn. */
export interface ComparisonJob {
  format: 'pdf' | 'docx';
  comparison: ComparisonTable;
}

export type LayoutAnswer = { bytes: Uint8Array; pages: number | null } | { refusal: { key: string; params: Record<string, unknown> } } | { failure: string };

/** Most threads, waiting documents, seconds for one, and bytes kept for those who ask again. */
const LIMITS = { threads: 2, waiting: 16, seconds: 60, cacheBytes: 32 * 1024 * 1024 };

/** Compiled, the thread's program lies beside this file; where TypeScript is run as it is (tests), in `dist`. */
const PROGRAM = __filename.endsWith('.ts') ? join(__dirname, '../../../../../dist/libs/core/documents/src/layout/layout-worker.js') : join(__dirname, 'layout-worker.js');

interface Task {
  job: LayoutJob | ComparisonJob;
  resolve(result: LaidOut): void;
  reject(error: unknown): void;
}

/** Lays documents out in threads of its own; keeps what it made, by the content of what was asked. */
export class LayoutPool {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly waiting: Task[] = [];
  /** By the hash of what was asked, the one asked for longest ago first; no bytes yet where it is still being made. */
  private readonly cache = new Map<string, { made: Promise<LaidOut>; bytes: number }>();

  constructor(private readonly limits: typeof LIMITS = LIMITS) {}

  /**
   * Lays one document or comparison out.
   *
   * @throws DomainError too_many `layout:error.busy` if too many are waiting, invalid `layout:error.tooLong` or `layout:error.failed`, and what `officialPdf` refuses
   */
  run(job: LayoutJob | ComparisonJob): Promise<LaidOut> {
    // Two who ask for the same at once share one run; JSON leaves out what is undefined.
    const key = sha256Hex(canonicalJson(JSON.parse(JSON.stringify(job))));
    const known = this.cache.get(key);
    if (known) {
      this.cache.delete(key);
      this.cache.set(key, known);
      return known.made;
    }
    if (this.waiting.length >= this.limits.waiting) return Promise.reject(new DomainError('too_many', 'layout:error.busy'));
    const made = new Promise<LaidOut>((resolve, reject) => this.waiting.push({ job, resolve, reject }));
    const entry = { made, bytes: 0 };
    this.cache.set(key, entry);
    made.then(({ bytes }) => {
      entry.bytes = bytes.length;
      this.forget();
    }, () => this.cache.delete(key));
    this.next();
    return made;
  }

  async close(): Promise<void> {
    for (const { reject } of this.waiting.splice(0)) reject(new DomainError('too_many', 'layout:error.busy'));
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  private forget(): void {
    let total = [...this.cache.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, { bytes }] of this.cache) {
      if (total <= this.limits.cacheBytes) return;
      if (bytes > 0) this.cache.delete(key);
      total -= bytes;
    }
  }

  private next(): void {
    const worker = this.idle.pop() ?? (this.all.size < this.limits.threads && this.waiting.length > 0 ? this.start() : undefined);
    if (!worker) return;
    const task = this.waiting.shift();
    if (task) this.give(worker, task);
    else this.idle.push(worker);
  }

  private start(): Worker {
    const worker = new Worker(PROGRAM, { resourceLimits: { maxOldGenerationSizeMb: 512 } });
    // A thread that waits for work keeps no program alive.
    worker.unref();
    this.all.add(worker);
    worker.once('exit', () => {
      this.all.delete(worker);
      const at = this.idle.indexOf(worker);
      if (at >= 0) this.idle.splice(at, 1);
      this.next();
    });
    return worker;
  }

  private give(worker: Worker, { job, resolve, reject }: Task): void {
    const done = (finish: () => void, usable: boolean): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onFailure).off('exit', onFailure).unref();
      if (usable) this.idle.push(worker);
      else void worker.on('error', () => undefined).terminate();
      finish();
      this.next();
    };
    const onFailure = (): void => done(() => reject(DomainError.invalid('layout:error.failed')), false);
    const onMessage = (answer: LayoutAnswer): void => done(() => {
      if ('bytes' in answer) resolve({ bytes: Buffer.from(answer.bytes), pages: answer.pages });
      else reject('refusal' in answer ? DomainError.invalid(answer.refusal.key, [], answer.refusal.params) : new Error(answer.failure));
    }, true);
    const timer = setTimeout(() => done(() => reject(DomainError.invalid('layout:error.tooLong')), false), this.limits.seconds * 1000);
    worker.ref();
    worker.on('message', onMessage).on('error', onFailure).on('exit', onFailure);
    worker.postMessage(job);
  }
}
