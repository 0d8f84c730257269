/** What is taken, by the ending of its name: its type, and the other words that browsers use for it. */
export const FILE_KINDS = {
  pdf: { mediaType: 'application/pdf', also: ['application/x-pdf'] },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', also: [] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', also: [] },
  png: { mediaType: 'image/png', also: ['image/x-png'] },
  jpg: { mediaType: 'image/jpeg', also: ['image/jpg', 'image/pjpeg'] },
  txt: { mediaType: 'text/plain', also: [] },
} as const;
export type FileKind = keyof typeof FILE_KINDS;

/** The kind that an ending names; null for any other. */
export const kindOfEnding = (ending: string): FileKind | null => (ending === 'jpeg' ? 'jpg' : Object.hasOwn(FILE_KINDS, ending) ? (ending as FileKind) : null);

/** Whether a declared type fits: the kind's own, or the words for "unknown". */
export function declaredFits(kind: FileKind, declared: string): boolean {
  const type = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  const { mediaType, also } = FILE_KINDS[kind];
  return ['', 'application/octet-stream', mediaType, ...also].includes(type);
}

/** What bytes are by how they begin. `other` may still be text. */
export type Sniffed = 'pdf' | 'zip' | 'png' | 'jpg' | 'oldOffice' | 'program' | 'archive' | 'script' | 'markup' | 'other';

const MAGIC: readonly (readonly [string, Sniffed])[] = [
  ['%PDF-', 'pdf'], ['PK\u0003\u0004', 'zip'], ['PK\u0005\u0006', 'zip'], ['\u0089PNG\r\n\u001a\n', 'png'], ['\u00ff\u00d8\u00ff', 'jpg'], ['\u00d0\u00cf\u0011\u00e0', 'oldOffice'],
  ['MZ', 'program'], ['\u007fELF', 'program'], ['\u00ca\u00fe\u00ba\u00be', 'program'], ['\u00ce\u00fa\u00ed\u00fe', 'program'], ['\u00cf\u00fa\u00ed\u00fe', 'program'], ['\u00fe\u00ed\u00fa', 'program'], ['dex\n', 'program'],
  ['\u0000asm', 'program'], ['L\u0000\u0000\u0000\u0001\u0014\u0002\u0000', 'program'],
  ['\u001f\u008b', 'archive'], ['7z\u00bc\u00af', 'archive'], ['Rar!', 'archive'], ['BZh', 'archive'], ['\u00fd7zXZ', 'archive'], ['MSCF', 'archive'],
];

/** The first letters, without marks of byte order and white space: as UTF-8 or UTF-16, so that neither hides a tag. */
const beginning = (bytes: Buffer): string => bytes.subarray(0, 2048).toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replace(/\0/g, '').trimStart().toLowerCase();

export function sniff(bytes: Buffer): Sniffed {
  const head = bytes.subarray(0, 16).toString('latin1');
  const known = MAGIC.find(([starts]) => head.startsWith(starts));
  if (known) return known[1];
  const text = beginning(bytes);
  if (/^(?:#!|<\?php|<%|@echo off|\{\\rtf|powershell |set-executionpolicy |on error resume next)/.test(text)) return 'script';
  if (/^<(?:[!?a-z])/.test(text) || /<(?:html|svg|script|iframe|body|object|embed)[\s>/]/.test(text)) return 'markup';
  return 'other';
}
