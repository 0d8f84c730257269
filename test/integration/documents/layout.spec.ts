import { comparisonDocx, comparisonPdf, officialDocx, officialPdf, parseText, readSource } from '@core/documents';
import JSZip from 'jszip';
import { type Measured, measurePdfs } from '../../support/measure-pdf';

const PARTICULARS = { number: '中工信规〔2026〕3号', date: '2026-03-01', issuer: '中山市工业和信息化局', copies: '市委办公室，市人大常委会办公室' };
/** Share of the square above the base line, and points of a millimetre. */
const ASCENT = 0.88;
const MM = 72 / 25.4;
const TEXT = [
  '中山市工业和信息化局关于印发中山市示范办法的通知', '各镇街人民政府：', '第一章 总则',
  `第一条 ${'为促进产业发展制定本办法'.repeat(120)}`, '第二条 补助比例为15.5%，最高2026.75万元。', '第二章 附则', '第三条 本办法自2026年4月1日起施行。',
  '附件1', '申报表', '| 名称 | 金额 |', '| --- | --- |', '| 甲企业 | 12万元 |',
].join('\n');

type Item = Measured['pages'][number]['items'][number];
const linesOf = (items: Item[]): Item[][] => {
  const lines = new Map<number, Item[]>();
  for (const item of items.filter(({ text }) => text.trim() !== '')) lines.set(item.baseline, [...(lines.get(item.baseline) ?? []), item]);
  return [...lines.entries()].sort(([one], [other]) => one - other).map(([, line]) => line.sort((a, b) => a.x - b.x));
};
const inArea = (items: Item[]): Item[] => items.filter(({ baseline }) => baseline < 37 + 225);

describe('the laid-out PDF, measured', () => {
  let pdf: Measured;
  let bytes: Buffer;
  beforeAll(async () => {
    ({ bytes } = await officialPdf(parseText(TEXT), PARTICULARS));
    [pdf] = await measurePdfs([bytes]) as [Measured];
  });

  it('has A4 pages whose full ones hold 22 lines of 28 characters in 156 by 225 mm, 28 mm from the left and 37 mm from the top', () => {
    expect(pdf.pages.every(({ width, height }) => Math.abs(width - 210) < 0.1 && Math.abs(height - 297) < 0.1)).toBe(true);
    const lines = linesOf(inArea(pdf.pages[1]?.items ?? []));
    expect(lines).toHaveLength(22);
    for (const line of lines) {
      expect(line.map(({ text }) => text).join('')).toHaveLength(28);
      expect(line[0]?.x).toBeCloseTo(28, 1);
      const last = line.at(-1) as Item;
      expect(last.x + last.width).toBeCloseTo(28 + 156, 0);
      expect(line.every(({ size }) => size === 16)).toBe(true);
    }
    const em = 16 / MM;
    expect((lines[0]?.[0]?.baseline ?? 0) - ASCENT * em).toBeCloseTo(37, 1);
    expect((lines[21]?.[0]?.baseline ?? 0) + (1 - ASCENT) * em).toBeCloseTo(37 + 225, 1);
  });

  it('sets the head 35 mm under the type area, the title in 2号, imprint and page numbers in 4号, odd right and even left, one character in', () => {
    const first = pdf.pages[0]?.items ?? [];
    const mark = first.find(({ text }) => text === '中山市工业和信息化局文件') as Item;
    expect(mark.baseline - (ASCENT * mark.size) / MM).toBeCloseTo(37 + 35, 0);
    expect(mark.x + mark.width / 2).toBeCloseTo(28 + 78, 0);
    expect(first.filter(({ size }) => size === 22).map(({ text }) => text).join('')).toBe('中山市工业和信息化局关于印发中山市示范办法的通知');
    const small = 14 / MM;
    for (const [index, { items }] of pdf.pages.entries()) {
      const folio = items.filter(({ baseline, text }) => baseline > 37 + 225 && text.trim() !== '');
      expect(folio.map(({ text }) => text).join('')).toBe(`—${index + 1}—`);
      expect(folio.every(({ size }) => size === 14)).toBe(true);
      const [left, right] = [folio[0] as Item, folio.at(-1) as Item];
      // A dash is a little narrower than its square.
      if (index % 2 === 0) expect(Math.abs(right.x + right.width - (28 + 156 - small))).toBeLessThan(1);
      else expect(Math.abs(left.x - (28 + small))).toBeLessThan(1);
    }
    const last = linesOf(inArea(pdf.pages.at(-1)?.items ?? [])).slice(-2).map((line) => line.map(({ text }) => text).join(''));
    expect(last).toEqual(['抄送：市委办公室，市人大常委会办公室。', '中山市工业和信息化局2026年3月1日印发']);
    expect(pdf.pages.length % 2).toBe(0);
  });

  it('embeds every font, names the document, has bookmarks and tags, and hides nothing', async () => {
    expect(Object.values(pdf.fonts).length).toBeGreaterThan(2);
    expect(Object.values(pdf.fonts).every(({ embedded }) => embedded)).toBe(true);
    expect(Object.keys(pdf.fonts).every((name) => /^[A-Z]{6}\+/.test(name))).toBe(true);
    expect(pdf.info).toMatchObject({
      Title: '中山市工业和信息化局关于印发中山市示范办法的通知', Author: '中山市工业和信息化局', Subject: '中工信规〔2026〕3号', CreationDate: 'D:20260301040000Z', Language: 'zh-CN', PDFFormatVersion: '1.7',
    });
    expect(pdf.outline.map(({ title }) => title)).toEqual(['中山市工业和信息化局关于印发中山市示范办法的通知']);
    expect(pdf.outline[0]?.items.map(({ title, items }) => [title, items.map((item) => item.title.slice(0, 3))])).toEqual([
      ['第一章　总则', ['第一条', '第二条']], ['第二章　附则', ['第三条']], ['附件1　申报表', []],
    ]);
    expect([pdf.lang, pdf.mark?.Marked, pdf.attachments, pdf.scripts]).toEqual([true, true, null, null]);
    expect(pdf.pages.every(({ annotations, tagged }) => annotations === 0 && tagged)).toBe(true);
    expect(bytes.toString('latin1')).not.toMatch(/node_modules|pdfkit|\/home\/|\/work\/|\/JavaScript|\/EmbeddedFile\b/i);
    expect((await officialPdf(parseText(TEXT), PARTICULARS)).bytes.equals(bytes)).toBe(true);
  });

  it('keeps closing marks from the head of a line, opening ones from its end, and numbers whole', async () => {
    const text = `示范办法\n${'企业（含个体工商户）申报“专精特新”补助的，应当提交2025年度审计报告；'.repeat(40)}`;
    const [marks] = await measurePdfs([(await officialPdf(parseText(text), { ...PARTICULARS, copies: '' })).bytes]) as [Measured];
    const lines = marks.pages.flatMap(({ items }) => linesOf(inArea(items)).map((line) => line.map((item) => item.text).join('')));
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter((line) => /^[，。、；：！？）》”]|[（《“]$/.test(line))).toEqual([]);
    expect(lines.join('').match(/2025/g)).toHaveLength(40);
    expect(lines.filter((line) => /2025/.test(line))).toHaveLength(lines.filter((line) => /[025]/.test(line) && !/2026|〔/.test(line)).length);
  });
});

