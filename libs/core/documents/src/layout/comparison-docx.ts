import {
  AlignmentType, Document, Footer, HeadingLevel, PageNumber, PageOrientation, Packer, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, UnderlineType, WidthType,
} from 'docx';
import { settable } from './characters';
import { type ComparisonCell, type ComparisonTable, paragraphsOf } from './comparison-table';
import { cleanDocx } from './docx-clean';
import { WORD_FONT } from './word-fonts';

const MILLIMETRE = 1440 / 25.4;
const MARGIN = Math.round(20 * MILLIMETRE);
const WIDTH = Math.round(257 * MILLIMETRE);
const LABELS = Math.round(28 * MILLIMETRE);
const SONG = { ascii: WORD_FONT.songti, hAnsi: WORD_FONT.songti, eastAsia: WORD_FONT.songti, cs: WORD_FONT.songti };
const HEI = { ascii: WORD_FONT.heiti, hAnsi: WORD_FONT.heiti, eastAsia: WORD_FONT.heiti, cs: WORD_FONT.heiti };
const TEXT = 21;

/** A comparison as DOCX on A4 lying on its side, marked as in `comparisonPdf`: ordinary text, no tracked changes and no comments. */
export async function comparisonDocx(table: ComparisonTable): Promise<Buffer> {
  const column = Math.floor((WIDTH - LABELS) / table.columns.length);
  const widths = [LABELS, ...table.columns.map(() => column)];
  const row = (cells: TextRun[][][], tableHeader: boolean): TableRow => new TableRow({
    tableHeader,
    children: cells.map((paragraphs, index) => new TableCell({
      width: { size: widths[index] ?? column, type: WidthType.DXA }, margins: { left: 80, right: 80, top: 40, bottom: 40 }, children: paragraphs.map((children) => new Paragraph({ children })),
    })),
  });
  const document = new Document({
    title: table.title, creator: '', lastModifiedBy: '', description: '', styles: { default: { document: { run: { font: SONG, size: TEXT } } } },
    sections: [{
      properties: { page: {
        size: { orientation: PageOrientation.LANDSCAPE, width: Math.round(210 * MILLIMETRE), height: Math.round(297 * MILLIMETRE) },
        margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
      } },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 24 })] })] }) },
      children: [
        new Paragraph({ heading: HeadingLevel.HEADING_1, alignment: AlignmentType.CENTER, children: [new TextRun({ text: settable(table.title), font: HEI, size: 36, color: '000000' })] }),
        ...(table.note ? [new Paragraph({ children: [new TextRun({ text: settable(table.note), font: SONG, size: TEXT })] })] : []),
        new Table({
          columnWidths: widths, width: { size: WIDTH, type: WidthType.DXA }, layout: TableLayoutType.FIXED,
          rows: [
            row(['', ...table.columns].map((text) => [[new TextRun({ text: settable(text), font: HEI, size: TEXT })]]), true),
            ...table.rows.map(({ label, cells }) => row([[[new TextRun({ text: settable(label), font: HEI, size: TEXT })]], ...cells.map((cell) => paragraphsOf(cell).map(runs))], false)),
          ],
        }),
      ],
    }],
  });
  return cleanDocx(await Packer.toBuffer(document), null);
}

function runs(cell: ComparisonCell): TextRun[] {
  return cell.map(({ op, text }) => new TextRun({
    text: settable(text), font: SONG, size: TEXT, ...(op === 'insert' ? { bold: true, underline: { type: UnderlineType.SINGLE } } : {}), ...(op === 'delete' ? { strike: true } : {}),
  }));
}
