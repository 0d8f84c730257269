import { deflateSync } from 'node:zlib';
import { zip } from './zip';

type Parts = Record<string, string | Buffer>;
const part = ([name, data]: [string, string | Buffer]) => ({ name, data: Buffer.isBuffer(data) ? data : Buffer.from(data) });
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE_RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', txt: 'text/plain',
} as const;

/** `[Content_Types].xml` with these parts. */
export const contentTypes = (overrides: Record<string, string>): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${
    Object.entries(overrides).map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`).join('')}</Types>`;

/** A part of relationships; `type` by its last word. */
export const relations = (...all: { type: string; target: string; external?: boolean }[]): string =>
  `<Relationships xmlns="${RELS}">${all.map(({ type, target, external }, at) => `<Relationship Id="r${at}" Type="${OFFICE_RELS}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`).join('')}</Relationships>`;

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
export const wordBody = (inside: string): string => `<w:document ${WORD}><w:body>${inside}</w:body></w:document>`;

/** A small DOCX; `more` adds parts or replaces them. */
export const docx = (more: Parts = {}): Buffer => zip(Object.entries({
  '[Content_Types].xml': contentTypes({ '/word/document.xml': `${TYPES.docx}.main+xml` }),
  '_rels/.rels': relations({ type: 'officeDocument', target: 'word/document.xml' }),
  'word/document.xml': wordBody('<w:p><w:r><w:t>建议延长期限。</w:t></w:r></w:p>'), ...more,
}).map(part));

export const xlsx = (more: Parts = {}): Buffer => zip(Object.entries({
  '[Content_Types].xml': contentTypes({ '/xl/workbook.xml': `${TYPES.xlsx}.main+xml` }),
  '_rels/.rels': relations({ type: 'officeDocument', target: 'xl/workbook.xml' }),
  'xl/workbook.xml': '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>', ...more,
}).map(part));

/** A small PDF with these objects beside its page. */
export const pdf = (...objects: (string | Buffer)[]): Buffer => Buffer.concat([
  Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n', 'latin1'),
  ...objects.map((object, at) => Buffer.concat([Buffer.from(`${at + 3} 0 obj\n`), Buffer.isBuffer(object) ? object : Buffer.from(object, 'latin1'), Buffer.from('\nendobj\n')])),
  Buffer.from('trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n', 'latin1'),
]);

/** A stream object of packed content. */
export const pdfStream = (dictionary: string, content: string | Buffer): Buffer => {
  const packed = deflateSync(content);
  return Buffer.concat([Buffer.from(`<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`, 'latin1'), packed, Buffer.from('\nendstream', 'latin1')]);
};

/** A chunk of a PNG; nobody here looks at its check sum. */
const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
};

export function png(width = 2, height = 2, more: Record<string, string> = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), chunk('IHDR', header), ...Object.entries(more).map(([type, text]) => chunk(type, Buffer.from(text))), chunk('IDAT', deflateSync(Buffer.alloc(14))), chunk('IEND', Buffer.alloc(0)),
  ]);
}

const segment = (type: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, type, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

/** An Exif segment with an orientation and, behind it, other words that a camera writes. */
const exif = (orientation: number, words: string): Buffer => segment(0xe1, Buffer.concat([
  Buffer.from('Exif\0\0', 'latin1'), Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(words),
]));

/** What is a JPEG by its segments; `words` stand in its Exif, in a comment and behind its end. */
export function jpeg(width = 16, height = 16, { orientation = 1, words = '' }: { orientation?: number; words?: string } = {}): Buffer {
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]), segment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')), ...(words ? [exif(orientation, words), segment(0xfe, Buffer.from(words))] : []),
    segment(0xdb, Buffer.alloc(65, 1)), segment(0xc0, frame), segment(0xc4, Buffer.alloc(20, 0)), segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0xff, 0x00, 0x34]), Buffer.from([0xff, 0xd9]), Buffer.from(words),
  ]);
}
