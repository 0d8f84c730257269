import { extractRawText } from 'mammoth';
import { DomainError } from '@platform/kernel';
import { parseText } from './parse-text';
import type { ParsedDocument } from './provision';
import { assertHarmlessDocx } from './zip-guard';

/**
 * Takes a DOCX apart. `source` is its text, one paragraph a line, in which numbers that Word counts by itself do not appear.
 *
 * @throws DomainError invalid with a key under `documents:error`, for what is no DOCX, or not a harmless one
 */
export async function parseDocx(buffer: Buffer, fallbackTitle = ''): Promise<ParsedDocument & { source: string }> {
  assertHarmlessDocx(buffer);
  const source = await extractRawText({ buffer }).then(
    (result) => result.value.replace(/\n\n/g, '\n'),
    () => { throw DomainError.invalid('documents:error.docxBroken'); },
  );
  if (source.trim() === '') throw DomainError.invalid('documents:error.empty');
  return { ...parseText(source, fallbackTitle), source };
}
