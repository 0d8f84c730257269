import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import { MAX_WORKBOOK_BYTES, type WorkbookRow } from './read-workbook';

/** What the thread is given. */
export interface WorkbookJob {
  bytes: Uint8Array;
  maxRows: number;
}

/** Reads workbooks from outside in a thread of its own, whose time and memory are not the web's. */
export class WorkbookPool {
  private readonly threads = new ThreadPool<WorkbookJob, WorkbookRow[]>({
    file: join(__dirname, `read-workbook.thread${extname(__filename)}`), size: 1, waiting: 8, timeoutMs: 20_000, memoryMb: 512,
  });

  /**
   * The rows of the first sheet.
   *
   * @throws DomainError what `readWorkbook` refuses; invalid `channels:error.xlsxTooLarge` for one that is larger, or takes more time or memory, than any honest one;
   *   too_many `channels:error.busy` while too many wait
   */
  async read(bytes: Buffer, maxRows: number): Promise<WorkbookRow[]> {
    if (bytes.length > MAX_WORKBOOK_BYTES) throw DomainError.invalid('channels:error.xlsxTooLarge');
    try {
      return await this.threads.run({ bytes, maxRows });
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      throw error.reason === 'busy' ? new DomainError('too_many', 'channels:error.busy') : DomainError.invalid('channels:error.xlsxTooLarge');
    }
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}
