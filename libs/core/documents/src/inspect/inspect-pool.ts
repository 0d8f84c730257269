import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import type { BroughtFile, Inspection } from './inspect-file';
import { safeName } from './safe-name';

const pool = new ThreadPool<BroughtFile & { maxBytes: number }, Inspection>({
  file: join(__dirname, `inspect.thread${extname(__filename)}`), size: 1, waiting: 40, timeoutMs: 15_000, memoryMb: 768,
});

/**
 * As `inspectFile`, beside the event loop. A file that takes more time or memory than any should is refused as `slow`.
 *
 * @throws DomainError too_many `documents:error.busy` while too many wait
 */
export async function inspectInThread(file: BroughtFile, maxBytes: number): Promise<Inspection> {
  try {
    return await pool.run({ ...file, maxBytes });
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    if (error.reason === 'busy') throw new DomainError('too_many', 'documents:error.busy');
    const { base, ending } = safeName(file.name);
    return { refused: 'slow', name: `${base || '附件'}.${ending.slice(0, 20)}` };
  }
}