describe('rubbish', () => {
  const lay = (text: string) => officialPdf(parseText(text, '无题'), { number: null, date: null, issuer: null, draftMark: '送审稿' });

  it.each([
    ['no text', ''], ['a paragraph of 20,000 characters without a mark', '文'.repeat(20_000)], ['nothing but marks', '）。'.repeat(2_000)], ['opening marks', '（'.repeat(500)],
    ['a word that no line holds', 'https://example.org/'.repeat(60)], ['direction marks and control characters', '甲\u202e乙\u200f丙\u0007丁\ufeff'],
    ['a cell that no page holds', `| 甲 | 乙 |\n| --- | --- |\n| ${'很长的单元格'.repeat(800)} | 短 |`], ['a head that no page holds', `| ${'很长的表头'.repeat(800)} | 乙 |\n| 甲 | 乙 |`],
    ['forty columns', Array.from({ length: 5 }, () => `|${' 甲 |'.repeat(40)}`).join('\n')],
  ])('lays out %s', async (_name, text) => {
    const { bytes } = await lay(text);
    const [measured] = await measurePdfs([bytes]) as [Measured];
    const shown = measured.pages.flatMap(({ items }) => inArea(items)).map(({ text: part }) => part).join('').replace(/\s/g, '');
     
    const letters = text.split('\n').filter((line) => !/^[| -]+$/.test(line)).join('').replace(/[\s|\u0000-\u001f\u200f\u202e\ufeff]/g, '');
    expect([...shown].filter((char) => letters.includes(char)).length).toBeGreaterThanOrEqual([...letters].length);
    for (const { items } of measured.pages) for (const { x, width } of items) expect(x + width).toBeLessThan(210 - 20);
  });

  it('sets a rare character that a font has, and names one that none has instead of leaving it out', async () => {
    const { bytes } = await lay('㐂先生申报，经核查➱。');
    const [measured] = await measurePdfs([bytes]) as [Measured];
    expect(measured.pages.flatMap(({ items }) => items).map(({ text }) => text).join('')).toContain('㐂');
    expect(Object.keys(measured.fonts).some((name) => name.includes('DejaVu'))).toBe(true);
    await expect(lay('𠮷先生🎉')).rejects.toMatchObject({ key: 'layout:error.noGlyph', details: { params: { characters: '𠮷（U+20BB7）、🎉（U+1F389）' } } });
  });
});

