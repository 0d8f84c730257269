import { parentPort } from 'node:worker_threads';
import { DomainError } from '@platform/kernel';
import { comparisonDocx } from './comparison-docx';
import { comparisonPdf } from './comparison-pdf';
import type { ComparisonJob, LayoutAnswer, LayoutJob } from './layout-pool';
import { officialDocx } from './official-docx';
import { officialPdf } from './official-pdf';

/** A thread that lays out one document after another, so that whoever waits for pages is not held up. */
parentPort?.on('message', (job: LayoutJob | ComparisonJob) => {
  void answer(job).then((result) => parentPort?.postMessage(result));
});

async function answer(job: LayoutJob | ComparisonJob): Promise<LayoutAnswer> {
  try {
    if ('comparison' in job) return { bytes: await (job.format === 'pdf' ? comparisonPdf : comparisonDocx)(job.comparison), pages: null };
    const { bytes, pages } = await (job.format === 'pdf' ? officialPdf : officialDocx)(job.source, job.particulars);
    return { bytes, pages };
  } catch (error) {
    if (error instanceof DomainError) return { refusal: { key: error.key, params: error.details.params ?? {} } };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
