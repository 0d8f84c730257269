import {
  AlignmentType, BorderStyle, convertMillimetersToTwip, Document, DocumentGridType, Footer, HeadingLevel, LineRuleType, PageNumber, Packer, Paragraph,
  type ParagraphChild, type FileChild, type IParagraphOptions, Tab, Table, TableCell, TableRow, TabStopType, TextRun, WidthType,
} from 'docx';
import { settable } from './characters';
import { composeOfficial, type Source } from './compose';
import { cleanDocx } from './docx-clean';
import type { Block, Imprint, OfficialDocument, Particulars, Run, TableBlock, TextBlock } from './official-document';
import type { LaidOut } from './official-pdf';
import { AREA, PITCH, SIZE, type Face } from './standard';
import { WORD_FONT } from './word-fonts';

const RED = 'E60012';
/** Word counts lengths in twentieths of a point, sizes in halves. */
const TWIPS = 20;
const CHARACTER = Math.round(PITCH.char * TWIPS);
const LINE = Math.round((AREA.height / 22) * TWIPS);
const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4, HeadingLevel.HEADING_5, HeadingLevel.HEADING_6];

/** Lays a text out as an official document in DOCX: the page, grid, heads, levels and imprint of GB/T 9704-2012; Word makes the lines and pages. */
export async function officialDocx(source: Source, particulars: Particulars): Promise<LaidOut> {
  const document = composeOfficial(source, particulars);
  const body: FileChild[] = [...head(document), ...document.blocks.flatMap((block) => blockParts(block, document))];
  if (document.imprint) body.push(...imprint(document.imprint));
  const file = new Document({
    title: document.title, subject: document.number ?? '', creator: document.issuer ?? '', lastModifiedBy: '', keywords: document.number ?? '', description: '',
    styles: { default: styles() },
    evenAndOddHeaderAndFooters: true,
    sections: [{
      properties: {
        page: {
          size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
          margin: {
            top: convertMillimetersToTwip(37), left: convertMillimetersToTwip(28), right: convertMillimetersToTwip(26), bottom: convertMillimetersToTwip(35),
            footer: convertMillimetersToTwip(35 - 7 - 5), header: convertMillimetersToTwip(15),
          },
        },
        // The pitch of characters is given as its difference from 3号, in 4096ths of a point.
        grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: LINE, charSpace: Math.round((AREA.width / 28 - SIZE.body) * 4096) },
      },
      footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
      children: body,
    }],
  });
  return { bytes: await cleanDocx(await Packer.toBuffer(file), document.date), pages: null };
}

function styles(): NonNullable<NonNullable<ConstructorParameters<typeof Document>[0]['styles']>['default']> {
  const plain = { run: { size: SIZE.body * 2, color: '000000', font: WORD_FONT.fangsong, bold: false, italics: false }, paragraph: { spacing: { before: 0, after: 0 } } };
  return {
    document: { run: { size: SIZE.body * 2, font: font('fangsong'), language: { eastAsia: 'zh-CN', value: 'zh-CN' } }, paragraph: { spacing: { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0 } } },
    heading1: plain, heading2: plain, heading3: plain, heading4: plain, heading5: plain, heading6: plain,
  };
}

const font = (face: Face): { ascii: string; hAnsi: string; eastAsia: string; cs: string } => {
  const name = WORD_FONT[face];
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
};

function words(runs: readonly Run[], size: number, color?: string): ParagraphChild[] {
  return runs.map((run) => new TextRun({ text: settable(run.text), font: font(run.face), size: size * 2, ...(color ? { color } : {}) }));
}

const paragraph = (children: ParagraphChild[], options: IParagraphOptions = {}): Paragraph => new Paragraph({ ...options, children });
const empty = (count: number): Paragraph[] => Array.from({ length: count }, () => paragraph([]));

function head(document: OfficialDocument): Paragraph[] {
  const parts: Paragraph[] = [];
  if (document.draftMark) parts.push(paragraph(words([{ text: document.draftMark, face: 'heiti' }], SIZE.body)), ...empty(1));
  if (!document.number) return parts;
  const mark = document.issuer ? `${document.issuer}文件` : '';
  const size = Math.max(18, Math.min(44, Math.floor(AREA.width / Math.max(1, mark.length))));
  // 35 mm from the type area to the mark (7.2.4), two lines to the number (7.2.5).
  parts.push(paragraph(words([{ text: mark, face: 'xiaobiaosong' }], size, RED), {
    alignment: AlignmentType.CENTER, spacing: { before: convertMillimetersToTwip(35), line: Math.round(size * 1.2 * TWIPS), lineRule: LineRuleType.AT_LEAST },
  }), ...empty(2));
  parts.push(paragraph(words([{ text: document.number, face: 'fangsong' }], SIZE.body), {
    alignment: AlignmentType.CENTER, border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 11 } },
  }), ...empty(2));
  return parts;
}

