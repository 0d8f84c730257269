import { DomainError } from '@platform/kernel';
import { SaxesParser } from 'saxes';
import { countTags, readDirectory, unpackEntry, ZIP_LIMITS, type ZipEntry } from '../zip-guard';
import { RefusedFile } from './refused-file';

/** Real parts are packed 5 to 50 times; a bomb is near deflate's 1032. Small parts may be anything. */
const MOST_RATIO = 200;
const RATIO_FROM_BYTES = 1024 * 1024;

/** Content type of the main part: neither a template nor one with macros. */
const MAIN_PART: Readonly<Record<'docx' | 'xlsx', string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
};
const MACRO_PART = /(?:^|\/)(?:vbaproject|vbadata|activex|macrosheets|dialogsheets|intlmacrosheets|customui)/i;
const EMBEDDED_PART = /(?:^|\/)(?:embeddings|oleobject)|\.(?:zip|docx|docm|dotx|dotm|xlsx|xlsm|xlsb|xltm|xlam|pptx|pptm|jar|rar|7z|exe|dll|js|vbs|ps1|bat|cmd|hta|html?|mht|swf)$/i;
const ELSEWHERE_PART = /(?:^|\/)(?:externallinks\/|connections\.xml$|querytables\/)/i;
/** Fields of Word that fetch or start something (ECMA-376 part 1, 17.16.5). */
const FETCHING_FIELD = /(?:^|[\s{])(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\s/i;
/** An address that a reader follows by his own click. */
const FOLLOWED = /^(?:https?:\/\/|mailto:|tel:|#)/i;

/**
 * Looks through a DOCX or XLSX without reading its text: by what the archive, its content types and its relationships say.
 * @throws RefusedFile
 */
export function checkOffice(kind: 'docx' | 'xlsx', data: Buffer): void {
  const entries = directoryOf(data);
  assertNames(entries);
  let tags = 0;
  let main = false;
  for (const entry of entries) {
    const part = bytesOf(data, entry);
    if (/^PK\u0003\u0004|^PK\u0005\u0006/.test(part.toString('latin1', 0, 4))) throw new RefusedFile('embedded');
    if (part.toString('latin1', 0, 4) === '\u00d0\u00cf\u0011\u00e0') throw new RefusedFile(/vba/i.test(entry.name) ? 'macros' : 'embedded');
    if (/^(?:MZ|\u007fELF)/.test(part.toString('latin1', 0, 4))) throw new RefusedFile('embedded');
    if (!/\.(?:xml|rels|vml)$/i.test(entry.name)) continue;
    tags += countTags(part, ZIP_LIMITS.xmlTags - tags);
    if (tags > ZIP_LIMITS.xmlTags) throw new RefusedFile('bomb');
    main = readPart(entry.name, part, MAIN_PART[kind]) || main;
  }
  if (!main) throw new RefusedFile('mismatch');
}

/** The guard's own words for an archive, in ours. */
function directoryOf(data: Buffer): ZipEntry[] {
  const entries = guarded(() => readDirectory(data));
  if (entries.some(({ flags }) => (flags & 0x2041) !== 0)) throw new RefusedFile('encrypted');
  if (entries.reduce((sum, { uncompressed }) => sum + uncompressed, 0) > ZIP_LIMITS.uncompressedBytes) throw new RefusedFile('bomb');
  if (entries.some(({ uncompressed, compressed }) => uncompressed > RATIO_FROM_BYTES && uncompressed > compressed * MOST_RATIO)) throw new RefusedFile('bomb');
  return entries;
}

const bytesOf = (data: Buffer, entry: ZipEntry): Buffer => guarded(() => unpackEntry(data, entry));

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new RefusedFile(error.key === 'documents:error.docxTooLarge' ? 'bomb' : 'broken');
  }
}

/** Two parts of one name, or a name that climbs out, let two readers see two files. */
function assertNames(entries: readonly ZipEntry[]): void {
  const names = entries.map(({ name }) => name.toLowerCase());
  if (new Set(names).size !== names.length) throw new RefusedFile('broken');
  if (names.some((name) => /[\\\p{Cc}\uFFFD]|(?:^|\/)\.\.?(?:\/|$)|^\/|^[a-z]:/u.test(name))) throw new RefusedFile('broken');
  if (names.some((name) => MACRO_PART.test(name))) throw new RefusedFile('macros');
  if (names.some((name) => EMBEDDED_PART.test(name))) throw new RefusedFile('embedded');
  if (names.some((name) => ELSEWHERE_PART.test(name))) throw new RefusedFile('external');
}

/** Reads one XML part for what it refers to; answers whether it names the main part's type. */
function readPart(name: string, part: Buffer, mainType: string): boolean {
  const [types, relations, word] = [/^\[content_types\]\.xml$/i.test(name), /\.rels$/i.test(name), /^word\//i.test(name)];
  let main = false;
  let field = '';
  let inField = false;
  const parser = new SaxesParser({ xmlns: true });
  const fail = (): never => { throw new RefusedFile('broken'); };
  parser.on('error', fail);
  // Without a document type there are no entities to expand.
  parser.on('doctype', fail);
  parser.on('xmldecl', ({ encoding }) => { if (encoding && !/^utf-?(?:8|16)$/i.test(encoding)) fail(); });
  parser.on('opentag', ({ local, attributes }) => {
    const values = new Map(Object.values(attributes).map((one) => [one.local.toLowerCase(), one.value]));
    if (types) main = assertContentType(values.get('contenttype') ?? '', mainType) || main;
    if (relations && local === 'Relationship') assertRelation(values);
    if (word && local === 'fldSimple') assertField(values.get('instr') ?? '');
    inField = word && local === 'instrText';
    // A field's words may be cut anywhere; it begins and ends with a mark of its own.
    if (word && local === 'fldChar') {
      assertField(field);
      field = '';
    }
  });
  const collect = (text: string): void => { if (inField && field.length < 10_000) field += text; };
  parser.on('text', collect);
  parser.on('cdata', collect);
  parser.on('closetag', () => { inField = false; });
  parser.write(decoded(part)).close();
  assertField(field);
  return main;
}

function assertContentType(type: string, mainType: string): boolean {
  if (/macroenabled|vbaproject|activex|ms-office\.intelmacrosheet/i.test(type)) throw new RefusedFile('macros');
  return type.toLowerCase() === mainType;
}

function assertRelation(values: ReadonlyMap<string, string>): void {
  const [type, mode, target] = [values.get('type') ?? '', values.get('targetmode') ?? '', values.get('target') ?? ''];
  if (/\/(?:vbaProject|wordVbaData|activeX\w*|xlMacrosheet|xlIntlMacrosheet)$/i.test(type)) throw new RefusedFile('macros');
  if (/\/(?:oleObject|package|aFChunk|control)$/i.test(type)) throw new RefusedFile('embedded');
  if (/\/(?:attachedTemplate|externalLink|externalLinkPath|frame|subDocument)$/i.test(type)) throw new RefusedFile('external');
  if (/^external$/i.test(mode) && !(/\/hyperlink$/i.test(type) && FOLLOWED.test(target.trim()))) throw new RefusedFile('external');
}

function assertField(instruction: string): void {
  if (FETCHING_FIELD.test(`${instruction} `)) throw new RefusedFile('external');
}

/** Parts are UTF-8 or UTF-16 (ECMA-376 part 2). */
function decoded(part: Buffer): string {
  const encoding = part[0] === 0xff && part[1] === 0xfe ? 'utf-16le' : part[0] === 0xfe && part[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(part);
  } catch {
    throw new RefusedFile('broken');
  }
}
