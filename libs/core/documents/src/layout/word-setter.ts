import {
  AlignmentType, Bookmark, type Document, type FileChild, HeadingLevel, type IParagraphOptions, LineRuleType, Paragraph, type ParagraphChild, Table, TableCell, TableRow, TextRun, WidthType,
} from 'docx';
import { settable } from './characters';
import type { Block, Run, SignatureBlock, TableBlock, TextBlock } from './official-document';
import type { Face, LineGrid } from './standard';
import { WORD_FONT } from './word-fonts';

type WordStyles = NonNullable<NonNullable<ConstructorParameters<typeof Document>[0]['styles']>['default']>;

/** Word counts lengths in twentieths of a point, sizes in halves. */
export const TWIPS = 20;
const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4, HeadingLevel.HEADING_5, HeadingLevel.HEADING_6];

/** From one line to the next, in Word's units. */
export const lineOf = ({ area, lines }: LineGrid): number => Math.round((area.height / lines) * TWIPS);

/** The styles of a file: headings look like the text, and their runs say where they do not. */
export function wordStyles(grid: LineGrid): WordStyles {
  const size = grid.size.body * 2;
  const plain = { run: { size, color: '000000', font: WORD_FONT.fangsong, bold: false, italics: false }, paragraph: { spacing: { before: 0, after: 0 } } };
  return {
    document: { run: { size, font: font('fangsong'), language: { eastAsia: 'zh-CN', value: 'zh-CN' } }, paragraph: { spacing: { line: lineOf(grid), lineRule: LineRuleType.EXACT, before: 0, after: 0 } } },
    heading1: plain, heading2: plain, heading3: plain, heading4: plain, heading5: plain, heading6: plain,
  };
}

export const font = (face: Face): { ascii: string; hAnsi: string; eastAsia: string; cs: string } => {
  const name = WORD_FONT[face];
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
};

export function words(runs: readonly Run[], size: number, color?: string): ParagraphChild[] {
  return runs.map((run) => new TextRun({ text: settable(run.text), font: font(run.face), size: size * 2, ...(color ? { color } : {}) }));
}

export const paragraph = (children: ParagraphChild[], options: IParagraphOptions = {}): Paragraph => new Paragraph({ ...options, children });
export const empty = (count: number): Paragraph[] => Array.from({ length: count }, () => paragraph([]));

/** Turns the parts of a document into those of a Word file, in the measures of a grid. */
export class WordSetter {
  private readonly character: number;

  constructor(private readonly grid: LineGrid) {
    this.character = Math.round(grid.pitch.char * TWIPS);
  }

  blocks(blocks: readonly Block[]): FileChild[] {
    return blocks.flatMap((block, index): FileChild[] => {
      if (block.type === 'table') return [this.table(block)];
      return block.type === 'text' ? this.text(block) : this.signature(block, index === 0);
    });
  }

  private signature(block: SignatureBlock, first: boolean): Paragraph[] {
    const right = (length: number): number => Math.max(2, 4 + (block.date.length - length) / 2) * this.character;
    const line = (text: string): Paragraph =>
      paragraph(words([{ text, face: 'fangsong' }], this.grid.size.body), { alignment: AlignmentType.RIGHT, indent: { right: Math.round(right(text.length)) } });
    return [...empty(first ? 0 : 2), ...block.organs.map(line), line(block.date)];
  }

  private text(block: TextBlock): Paragraph[] {
    const hanging = block.rest > block.first ? (block.rest - block.first) * this.character : 0;
    return [
      ...empty(block.before),
      paragraph(this.anchored(words(block.runs, block.title ? this.grid.size.title : this.grid.size.body), block.anchor), {
        ...(block.heading ? { heading: HEADINGS[block.heading - 1] ?? HeadingLevel.HEADING_6 } : {}),
        alignment: block.centred ? AlignmentType.CENTER : AlignmentType.BOTH,
        pageBreakBefore: block.page !== null,
        keepNext: block.heading !== null,
        indent: block.centred ? {} : { left: block.rest * this.character, ...(hanging > 0 ? { hanging } : { firstLine: (block.first - block.rest) * this.character }) },
        ...(block.title ? { spacing: { line: Math.round(this.grid.size.title * 1.5 * TWIPS), lineRule: LineRuleType.EXACT } } : {}),
      }),
      ...empty(block.after),
    ];
  }

  private anchored(children: ParagraphChild[], anchor: string | undefined): ParagraphChild[] {
    return anchor === undefined ? children : [new Bookmark({ id: anchor, children: children as TextRun[] })];
  }

  private table(block: TableBlock): Table {
    const row = (cells: string[], header: boolean): TableRow => new TableRow({
      tableHeader: header,
      children: cells.map((text) => new TableCell({ children: [paragraph(words([{ text, face: header ? 'heiti' : 'fangsong' }], this.grid.size.small), { spacing: { line: 360, lineRule: LineRuleType.AUTO } })] })),
    });
    return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [row(block.head, true), ...block.rows.map((cells) => row(cells, false))] });
  }
}
