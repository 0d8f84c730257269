import { constants, inflateSync } from 'node:zlib';
import { RefusedFile } from './refused-file';

/** Together of all object streams of a file, unpacked. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/**
 * Names of what a PDF does by itself or carries along (ISO 32000-1 §7.11.4, §12.6, §12.7.8, §13.6): an action of either kind always has its name in its dictionary, so that
 * looking for names is enough. What follows the short ones keeps chance out of it: three letters may stand in any picture's bytes.
 */
const ACTIVE = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE|Rendition|XFA(?=[\s[\d]))(?![A-Za-z0-9])/;
const ENCRYPTED = /\/Encrypt(?=[\s<\d])/;

/** Letters of a name may be written as `#4a` (§7.3.5). */
const plainNames = (text: string): string => text.replace(/#([0-9a-fA-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * Looks through a PDF for scripts, programs to launch, files inside and encryption; in its objects and in those that are packed into object streams (§7.5.7). What it cannot
 * look into is refused. The text and pictures of the pages are not read.
 * @throws RefusedFile
 */
export function checkPdf(data: Buffer): void {
  const raw = data.toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(raw) || !raw.includes('%%EOF', Math.max(0, raw.length - 2048)) || !raw.includes('startxref')) throw new RefusedFile('broken');
  assertPassive(raw);
  let unpacked = 0;
  for (const { dictionary, from } of streams(raw)) {
    if (!/\/ObjStm(?![A-Za-z])/.test(dictionary) && !(/\/First\s+\d/.test(dictionary) && /\/N\s+\d/.test(dictionary))) continue;
    const objects = objectsIn(data, dictionary, from, MOST_UNPACKED - unpacked);
    unpacked += objects.length;
    assertPassive(objects);
  }
}

function assertPassive(text: string): void {
  const names = plainNames(text);
  if (ENCRYPTED.test(names)) throw new RefusedFile('encrypted');
  if (ACTIVE.test(names)) throw new RefusedFile('active');
}

/** Every place where a stream may begin, with the words before it back to the last `obj`. */
function* streams(raw: string): Generator<{ dictionary: string; from: number }> {
  const keyword = /stream\r?\n/g;
  for (let match = keyword.exec(raw); match; match = keyword.exec(raw)) {
    if (raw.startsWith('end', match.index - 3)) continue;
    const before = raw.slice(Math.max(0, match.index - 4096), match.index);
    yield { dictionary: plainNames(before.slice(before.lastIndexOf('obj') + 3)), from: match.index + match[0].length };
  }
}

function objectsIn(data: Buffer, dictionary: string, from: number, most: number): string {
  const end = data.indexOf('endstream', from, 'latin1');
  const packed = data.subarray(from, end < 0 ? data.length : end);
  if (!dictionary.includes('/Filter')) return packed.toString('latin1');
  // One filter, and bytes as they come out of it: whatever else is allowed nobody uses here, and it would hide the objects.
  if (!/\/Filter\s*(?:\/FlateDecode|\[\s*\/FlateDecode\s*\])/.test(dictionary) || /\/Predictor\s+(?!1\b)/.test(dictionary) || /\/DecodeParms\s+\d/.test(dictionary)) throw new RefusedFile('active');
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most), finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch (error) {
    throw new RefusedFile((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'broken');
  }
}
