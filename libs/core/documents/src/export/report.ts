import {
  AlignmentType, Document, Footer, HeadingLevel, type IParagraphOptions, Packer, PageNumber, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType,
} from 'docx';
import { settable } from '../layout/characters';
import { cleanDocx } from '../layout/docx-clean';
import { WORD_FONT } from '../layout/word-fonts';

/** A table of a report; `widths` are the shares of its columns. */
export interface ReportTable {
  caption: string;
  head: readonly string[];
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}

/** Lines and words in a field of `width` by `height` points. PDF draws it; DOCX leaves it out, as a table beside it says the same. */
export interface Drawing {
  caption: string;
  width: number;
  height: number;
  lines: readonly { x1: number; y1: number; x2: number; y2: number; weight: number; dashed?: boolean }[];
  labels: readonly { x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end' }[];
}

export type ReportBlock = { heading: string } | { text: string } | { table: ReportTable } | { drawing: Drawing };

/** A report of headings, paragraphs and tables on upright A4. */
export interface Report {
  title: string;
  subtitle: string;
  /** The day of the document as `YYYY-MM-DD`. */
  date: string | null;
  blocks: readonly ReportBlock[];
}

const MILLIMETRE = 1440 / 25.4;
const MARGIN = Math.round(25 * MILLIMETRE);
const WIDTH = Math.round(160 * MILLIMETRE);
const font = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name });
const [SONG, HEI, FANG] = [font(WORD_FONT.songti), font(WORD_FONT.heiti), font(WORD_FONT.fangsong)];

/** The report as DOCX; the same report gives the same bytes. Characters without a shape of their own are left out. */
export async function reportDocx({ title, subtitle, date, blocks }: Report): Promise<Buffer> {
  const document = new Document({
    title, creator: '', lastModifiedBy: '', description: '', styles: { default: { document: { run: { font: FANG, size: 28 } } } },
    sections: [{
      properties: { page: { size: { width: Math.round(210 * MILLIMETRE), height: Math.round(297 * MILLIMETRE) }, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 24 })] })] }) },
      children: [
        line(title, HEI, 36, { heading: HeadingLevel.HEADING_1, alignment: AlignmentType.CENTER }),
        line(subtitle, FANG, 24, { alignment: AlignmentType.CENTER, spacing: { after: 240 } }),
        ...blocks.flatMap(blockOf),
      ],
    }],
  });
  return cleanDocx(await Packer.toBuffer(document), date);
}

type Face = typeof SONG;
const line = (text: string, face: Face, size: number, more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ ...more, children: [new TextRun({ text: settable(text), font: face, size, color: '000000' })] });

/** Each line of the text is a paragraph. */
const lines = (text: string): string[] => text.split(/\r?\n/).map((one) => one.trim()).filter((one) => one !== '');

function blockOf(block: ReportBlock): (Paragraph | Table)[] {
  if ('heading' in block) return [line(block.heading, HEI, 30, { heading: HeadingLevel.HEADING_2, spacing: { before: 240, after: 120 }, keepNext: true })];
  if ('text' in block) return lines(block.text).map((text) => line(text, FANG, 28, { indent: { firstLine: 560 }, spacing: { line: 400 } }));
  if ('drawing' in block) return [];
  return [line(block.table.caption, HEI, 24, { spacing: { before: 160, after: 60 }, keepNext: true }), tableOf(block.table)];
}

function tableOf({ head, widths, rows }: ReportTable): Table {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => Math.floor((WIDTH * width) / total));
  const row = (cells: readonly string[], face: Face, tableHeader: boolean): TableRow => new TableRow({
    tableHeader, cantSplit: tableHeader,
    children: cells.map((text, index) => new TableCell({
      width: { size: columns[index] ?? 0, type: WidthType.DXA }, margins: { left: 80, right: 80, top: 40, bottom: 40 },
      children: (lines(text).length > 0 ? lines(text) : ['']).map((one) => line(one, face, 21)),
    })),
  });
  return new Table({
    columnWidths: columns, width: { size: WIDTH, type: WidthType.DXA }, layout: TableLayoutType.FIXED, rows: [row(head, HEI, true), ...rows.map((cells) => row(cells, SONG, false))],
  });
}
