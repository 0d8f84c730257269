import { serveThread } from '@platform/threads';
import type { ExportJob } from './export-pool';
import { reportDocx } from './report';
import { workbookXlsx } from './workbook';

serveThread((job: ExportJob): Promise<Uint8Array> => ('report' in job ? reportDocx(job.report) : workbookXlsx(job.workbook)));
