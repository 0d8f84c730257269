import { inflateRawSync } from 'node:zlib';
import { DomainError } from '@platform/kernel';

/** More than any real policy needs, and far less than fills the memory. */
export const ZIP_LIMITS = { entries: 2_000, uncompressedBytes: 64 * 1024 * 1024, xmlTags: 500_000 } as const;

export interface ZipEntry {
  name: string;
  flags: number;
  method: number;
  compressed: number;
  uncompressed: number;
  offset: number;
}

/** What a fault is called by: the key of its message. */
interface Faults {
  broken: string;
  tooLarge: string;
  macros: string;
  encrypted: string;
  /** It has no part in the folder that makes it one of its kind. */
  other: string;
}

const DOCX: Faults = { broken: 'documents:error.docxBroken', tooLarge: 'documents:error.docxTooLarge', macros: 'documents:error.docxMacros', encrypted: 'documents:error.docxEncrypted', other: 'documents:error.notDocx' };
const XLSX: Faults = { broken: 'channels:error.xlsxBroken', tooLarge: 'channels:error.xlsxTooLarge', macros: 'channels:error.xlsxMacros', encrypted: 'channels:error.xlsxEncrypted', other: 'channels:error.notXlsx' };
/** Of a compound file (MS-CFB): a workbook of before 2007, or one behind a password. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Unpacks a DOCX, and refuses a ZIP that is no harmless one: too many entries or bytes by its central directory, too many XML tags, entries that
 * inflate to another size than it declares (checked with a hard limit, so that a lie costs no memory), encryption, macros, ZIP64.
 *
 * @returns the parts by their path; media are left out
 * @throws DomainError invalid `documents:error.docxBroken`, `docxTooLarge`, `docxMacros`, `docxEncrypted` or `notDocx`
 */
export const unpackDocx = (buffer: Buffer): Map<string, Buffer> => unpackOffice(buffer, 'word/', DOCX);

/**
 * As `unpackDocx`, for a workbook (XLSX).
 *
 * @throws DomainError invalid `channels:error.xlsxBroken`, `xlsxTooLarge`, `xlsxMacros`, `xlsxEncrypted` or `notXlsx`
 */
export function unpackXlsx(buffer: Buffer): Map<string, Buffer> {
  if (buffer.subarray(0, 8).equals(COMPOUND_FILE)) throw DomainError.invalid(XLSX.encrypted);
  return unpackOffice(buffer, 'xl/', XLSX);
}

function unpackOffice(buffer: Buffer, folder: string, faults: Faults): Map<string, Buffer> {
  const entries = readDirectory(buffer, faults);
  if (entries.some((entry) => /vbaproject|vbadata/i.test(entry.name))) throw DomainError.invalid(faults.macros);
  if (entries.some((entry) => (entry.flags & 1) !== 0)) throw DomainError.invalid(faults.encrypted);
  const total = entries.reduce((sum, entry) => sum + entry.uncompressed, 0);
  if (total > ZIP_LIMITS.uncompressedBytes) throw DomainError.invalid(faults.tooLarge);
  // Bytes do not bound the work: 20 KB pack a million tags, whose tree takes a gigabyte and stops everybody for half a minute.
  let tags = 0;
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    const data = unpackEntry(buffer, entry, faults);
    if (/\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|ttf|odttf)$/i.test(entry.name)) continue;
    tags += countTags(data, ZIP_LIMITS.xmlTags - tags);
    if (tags > ZIP_LIMITS.xmlTags) throw DomainError.invalid(faults.tooLarge);
    // Of two entries of one name the last counts, as for most readers.
    parts.set(entry.name, data);
  }
  if (![...parts.keys()].some((name) => name.startsWith(folder))) throw DomainError.invalid(faults.other);
  return parts;
}

/** What the central directory says is inside. @throws DomainError invalid `faults.broken` or `tooLarge` */
export function readDirectory(buffer: Buffer, faults: Faults = DOCX): ZipEntry[] {
  const end = buffer.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0 || end + 22 > buffer.length) throw DomainError.invalid(faults.broken);
  const count = buffer.readUInt16LE(end + 10);
  const size = buffer.readUInt32LE(end + 12);
  const start = buffer.readUInt32LE(end + 16);
  if (count > ZIP_LIMITS.entries) throw DomainError.invalid(faults.tooLarge);
  // ZIP64 and bytes before or between the parts have no place in a DOCX of this size, but let two readers see two archives.
  if (start + size !== end || count === 0xffff) throw DomainError.invalid(faults.broken);
  const entries: ZipEntry[] = [];
  let at = start;
  while (at < end) {
    if (at + 46 > end || buffer.readUInt32LE(at) !== 0x02014b50 || entries.length >= count) throw DomainError.invalid(faults.broken);
    const nameLength = buffer.readUInt16LE(at + 28);
    entries.push({
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      flags: buffer.readUInt16LE(at + 8),
      method: buffer.readUInt16LE(at + 10),
      compressed: buffer.readUInt32LE(at + 20),
      uncompressed: buffer.readUInt32LE(at + 24),
      offset: buffer.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  if (entries.length !== count) throw DomainError.invalid(faults.broken);
  return entries;
}

/** Counts `<`, and stops at one more than `most`. */
export function countTags(data: Buffer, most: number): number {
  let count = 0;
  for (let at = data.indexOf(0x3c); at >= 0 && count <= most; at = data.indexOf(0x3c, at + 1)) count += 1;
  return count;
}

/** The bytes of an entry, which must be as many as it declares. @throws DomainError invalid `faults.broken` */
export function unpackEntry(buffer: Buffer, entry: ZipEntry, faults: Faults = DOCX): Buffer {
  if (entry.offset + 30 > buffer.length || buffer.readUInt32LE(entry.offset) !== 0x04034b50) throw DomainError.invalid(faults.broken);
  const from = entry.offset + 30 + buffer.readUInt16LE(entry.offset + 26) + buffer.readUInt16LE(entry.offset + 28);
  const data = buffer.subarray(from, from + entry.compressed);
  if (data.length !== entry.compressed) throw DomainError.invalid(faults.broken);
  if (entry.method === 0 && entry.compressed === entry.uncompressed) return data;
  if (entry.method !== 8) throw DomainError.invalid(faults.broken);
  try {
    const inflated = inflateRawSync(data, { maxOutputLength: Math.max(1, entry.uncompressed) });
    if (inflated.length === entry.uncompressed) return inflated;
  } catch {
    // Falls through: whatever zlib dislikes, the archive is not what it declares.
  }
  throw DomainError.invalid(faults.broken);
}
