import { serveThread } from '@platform/threads';
import { readWorkbook } from './read-workbook';
import type { WorkbookJob } from './workbook-pool';

serveThread(({ bytes, maxRows }: WorkbookJob) => readWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), maxRows));
