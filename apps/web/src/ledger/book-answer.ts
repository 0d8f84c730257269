import type { BookFile } from '@domains/ledger';
import type { FileStore } from '@platform/storage';
import { file, type FileAnswer } from '../http';
import { fileName } from '../policy/policy-documents';

const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };

/** A made book as a file to be saved. */
export async function bookAnswer({ title, format, sha256 }: BookFile, files: FileStore): Promise<FileAnswer> {
  return file(await files.get(sha256), { type: TYPES[format], name: fileName([title], format) });
}
