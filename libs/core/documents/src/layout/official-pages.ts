import type { FontBook } from './fonts';
import type { Line } from './line-breaker';
import type { OfficialDocument, Run, SignatureBlock, TableBlock, TextBlock } from './official-document';
import { setFolios, setImprint } from './page-ends';
import { type Bookmark, type Element, newPage, type Op, type Page, type SetDocument } from './page';
import { setHead } from './page-head';
import { AREA, CHARS, LINES, PAGE, PITCH, SIZE } from './standard';
import { columnWidths, type Frame, setTable } from './table-layout';
import { titleLines } from './title-lines';
import { Typesetter } from './typesetter';

/** Halves of a character in a line. */
const WIDTH = CHARS * 2;
const TITLE_WIDTH = Math.floor(AREA.width / SIZE.title);
/** Between the text and the signature: room for the upper part of the seal (7.3.5.1). */
const BEFORE_SIGNATURE = 2;

/**
 * Sets an official document on pages of GB/T 9704-2012: head, text, annexes, imprint, page numbers.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character
 */
export function setOfficial(document: OfficialDocument, fonts: FontBook): SetDocument {
  const setter = new Typesetter(fonts);
  const flow = new Flow(setter);
  flow.row = setHead(document, setter, flow.page, flow.elements);
  for (const [index, block] of document.blocks.entries()) {
    if (block.type === 'text') {
      const next = document.blocks[index + 1];
      flow.text(block, next?.type === 'signature' ? signatureRows(next) : 0);
    } else if (block.type === 'table') flow.table(block);
    else flow.signature(block);
  }
  if (document.imprint) setImprint(document.imprint, setter, flow.pages, flow.row, flow.elements);
  setFolios(flow.pages, setter);
  setter.finish();
  return { ...PAGE, pages: flow.pages, elements: flow.elements };
}

const signatureRows = (block: SignatureBlock): number => BEFORE_SIGNATURE + block.organs.length + 1;

/** The line grid, filled from above. */
class Flow {
  readonly pages: Page[] = [newPage()];
  readonly elements: Element[] = [];
  /** The next free line of the page. */
  row = 0;

  constructor(private readonly setter: Typesetter) {}

  get page(): Page {
    return this.pages.at(-1) as Page;
  }

  private get top(): number {
    return AREA.top + this.row * PITCH.line;
  }

  private draw(op: Op): void {
    this.page.ops.push(op);
  }

  nextPage(): void {
    this.pages.push(newPage());
    this.row = 0;
  }

  /** `tail`: lines that must stand on the same page as the last two of this paragraph. */
  text(block: TextBlock, tail: number): void {
    if (block.page !== null && this.row > 0) this.nextPage();
    if (block.page !== null) this.row = block.page;
    else if (this.row > 0) this.row += block.before;
    const lines = this.lines(block);
    // A heading does not stand alone at the foot of a page.
    if (block.heading !== null && this.row > 0 && this.row + lines.length + block.after + 1 > LINES && lines.length < LINES / 2) this.nextPage();
    const element = this.elements.push({ tag: block.heading ? `H${block.heading as 1}` : 'P', parent: null }) - 1;
    let mark: Bookmark | null = block.outline;
    for (const [index, line] of lines.entries()) {
      const left = lines.length - index;
      const parting = left <= 2 && tail > 0 && this.row + left + tail > LINES && left === Math.min(2, lines.length);
      if (this.row >= LINES || (parting && this.row > 0)) this.nextPage();
      if (mark) this.page.bookmarks.push(mark);
      mark = null;
      this.line(line, block, element);
      this.row += 1;
    }
    this.row += block.after;
  }

  table(block: TableBlock): void {
    if (this.row > 0 && this.row + 3 > LINES) this.nextPage();
    const columns = block.head.map((head, index) => [head, ...block.rows.map((row) => row[index] ?? '')]);
    const size = columns.length <= 4 ? SIZE.small : columns.length <= 7 ? 12 : 10.5;
    const cells = (row: string[], face: Run['face']): Run[][] => row.map((text) => [{ text, face }]);
    const frame: Frame = {
      y: AREA.top + this.row * PITCH.line, top: AREA.top, bottom: AREA.top + AREA.height, elements: this.elements,
      draw: (op) => this.draw(op),
      nextPage: () => { this.nextPage(); frame.y = AREA.top; },
    };
    setTable(this.setter, frame, {
      x: AREA.left, widths: columnWidths(columns, AREA.width), size, head: cells(block.head, 'heiti'), rows: block.rows.map((row) => cells(row, 'fangsong')),
    });
    // What follows stands on the grid again.
    this.row = Math.ceil((frame.y - AREA.top) / PITCH.line);
  }

  /** The day stands four characters from the right, the organs centred over it (7.3.5.1). */
  signature(block: SignatureBlock): void {
    if (this.row + signatureRows(block) > LINES) this.nextPage();
    else this.row += BEFORE_SIGNATURE;
    const set = (text: string): Line => this.setter.lines([{ text, face: 'fangsong' }], { width: WIDTH - 4, first: 0, rest: 0 })[0] as Line;
    const organs = block.organs.flatMap((organ) => this.setter.lines([{ text: organ, face: 'fangsong' }], { width: WIDTH - 4, first: 0, rest: 0 }));
    const date = set(block.date);
    const longest = Math.max(0, ...organs.map(lengthOf));
    const centre = Math.min(WIDTH - 8 - lengthOf(date) / 2, WIDTH - 4 - longest / 2);
    for (const line of [...organs, date]) {
      const element = this.elements.push({ tag: 'P', parent: null }) - 1;
      this.put({ ...line, indent: centre - lengthOf(line) / 2 }, element);
    }
  }

  private put(line: Line, element: number): void {
    if (this.row >= LINES) this.nextPage();
    this.setter.set(line, { x: AREA.left, top: this.top, size: SIZE.body, pitch: PITCH.char, element }).forEach((op) => this.draw(op));
    this.row += 1;
  }

  private lines(block: TextBlock): Line[] {
    if (block.title) return block.runs.flatMap((run) => titleLines(run.text, run, TITLE_WIDTH, this.setter));
    const indents = block.centred ? { first: 0, rest: 0 } : { first: block.first * 2, rest: block.rest * 2 };
    return this.setter.lines(block.runs, { width: WIDTH, ...indents });
  }

  private line(line: Line, block: TextBlock, element: number): void {
    const size = block.title ? SIZE.title : SIZE.body;
    const pitch = block.title ? SIZE.title : PITCH.char;
    const x = AREA.left + (block.centred ? (AREA.width - (lengthOf(line) * pitch) / 2) / 2 : 0);
    // Letters of 2号 are higher than those of the grid: their middles are on one height.
    const top = this.top - (size - SIZE.body) / 2;
    this.setter.set(line, { x, top, size, pitch, element, justify: !block.centred }).forEach((op) => this.draw(op));
  }
}

const lengthOf = (line: Line): number => line.atoms.reduce((sum, atom) => sum + atom.halves, 0);
