import { serveThread } from '@platform/threads';
import type { ExportJob } from './export-pool';
import { reportDocx } from './report';
import { reportPdf } from './report-pdf';
import { workbookXlsx } from './workbook';

serveThread((job: ExportJob): Promise<Uint8Array> => {
  if ('workbook' in job) return workbookXlsx(job.workbook);
  return job.format === 'pdf' ? reportPdf(job.report) : reportDocx(job.report);
});
