import type { Line } from './line-breaker';
import type { Block, Run, SignatureBlock, TableBlock, TextBlock } from './official-document';
import { type Bookmark, type Element, newPage, type Op, type Page } from './page';
import type { LineGrid } from './standard';
import { columnWidths, type Frame, setTable } from './table-layout';
import { titleLines } from './title-lines';
import type { Typesetter } from './typesetter';

/** Between the text and the signature: room for the upper part of the seal (7.3.5.1). */
const BEFORE_SIGNATURE = 2;

const signatureRows = (block: SignatureBlock): number => BEFORE_SIGNATURE + block.organs.length + 1;

/** The line grid, filled from above. */
export class Flow {
  readonly pages: Page[] = [newPage()];
  /** The next free line of the page. */
  row = 0;

  /** @param elements those of the whole document, which what is set here joins */
  constructor(private readonly setter: Typesetter, private readonly grid: LineGrid, readonly elements: Element[] = []) {}

  get page(): Page {
    return this.pages.at(-1) as Page;
  }

  private get top(): number {
    return this.grid.area.top + this.row * this.grid.pitch.line;
  }

  /** Halves of a character in a line. */
  private get width(): number {
    return this.grid.chars * 2;
  }

  private draw(op: Op): void {
    this.page.ops.push(op);
  }

  nextPage(): void {
    this.pages.push(newPage());
    this.row = 0;
  }

  /** The parts of a document, in their order. */
  set(blocks: readonly Block[]): void {
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1];
      if (block.type === 'text') this.text(block, next?.type === 'signature' ? signatureRows(next) : 0);
      else if (block.type === 'table') this.table(block);
      else this.signature(block);
    }
  }

  /** `tail`: lines that must stand on the same page as the last two of this paragraph. */
  private text(block: TextBlock, tail: number): void {
    if (block.page !== null && this.row > 0) this.nextPage();
    if (block.page !== null) this.row = block.page;
    else if (this.row > 0) this.row += block.before;
    const lines = this.lines(block);
    // A heading does not stand alone at the foot of a page.
    if (block.heading !== null && this.row > 0 && this.row + lines.length + block.after + 1 > this.grid.lines && lines.length < this.grid.lines / 2) this.nextPage();
    const element = this.elements.push({ tag: block.heading ? `H${block.heading as 1}` : 'P', parent: null }) - 1;
    let mark: Bookmark | null = block.outline;
    for (const [index, line] of lines.entries()) {
      const left = lines.length - index;
      const parting = left <= 2 && tail > 0 && this.row + left + tail > this.grid.lines && left === Math.min(2, lines.length);
      if (this.row >= this.grid.lines || (parting && this.row > 0)) this.nextPage();
      if (mark) this.page.bookmarks.push(mark);
      mark = null;
      this.line(line, block, element);
      this.row += 1;
    }
    this.row += block.after;
  }

  private table(block: TableBlock): void {
    if (this.row > 0 && this.row + 3 > this.grid.lines) this.nextPage();
    const columns = block.head.map((head, index) => [head, ...block.rows.map((row) => row[index] ?? '')]);
    const { small } = this.grid.size;
    const size = columns.length <= 4 ? small : Math.min(small, columns.length <= 7 ? 12 : 10.5);
    const cells = (row: string[], face: Run['face']): Run[][] => row.map((text) => [{ text, face }]);
    const frame: Frame = {
      y: this.grid.area.top + this.row * this.grid.pitch.line, top: this.grid.area.top, bottom: this.grid.area.top + this.grid.area.height, elements: this.elements,
      draw: (op) => this.draw(op),
      nextPage: () => { this.nextPage(); frame.y = this.grid.area.top; },
    };
    setTable(this.setter, frame, {
      x: this.grid.area.left, widths: columnWidths(columns, this.grid.area.width), size, head: cells(block.head, 'heiti'), rows: block.rows.map((row) => cells(row, 'fangsong')),
    });
    // What follows stands on the grid again.
    this.row = Math.ceil((frame.y - this.grid.area.top) / this.grid.pitch.line);
  }

  /** The day stands four characters from the right, the organs centred over it (7.3.5.1). */
  private signature(block: SignatureBlock): void {
    if (this.row + signatureRows(block) > this.grid.lines) this.nextPage();
    else this.row += BEFORE_SIGNATURE;
    const set = (text: string): Line => this.setter.lines([{ text, face: 'fangsong' }], { width: this.width - 4, first: 0, rest: 0 })[0] as Line;
    const organs = block.organs.flatMap((organ) => this.setter.lines([{ text: organ, face: 'fangsong' }], { width: this.width - 4, first: 0, rest: 0 }));
    const date = set(block.date);
    const longest = Math.max(0, ...organs.map(lengthOf));
    const centre = Math.min(this.width - 8 - lengthOf(date) / 2, this.width - 4 - longest / 2);
    for (const line of [...organs, date]) {
      const element = this.elements.push({ tag: 'P', parent: null }) - 1;
      this.put({ ...line, indent: centre - lengthOf(line) / 2 }, element);
    }
  }

  private put(line: Line, element: number): void {
    if (this.row >= this.grid.lines) this.nextPage();
    this.setter.set(line, { x: this.grid.area.left, top: this.top, size: this.grid.size.body, pitch: this.grid.pitch.char, element }).forEach((op) => this.draw(op));
    this.row += 1;
  }

  private lines(block: TextBlock): Line[] {
    if (block.title) return block.runs.flatMap((run) => titleLines(run.text, run, Math.floor(this.grid.area.width / this.grid.size.title), this.setter));
    const indents = block.centred ? { first: 0, rest: 0 } : { first: block.first * 2, rest: block.rest * 2 };
    return this.setter.lines(block.runs, { width: this.width, ...indents });
  }

  private line(line: Line, block: TextBlock, element: number): void {
    const size = block.title ? this.grid.size.title : this.grid.size.body;
    const pitch = block.title ? this.grid.size.title : this.grid.pitch.char;
    const x = this.grid.area.left + (block.centred ? (this.grid.area.width - (lengthOf(line) * pitch) / 2) / 2 : 0);
    // Letters of a title are higher than those of the grid: their middles are on one height.
    const top = this.top - (size - this.grid.size.body) / 2;
    this.setter.set(line, { x, top, size, pitch, element, justify: !block.centred }).forEach((op) => this.draw(op));
  }
}

/** Length of a line in halves of a character. */
export const lengthOf = (line: Line): number => line.atoms.reduce((sum, atom) => sum + atom.halves, 0);
