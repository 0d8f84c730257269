import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import type { Clustering, ClusterOptions, Text } from './cluster-texts';

/** What the thread is given. */
export interface ClusterJob {
  texts: readonly Text[];
  options: ClusterOptions;
}

const pool = new ThreadPool<ClusterJob, Clustering>({
  file: join(__dirname, `cluster.thread${extname(__filename)}`), size: 1, waiting: 8, timeoutMs: 300_000, memoryMb: 2_048,
});

/**
 * Clusters texts beside the event loop, as `clusterTexts` does: 10,000 opinions take seconds of processor time.
 *
 * @throws DomainError too_many `similarity:error.busy` while too many wait; invalid `similarity:error.tooLarge` for texts that take more time or memory than
 *   a consultation should
 */
export async function clusterInThread(texts: readonly Text[], options: ClusterOptions = {}): Promise<Clustering> {
  try {
    return await pool.run({ texts, options });
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    throw error.reason === 'busy' ? new DomainError('too_many', 'similarity:error.busy') : DomainError.invalid('similarity:error.tooLarge');
  }
}
