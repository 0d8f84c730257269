import { parentPort } from 'node:worker_threads';
import { DomainError } from '@platform/kernel';
import type { LayoutAnswer, LayoutJob } from './layout-pool';
import { officialDocx } from './official-docx';
import { officialPdf } from './official-pdf';

/** A thread that lays out one document after another, so that whoever waits for pages is not held up. */
parentPort?.on('message', (job: LayoutJob) => {
  void answer(job).then((result) => parentPort?.postMessage(result));
});

async function answer({ format, source, particulars }: LayoutJob): Promise<LayoutAnswer> {
  try {
    const { bytes, pages } = await (format === 'pdf' ? officialPdf : officialDocx)(source, particulars);
    return { bytes, pages };
  } catch (error) {
    if (error instanceof DomainError) return { refusal: { key: error.key, params: error.details.params ?? {} } };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
