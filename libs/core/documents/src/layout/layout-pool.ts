import { extname, join } from 'node:path';
import { canonicalJson, DomainError, sha256Hex } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
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

/** A Buffer arrives from the thread as a Uint8Array. */
export interface LayoutResult {
  bytes: Uint8Array;
  pages: number | null;
}

/** Bytes kept for those who ask again. */
const CACHE_BYTES = 32 * 1024 * 1024;

const THREADS = { file: join(__dirname, `layout.thread${extname(__filename)}`), size: 2, waiting: 16, timeoutMs: 60_000, memoryMb: 512 };

/** Lays documents out in threads of its own; keeps what it made, by the content of what was asked. */
export class LayoutPool {
  private readonly threads = new ThreadPool<LayoutJob | ComparisonJob, LayoutResult>(THREADS);
  /** By the hash of what was asked, the one asked for longest ago first; no bytes yet where it is still being made. */
  private readonly cache = new Map<string, { made: Promise<LaidOut>; bytes: number }>();

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
    const made = this.make(job);
    const entry = { made, bytes: 0 };
    this.cache.set(key, entry);
    made.then(({ bytes }) => {
      entry.bytes = bytes.length;
      this.forget();
    }, () => this.cache.delete(key));
    return made;
  }

  close(): Promise<void> {
    return this.threads.close();
  }

  private async make(job: LayoutJob | ComparisonJob): Promise<LaidOut> {
    try {
      const { bytes, pages } = await this.threads.run(job);
      return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), pages };
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      if (error.reason === 'busy') throw new DomainError('too_many', 'layout:error.busy');
      throw DomainError.invalid(error.reason === 'timeout' ? 'layout:error.tooLong' : 'layout:error.failed');
    }
  }

  private forget(): void {
    let total = [...this.cache.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, { bytes }] of this.cache) {
      if (total <= CACHE_BYTES) return;
      if (bytes > 0) this.cache.delete(key);
      total -= bytes;
    }
  }
}
