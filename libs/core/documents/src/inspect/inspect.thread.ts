import { serveThread } from '@platform/threads';
import { type BroughtFile, inspectFile } from './inspect-file';

serveThread(({ maxBytes, ...file }: BroughtFile & { maxBytes: number }) => inspectFile(file, maxBytes));
