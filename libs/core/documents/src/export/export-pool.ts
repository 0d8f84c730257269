import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import type { Report } from './report';
import type { Sheet } from './workbook';

export type ExportJob = { report: Report; format?: 'docx' | 'pdf' } | { workbook: readonly Sheet[] };

/** Ten thousand rows take seconds of processor time: one thread writes, so that pages do not wait, and its limit of memory is not the web's. */
const THREADS = { file: join(__dirname, `export.thread${extname(__filename)}`), size: 1, waiting: 8, timeoutMs: 60_000, memoryMb: 768 };

/** Writes workbooks and reports in a thread of its own. Nothing is kept: they may hold what only one department may read. */
export class ExportPool {
  private readonly threads = new ThreadPool<ExportJob, Uint8Array>(THREADS);

  /**
   * Writes one file.
   *
   * @throws DomainError too_many `outlets:error.busy` if too many are waiting, invalid `outlets:error.tooLong` or `outlets:error.failed`
   */
  async run(job: ExportJob): Promise<Buffer> {
    try {
      const bytes = await this.threads.run(job);
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      if (error.reason === 'busy') throw new DomainError('too_many', 'outlets:error.busy');
      throw DomainError.invalid(error.reason === 'timeout' ? 'outlets:error.tooLong' : 'outlets:error.failed');
    }
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}
