import { serveThread } from '@platform/threads';
import type { LayoutJob } from './layout-pool';
import { officialDocx } from './official-docx';
import { officialPdf } from './official-pdf';

serveThread(({ format, source, particulars }: LayoutJob) => (format === 'pdf' ? officialPdf : officialDocx)(source, particulars));
