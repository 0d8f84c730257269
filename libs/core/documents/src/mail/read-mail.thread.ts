import { serveThread } from '@platform/threads';
import { readMail } from './read-mail';

serveThread((bytes: Uint8Array) => readMail(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
