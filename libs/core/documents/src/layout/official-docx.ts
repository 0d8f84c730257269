import {
  AlignmentType, BorderStyle, convertMillimetersToTwip, Document, DocumentGridType, type FileChild, Footer, LineRuleType, PageNumber, Packer, type Paragraph, Tab, TabStopType,
  TextRun,
} from 'docx';
import { composeOfficial, type Source } from './compose';
import { cleanDocx } from './docx-clean';
import type { Imprint, OfficialDocument, Particulars } from './official-document';
import type { LaidOut } from './official-pdf';
import { AREA, OFFICIAL_GRID, SIZE } from './standard';
import { empty, font, lineOf, paragraph, TWIPS, words, WordSetter, wordStyles } from './word-setter';

const RED = 'E60012';
const LINE = lineOf(OFFICIAL_GRID);

/** Lays a text out as an official document in DOCX: the page, grid, heads, levels and imprint of GB/T 9704-2012; Word makes the lines and pages. */
export async function officialDocx(source: Source, particulars: Particulars): Promise<LaidOut> {
  const document = composeOfficial(source, particulars);
  const setter = new WordSetter(OFFICIAL_GRID);
  const body: FileChild[] = [...head(document), ...setter.blocks(document.blocks)];
  if (document.imprint) body.push(...imprint(document.imprint));
  const file = new Document({
    title: document.title, subject: document.number ?? '', creator: document.issuer ?? '', lastModifiedBy: '', keywords: document.number ?? '', description: '',
    styles: { default: wordStyles(OFFICIAL_GRID) },
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
