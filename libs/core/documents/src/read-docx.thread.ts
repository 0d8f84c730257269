import { serveThread } from '@platform/threads';
import type { DocxJob } from './docx-pool';
import { parseDocx } from './parse-docx';

serveThread(({ bytes, title }: DocxJob) => parseDocx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), title));
