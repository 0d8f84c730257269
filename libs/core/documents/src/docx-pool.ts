import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import type { ReadDocument } from './parse-docx';

/** What the thread is given. */
export interface DocxJob {
  bytes: Uint8Array;
  title: string;
}

const pool = new ThreadPool<DocxJob, ReadDocument>({
  file: join(__dirname, `read-docx.thread${extname(__filename)}`), size: 1, waiting: 20, timeoutMs: 30_000, memoryMb: 1_024,
});

/**
 * Reads a DOCX beside the event loop.
 *
 * @throws DomainError what `parseDocx` refuses; invalid `documents:error.docxTooLarge` for one that takes more time or memory than any document
 *   should; too_many `documents:error.busy` while too many wait
 */
export async function docxInThread(bytes: Buffer, title: string): Promise<ReadDocument> {
  try {
    return await pool.run({ bytes, title });
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    throw error.reason === 'busy' ? new DomainError('too_many', 'documents:error.busy') : DomainError.invalid('documents:error.docxTooLarge');
  }
}
