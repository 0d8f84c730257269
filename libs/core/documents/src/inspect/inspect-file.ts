import { checkImage } from './image';
import { declaredFits, FILE_KINDS, type FileKind, kindOfEnding, sniff, type Sniffed } from './kinds';
import { checkOffice } from './office';
import { checkPdf } from './pdf';
import { RefusedFile, type RefusedFileReason } from './refused-file';
import { safeName } from './safe-name';

export interface BroughtFile {
  /** As it was sent; anything may stand in it. */
  name: string;
  /** The type that the sender's program declared; empty where it said nothing. */
  declaredType: string;
  bytes: Uint8Array;
}

/** A file that may be kept: under a harmless name with the ending of what it is. */
export interface InspectedFile {
  name: string;
  mediaType: string;
}

export type Inspection = { taken: InspectedFile } | { refused: RefusedFileReason; name: string };

/** What tells a file that is not what its name says. */
const TELLING: Partial<Record<Sniffed, RefusedFileReason>> = { program: 'program', script: 'script', markup: 'markup', oldOffice: 'oldOffice' };

/**
 * Whether a file from outside may be kept: PDF, DOCX, XLSX, PNG, JPEG or plain text by its content, with a name and a declared type that agree with it, and nothing in it that acts by
 * itself, unpacks to more than it should, or refers to elsewhere. It looks at the outside of things: it is no scan for malware.
 *
 * @param maxBytes the largest file that is taken
 */
export function inspectFile({ name, declaredType, bytes }: BroughtFile, maxBytes: number): Inspection {
  const { base, ending } = safeName(name);
  const kind = kindOfEnding(ending);
  const harmless = `${base || '附件'}${ending ? `.${kind ?? ending.slice(0, 20)}` : ''}`;
  try {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (data.length === 0) throw new RefusedFile('empty');
    if (data.length > maxBytes) throw new RefusedFile('tooLarge');
    if (!kind) throw new RefusedFile(TELLING[sniff(data)] ?? 'kind');
    check(kind, data);
    if (!declaredFits(kind, declaredType)) throw new RefusedFile('declared');
    return { taken: { name: harmless, mediaType: FILE_KINDS[kind].mediaType } };
  } catch (error) {
    if (error instanceof RefusedFile) return { refused: error.reason, name: harmless };
    throw error;
  }
}

function check(kind: FileKind, data: Buffer): void {
  const found = sniff(data);
  const right: Sniffed = kind === 'docx' || kind === 'xlsx' ? 'zip' : kind === 'txt' ? 'other' : kind;
  if (found !== right) throw new RefusedFile(TELLING[found] ?? 'mismatch');
  if (kind === 'pdf') checkPdf(data);
  else if (kind === 'docx' || kind === 'xlsx') checkOffice(kind, data);
  else if (kind === 'txt') checkText(data);
  else checkImage(kind, data);
}

/** UTF-8, UTF-16 with its mark, or GB18030; with no control characters but tab and line ends, which no text has and many programs have. */
function checkText(data: Buffer): void {
  const marked = data[0] === 0xff && data[1] === 0xfe ? 'utf-16le' : data[0] === 0xfe && data[1] === 0xff ? 'utf-16be' : null;
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      if (!/[\0-\b\v\u000e-\u001f\u007f]/.test(new TextDecoder(encoding, { fatal: true }).decode(data))) return;
    } catch {
      // Not this encoding.
    }
  }
  throw new RefusedFile('mismatch');
}