describe('the laid-out DOCX', () => {
  it('has the page, the grid, odd and even page numbers and headings, and no trace of persons', async () => {
    const { bytes } = await officialDocx(parseText(TEXT), PARTICULARS);
    const zip = await JSZip.loadAsync(bytes);
    const part = async (name: string): Promise<string> => (await zip.file(name)?.async('string')) ?? '';
    const xml = await part('word/document.xml');
    const attribute = (tag: string, name: string): number => Number(new RegExp(`<w:${tag}\\b[^>]*w:${name}="(-?\\d+)"`).exec(xml)?.[1]);
    const mm = (twips: number): number => (twips / 1440) * 25.4;
    expect([attribute('pgSz', 'w'), attribute('pgSz', 'h')].map(mm).map(Math.round)).toEqual([210, 297]);
    expect(['top', 'bottom', 'left', 'right'].map((side) => Math.round(mm(attribute('pgMar', side))))).toEqual([37, 35, 28, 26]);
    expect(/w:type="(\w+)"/.exec(/<w:docGrid[^>]*>/.exec(xml)?.[0] ?? '')?.[1]).toBe('linesAndChars');
    expect(Math.floor(mm(attribute('docGrid', 'linePitch')) * 22)).toBe(225);
    expect(((16 + attribute('docGrid', 'charSpace') / 4096) / MM) * 28).toBeCloseTo(156, 1);
    expect(await part('word/settings.xml')).toContain('evenAndOddHeaders');
    expect(xml.match(/<w:footerReference[^>]*w:type="(default|even)"/g)).toHaveLength(2);
    expect(xml).toContain('Heading1');
    expect(xml).toContain('<w:tbl>');
    for (const font of ['仿宋_GB2312', '方正小标宋简体', '黑体']) expect(xml).toContain(font);
    expect(xml).not.toMatch(/<w:(ins|del|comment\w*) /);
    expect(Object.keys(zip.files).filter((name) => /comment|people|custom\.xml/i.test(name) && !/docProps\/custom/.test(name))).toEqual([]);
    const core = await part('docProps/core.xml');
    expect(core).toContain('<dc:creator>中山市工业和信息化局</dc:creator>');
    expect(core).not.toContain('lastModifiedBy');
    expect(core).toContain('2026-03-01');
    expect((await readSource('a.docx', bytes)).articles).toBe(3);
    expect((await officialDocx(parseText(TEXT), PARTICULARS)).bytes.equals(bytes)).toBe(true);
  });
});

describe('a comparison', () => {
  const table = {
    title: '示范办法修改对照表', columns: ['修改前', '修改后'],
    rows: Array.from({ length: 60 }, (_, at) => ({
      label: `第${at + 1}条`,
      cells: [[{ op: 'keep', text: '最高补助' }, { op: 'delete', text: '五十万元' }], [{ op: 'keep', text: '最高补助' }, { op: 'insert', text: '八十万元' }]] as const,
    })),
  };

  it('is a PDF that lies on its side, repeats its head, numbers its pages and keeps every word', async () => {
    const [pdf] = await measurePdfs([await comparisonPdf(table)]) as [Measured];
    expect(pdf.pages.length).toBeGreaterThan(2);
    for (const { width, height, items } of pdf.pages) {
      expect([Math.round(width), Math.round(height)]).toEqual([297, 210]);
      expect(items.filter(({ text }) => text === '修改前')).toHaveLength(1);
    }
    const words = pdf.pages.flatMap(({ items }) => items).map(({ text }) => text);
    expect(words.filter((text) => text.includes('五十万元'))).toHaveLength(60);
    const bold = pdf.pages.flatMap(({ items }) => items).filter(({ text }) => text.includes('八十万元'));
    expect(bold.every(({ font }) => font.includes('Bold'))).toBe(true);
  });

  it('is a DOCX with a repeated head, and underlined and struck words without tracked changes', async () => {
    const xml = (await (await JSZip.loadAsync(await comparisonDocx(table))).file('word/document.xml')?.async('string')) ?? '';
    expect(xml).toContain('w:tblHeader');
    expect(xml).toContain('w:orient="landscape"');
    expect(xml.match(/<w:strike\/>/g)).toHaveLength(60);
    expect(xml.match(/<w:u w:val="single"\/>/g)).toHaveLength(60);
    expect(xml).not.toMatch(/<w:(ins|del) /);
  });
});
