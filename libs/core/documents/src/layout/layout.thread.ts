import { serveThread } from '@platform/threads';
import { comparisonDocx } from './comparison-docx';
import { comparisonPdf } from './comparison-pdf';
import type { ComparisonJob, LayoutJob, LayoutResult } from './layout-pool';
import { officialDocx } from './official-docx';
import { officialPdf } from './official-pdf';

serveThread(async (job: LayoutJob | ComparisonJob): Promise<LayoutResult> => {
  if ('comparison' in job) return { bytes: await (job.format === 'pdf' ? comparisonPdf : comparisonDocx)(job.comparison), pages: null };
  return (job.format === 'pdf' ? officialPdf : officialDocx)(job.source, job.particulars);
});