function blockParts(block: Block, document: OfficialDocument): FileChild[] {
  if (block.type === 'table') return [table(block)];
  if (block.type === 'text') return textParts(block);
  const size = block.date.length;
  const right = (length: number): number => Math.max(2, 4 + (size - length) / 2) * CHARACTER;
  const line = (text: string): Paragraph => paragraph(words([{ text, face: 'fangsong' }], SIZE.body), { alignment: AlignmentType.RIGHT, indent: { right: Math.round(right(text.length)) } });
  return [...empty(document.blocks[0] === block ? 0 : 2), ...block.organs.map(line), line(block.date)];
}

function textParts(block: TextBlock): Paragraph[] {
  const hanging = block.rest > block.first ? (block.rest - block.first) * CHARACTER : 0;
  return [
    ...empty(block.before),
    paragraph(words(block.runs, block.title ? SIZE.title : SIZE.body), {
      ...(block.heading ? { heading: HEADINGS[block.heading - 1] ?? HeadingLevel.HEADING_6 } : {}),
      alignment: block.centred ? AlignmentType.CENTER : AlignmentType.BOTH,
      pageBreakBefore: block.page !== null,
      keepNext: block.heading !== null,
      indent: block.centred ? {} : { left: block.rest * CHARACTER, ...(hanging > 0 ? { hanging } : { firstLine: (block.first - block.rest) * CHARACTER }) },
      ...(block.title ? { spacing: { line: Math.round(SIZE.title * 1.5 * TWIPS), lineRule: LineRuleType.EXACT } } : {}),
    }),
    ...empty(block.after),
  ];
}

function table(block: TableBlock): Table {
  const row = (cells: string[], header: boolean): TableRow => new TableRow({
    tableHeader: header,
    children: cells.map((text) => new TableCell({ children: [paragraph(words([{ text, face: header ? 'heiti' : 'fangsong' }], SIZE.small), { spacing: { line: 360, lineRule: LineRuleType.AUTO } })] })),
  });
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [row(block.head, true), ...block.rows.map((cells) => row(cells, false))] });
}

/** At the end of the text: Word has no place at the foot of the last page that keeps to the text. */
function imprint({ copies, organ, date }: Imprint): Paragraph[] {
  const rule = (size: number): { style: 'single'; size: number; color: string; space: number } => ({ style: 'single', size, color: '000000', space: 1 });
  const indent = { left: SIZE.small * TWIPS, right: SIZE.small * TWIPS };
  const line = { line: Math.round(SIZE.small * 1.6 * TWIPS), lineRule: LineRuleType.EXACT };
  const parts = copies ? [paragraph(words([{ text: `抄送：${copies.replace(/[。.]$/, '')}。`, face: 'fangsong' }], SIZE.small), {
    keepNext: true, spacing: line, border: { top: rule(8) }, indent: { left: SIZE.small * 4 * TWIPS, hanging: SIZE.small * 3 * TWIPS, right: indent.right },
  })] : [];
  return [...empty(1), ...parts, paragraph([
    ...words([{ text: organ ?? '', face: 'fangsong' }], SIZE.small),
    new TextRun({ children: [new Tab()] }),
    ...words([{ text: `${date}印发`, face: 'fangsong' }], SIZE.small),
  ], {
    spacing: line, border: { top: rule(copies ? 6 : 8), bottom: rule(8) }, indent,
    tabStops: [{ type: TabStopType.RIGHT, position: Math.round((AREA.width - SIZE.small) * TWIPS) }],
  })];
}

/** The page number between dashes, one character from the edge (7.5). */
function footer(alignment: 'left' | 'right'): Footer {
  return new Footer({
    children: [paragraph([new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('songti'), size: SIZE.small * 2 })], {
      alignment, indent: { [alignment]: SIZE.small * TWIPS },
    })],
  });
}
