import { DomainError } from '@platform/kernel';
import { Notices, type SourceNotice } from './docx/notices';
import { DocxParts } from './docx/parts';
import { BodyReader } from './docx/read-body';
import { XmlError, type XmlNode } from './docx/xml';
import { parseText } from './parse-text';
import type { ParsedDocument } from './provision';
import { unpackDocx } from './zip-guard';

/** A file taken apart: its text, its provisions, and what of the file is not in them. */
export type ReadDocument = ParsedDocument & { source: string; notices: SourceNotice[] };

/**
 * Takes a DOCX apart. `source` is the text that people see, one paragraph a line, tables as pipe rows, automatic numbers written out, tracked changes
 * accepted; `notices` says what of the file is not in it.
 *
 * @throws DomainError invalid with a key under `documents:error`, for what is no DOCX, or not a harmless one
 */
export function parseDocx(buffer: Buffer, fallbackTitle = ''): ReadDocument {
  const { source, notices } = read(unpackDocx(buffer));
  if (source.trim() === '') throw DomainError.invalid('documents:error.empty');
  return { ...parseText(source, fallbackTitle), source, notices };
}

function read(entries: Map<string, Buffer>): { source: string; notices: SourceNotice[] } {
  const notices = new Notices();
  try {
    const parts = new DocxParts(entries);
    const source = new BodyReader(parts, notices).read();
    for (const kind of ['header', 'footer']) {
      for (const path of parts.related(parts.main, kind)) if (says(parts.xml(path))) notices.add('headers');
    }
    return { source, notices: notices.list() };
  } catch (error) {
    if (error instanceof XmlError) throw DomainError.invalid('documents:error.docxBroken');
    throw error;
  }
}

/** Whether a header or footer has words; a page number alone is none. */
function says(node: XmlNode | null): boolean {
  const words = (one: XmlNode): string => one.text + one.children.map(words).join('');
  return node !== null && /\p{L}/u.test(words(node));
}
