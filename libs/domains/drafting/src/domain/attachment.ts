import { unpackDocx } from '@core/documents';
import { DomainError } from '@platform/kernel';

export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;

export interface ReadAttachment {
  filename: string;
  mediaType: string;
}

const MAGIC: readonly { starts: string; mediaType: string; ending: string }[] = [
  { starts: '%PDF-', mediaType: 'application/pdf', ending: 'pdf' },
  { starts: '\u0089PNG\r\n\u001a\n', mediaType: 'image/png', ending: 'png' },
  { starts: '\u00ff\u00d8\u00ff', mediaType: 'image/jpeg', ending: 'jpg' },
];
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const refuse = (key: string): DomainError => DomainError.invalid(`procedure:error.${key}`, [{ field: 'file', key: `procedure:error.${key}` }]);

/**
 * What a file is by its bytes, whatever its name or declared type says: PDF, DOCX without macros, PNG, JPEG or plain text in UTF-8. The name keeps
 * its words and takes the ending of what the file is. Refuses (`invalid`) anything else, an empty file and one above twenty megabytes.
 */
export function readAttachment(filename: string, data: Buffer): ReadAttachment {
  if (data.length === 0) throw refuse('fileEmpty');
  if (data.length > MAX_ATTACHMENT_BYTES) throw refuse('fileLarge');
  const head = data.subarray(0, 8).toString('latin1');
  const known = MAGIC.find(({ starts }) => head.startsWith(starts));
  if (known) return { mediaType: known.mediaType, filename: named(filename, known.ending) };
  if (head.startsWith('PK')) {
    assertHarmless(data);
    return { mediaType: DOCX, filename: named(filename, 'docx') };
  }
  if (!isPlainText(data)) throw refuse('fileType');
  return { mediaType: 'text/plain; charset=utf-8', filename: named(filename, 'txt') };
}

function assertHarmless(data: Buffer): void {
  try {
    unpackDocx(data);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw DomainError.invalid(error.key, [{ field: 'file', key: error.key }]);
  }
}

function isPlainText(data: Buffer): boolean {
  try {
    // No control characters but tab and line ends: an executable is no text even where it happens to be valid UTF-8.
    return !/[\0-\b\v\f\u000e-\u001f\u007f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return false;
  }
}

/** The last part of the path, without what a file system or a header could stumble over. */
function named(filename: string, ending: string): string {
  const base = filename.replace(/^.*[/\\]/, '').replace(/\.[^.]{1,8}$/, '').replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim();
  return `${[...(base || '附件')].slice(0, 150).join('')}.${ending}`;
}
