import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import type { LaidOut } from '../layout/official-pdf';
import type { Book } from './book';

export interface BookJob {
  format: 'pdf' | 'docx';
  book: Book;
}

/** Five hundred documents take about a minute: one thread, so that what waits for it is told, with memory of its own. */
const THREADS = { file: join(__dirname, `book.thread${extname(__filename)}`), size: 1, waiting: 4, timeoutMs: 300_000, memoryMb: 1024 };

/** Makes books in a thread of its own. */
export class BookPool {
  private readonly threads = new ThreadPool<BookJob, { bytes: Uint8Array; pages: number | null }>(THREADS);

  /**
   * Makes one file.
   *
   * @throws DomainError too_many `book:error.busy`, invalid `book:error.tooLong` after five minutes, `book:error.failed`, and what `bookPdf` refuses
   */
  async run(job: BookJob): Promise<LaidOut> {
    try {
      const { bytes, pages } = await this.threads.run(job);
      return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), pages };
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      if (error.reason === 'busy') throw new DomainError('too_many', 'book:error.busy');
      throw DomainError.invalid(error.reason === 'timeout' ? 'book:error.tooLong' : 'book:error.failed');
    }
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}
