import JSZip from 'jszip';
import readWorkbook from 'read-excel-file/node';
import { ExportPool } from './export-pool';
import { reportDocx } from './report';
import { reportPdf } from './report-pdf';
import { workbookXlsx } from './workbook';

const HOSTILE = ['=1+1', '+cmd|\' /C calc\'!A0', '-2', '@SUM(A1)', '\t=1', '<b>&"\'', '\u0000\u0007a\ud800b', ']]>', '\u202e反', '', '第一行\n第二行', '0012', '1e5', '2026-03-01', 'TRUE', '_x0041_'];

describe('a workbook', () => {
  it('gives words back as words, whatever they look like, and figures as figures', async () => {
    const bytes = await workbookXlsx([{ name: '意见', columns: [{ head: '文字', width: 40 }, { head: '条数', width: 8 }], rows: HOSTILE.map((text, n) => [text, n]) }, { name: '空', columns: [{ head: '无', width: 5 }], rows: [] }]);
    const [sheet, empty] = await readWorkbook(bytes, { trim: false });
    expect([sheet!.sheet, empty!.data]).toEqual(['意见', [['无']]]);
    const expected = HOSTILE.map((text) => text === '' ? null : text.replace(/[\u0000\u0007\ud800]/g, ''));
    expect(sheet!.data.slice(1).map(([text]) => text)).toEqual(expected);
    expect(sheet!.data.slice(1).map(([, n]) => n)).toEqual(HOSTILE.map((_, n) => n));
    const zip = await JSZip.loadAsync(bytes);
    expect(await zip.file('xl/worksheets/sheet1.xml')!.async('string')).not.toMatch(/<f[ >/]/);
    // 49 is the built-in number of the format Text.
    expect(await zip.file('xl/styles.xml')!.async('string')).toMatch(/formatCode="@"|numFmtId="49"/);
  });

  it('cuts a cell that no spreadsheet would open', async () => {
    const [sheet] = await readWorkbook(await workbookXlsx([{ name: 'a', columns: [{ head: 'a', width: 9 }], rows: [['长'.repeat(40_000)]] }]));
    expect(String(sheet!.data[1]![0])).toHaveLength(32_000);
  });

  it('of ten thousand opinions is written beside the event loop', async () => {
    const pool = new ExportPool();
    const rows = Array.from({ length: 10_000 }, (_, n) => Array.from({ length: 16 }, (_cell, at) => (at === 8 || at === 12 ? `第${n}条意见，`.repeat(40) : `${n}/${at}`)));
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 20);
    try {
      const bytes = await pool.run({ workbook: [{ name: '意见', columns: Array.from({ length: 16 }, (_, n) => ({ head: `列${n}`, width: 12 })), rows }] });
      expect(turns).toBeGreaterThan(5);
      const [sheet] = await readWorkbook(bytes);
      expect([sheet!.data.length, sheet!.data[10_000]![0]]).toEqual([10_001, '9999/0']);
    } finally {
      clearInterval(timer);
      await pool.close();
    }
  });
});

describe('a report', () => {
  it('is the same bytes for the same content, and holds hostile words as words', async () => {
    const report = { title: '报告<1>', subtitle: '部门', date: '2026-04-03', blocks: [{ heading: '一、情况' }, { text: '第一段\n第二段' }, { table: { caption: '表', head: ['甲', '乙'], widths: [1, 2], rows: HOSTILE.map((text) => [text, '值']) } }] };
    const [first, second] = [await reportDocx(report), await reportDocx(report)];
    expect(first.equals(second)).toBe(true);
    const xml = await (await JSZip.loadAsync(first)).file('word/document.xml')!.async('string');
    expect(xml).toContain('报告&lt;1&gt;');
    expect(xml.match(/<w:tr[ >]/g)).toHaveLength(HOSTILE.length + 1);
    expect(xml).not.toMatch(/[\u0000\u0007]/);
  });
});

describe('a report as PDF', () => {
  it('is the same bytes for the same content, goes on over pages, and draws lines', async () => {
    const drawing = { caption: '图', width: 100, height: 60, lines: [{ x1: 0, y1: 0, x2: 100, y2: 60, weight: 1 }, { x1: 0, y1: 60, x2: 100, y2: 0, weight: 1, dashed: true }], labels: [{ x: 50, y: 30, text: '合法性', anchor: 'middle' as const }] };
    const report = {
      title: '政策实施效果评估报告', subtitle: '部门', date: '2026-04-03',
      blocks: [{ heading: '一、情况' }, { text: '段落文字。'.repeat(900) }, { table: { caption: '表', head: ['甲', '乙'], widths: [1, 2], rows: Array.from({ length: 60 }, (_, n) => [`第${n}行`, '内容']) } }, { drawing }],
    };
    const [first, second] = [await reportPdf(report), await reportPdf(report)];
    expect(first.equals(second)).toBe(true);
    expect(first.subarray(0, 8).toString()).toBe('%PDF-1.7');
    const pages = first.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? [];
    expect(pages.length).toBeGreaterThan(4);
    const without = await reportPdf({ ...report, blocks: report.blocks.slice(0, 3) });
    expect(without.equals(first)).toBe(false);
  });

  it('leaves drawings out of DOCX', async () => {
    const drawing = { caption: '图', width: 1, height: 1, lines: [], labels: [] };
    const bare = { title: '报告', subtitle: '', date: null, blocks: [{ text: '一' }] };
    expect((await reportDocx({ ...bare, blocks: [...bare.blocks, { drawing }] })).equals(await reportDocx(bare))).toBe(true);
  });
});
