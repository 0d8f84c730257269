import { serveThread } from '@platform/threads';
import type { LaidOut } from '../layout/official-pdf';
import { bookDocx } from './book-docx';
import { bookPdf } from './book-pdf';
import type { BookJob } from './book-pool';

serveThread(({ format, book }: BookJob): Promise<LaidOut> => (format === 'pdf' ? bookPdf : bookDocx)(book));
