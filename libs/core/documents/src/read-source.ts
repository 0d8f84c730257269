import { DomainError } from '@platform/kernel';
import { docxInThread } from './docx-pool';
import { parseText } from './parse-text';
import type { ReadDocument } from './parse-docx';

/** Largest file that is read, in bytes. */
export const MAX_SOURCE_BYTES = 20 * 1024 * 1024;

/**
 * Reads a policy file by what it contains, whatever its name says: DOCX, or text in UTF-8, UTF-16 with its mark, or GB18030.
 * The title falls back to the file's name without its ending. A DOCX is read in a thread of its own, since one at its limits takes seconds.
 *
 * @throws DomainError invalid `documents:error.empty`, `tooLarge`, `oldWord`, `pdf`, `notText` or one of those of `parseDocx`; too_many
 *   `documents:error.busy` while too many files are being read
 */
export async function readSource(fileName: string, buffer: Buffer): Promise<ReadDocument> {
  if (buffer.length === 0) throw DomainError.invalid('documents:error.empty');
  if (buffer.length > MAX_SOURCE_BYTES) throw DomainError.invalid('documents:error.tooLarge', [], { megabytes: MAX_SOURCE_BYTES / 1024 / 1024 });
  const title = fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]{1,8}$/, '');
  if (startsWith(buffer, 'PK\u0003\u0004') || startsWith(buffer, 'PK\u0005\u0006')) return docxInThread(buffer, title);
  if (startsWith(buffer, '\u00d0\u00cf\u0011\u00e0')) throw DomainError.invalid('documents:error.oldWord');
  if (startsWith(buffer, '%PDF')) throw DomainError.invalid('documents:error.pdf');
  const source = decode(buffer);
  if (source.trim() === '') throw DomainError.invalid('documents:error.empty');
  return { ...parseText(source, title), source, notices: [] };
}

const startsWith = (buffer: Buffer, magic: string): boolean => buffer.subarray(0, magic.length).toString('latin1') === magic;

function decode(buffer: Buffer): string {
  const marked = startsWith(buffer, '\u00ff\u00fe') ? 'utf-16le' : startsWith(buffer, '\u00fe\u00ff') ? 'utf-16be' : null;
  if (!marked && buffer.includes(0)) throw DomainError.invalid('documents:error.notText');
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(buffer);
      if (!text.includes('\u0000')) return text;
    } catch {
      // Not this encoding.
    }
  }
  throw DomainError.invalid('documents:error.notText');
}
