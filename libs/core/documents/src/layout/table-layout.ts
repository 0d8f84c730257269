import { paragraphsOf } from './comparison-table';
import type { Line } from './line-breaker';
import type { Run } from './official-document';
import type { Element, Op } from './page';
import type { Typesetter } from './typesetter';

const PADDING = 4;
const BORDER = 0.5;

/** Where a table is set: the space that is left on the page, and a way to the next page. */
export interface Frame {
  /** Upper edge of the free space; upper and lower edge of the type area. */
  y: number;
  readonly top: number;
  readonly bottom: number;
  readonly elements: Element[];
  draw(op: Op): void;
  nextPage(): void;
}

export interface TableSetting {
  x: number;
  /** Widths of the columns in points. */
  widths: readonly number[];
  size: number;
  head: readonly (readonly Run[])[];
  rows: readonly (readonly (readonly Run[])[])[];
}

/** Sets a table with lines around its cells. The head stands again on each page; a row that no page can hold goes on on the next one. */
export function setTable(setter: Typesetter, frame: Frame, table: TableSetting): void {
  const grid = new Grid(setter, frame, table);
  grid.head();
  for (const row of table.rows) grid.row(row);
}

class Grid {
  private readonly element: number;
  private readonly pitch: number;
  private repeats = false;

  constructor(private readonly setter: Typesetter, private readonly frame: Frame, private readonly table: TableSetting) {
    this.element = frame.elements.push({ tag: 'Table', parent: null }) - 1;
    this.pitch = table.size * 1.5;
  }

  /** A head that would take more than half a page is a row like the others, and is not said again. */
  head(): void {
    const cells = this.break(this.table.head);
    const height = this.heightOf(cells);
    this.repeats = height * 2 <= this.frame.bottom - this.frame.top;
    if (!this.repeats) return this.row(this.table.head);
    if (this.frame.y + height + this.pitch * 3 > this.frame.bottom) this.frame.nextPage();
    this.draw(cells, 'TH', this.element);
  }

  row(row: readonly (readonly Run[])[]): void {
    let cells = this.break(row);
    const element = this.frame.elements.push({ tag: 'TR', parent: this.element }) - 1;
    const whole = this.heightOf(cells);
    const room = (): number => this.frame.bottom - this.frame.y;
    // A row that the page cannot hold goes to the next one whole, unless it is too long for that.
    if (whole > room() && whole * 3 <= this.frame.bottom - this.frame.top) this.turn();
    for (;;) {
      const fits = Math.max(0, Math.floor((room() - 2 * PADDING) / this.pitch));
      const longest = Math.max(...cells.map((cell) => cell.length));
      if (longest <= fits) return this.draw(cells, 'TD', element);
      if (fits > 0) this.draw(cells.map((cell) => cell.slice(0, fits)), 'TD', element);
      cells = cells.map((cell) => cell.slice(fits));
      this.turn();
    }
  }

  private turn(): void {
    this.frame.nextPage();
    if (this.repeats) this.draw(this.break(this.table.head), null, this.element);
  }

  private break(cells: readonly (readonly Run[])[]): Line[][] {
    return this.table.widths.map((width, index) => {
      const halves = Math.max(2, Math.floor(((width - 2 * PADDING) / this.table.size) * 2));
      const paragraphs = paragraphsOf(cells[index] ?? []).filter((runs) => runs.some((run) => run.text.trim() !== ''));
      return paragraphs.flatMap((runs) => this.setter.lines(runs, { width: halves, first: 0, rest: 0 }));
    });
  }

  private heightOf = (cells: Line[][]): number => Math.max(1, ...cells.map((cell) => cell.length)) * this.pitch + 2 * PADDING;

  private draw(cells: Line[][], tag: 'TH' | 'TD' | null, parent: number): void {
    const { x, widths, size } = this.table;
    const height = this.heightOf(cells);
    const top = this.frame.y;
    let left = x;
    this.rule(x, top, x + sum(widths), top);
    this.rule(x, top, x, top + height);
    for (const [index, lines] of cells.entries()) {
      const width = widths[index] ?? 0;
      const element = tag && lines.length > 0 ? this.frame.elements.push({ tag, parent }) - 1 : null;
      for (const [at, line] of lines.entries()) {
        const lineTop = top + PADDING + at * this.pitch + (this.pitch - size) / 2;
        this.setter.set(line, { x: left + PADDING, top: lineTop, size, pitch: size, element }).forEach((op) => this.frame.draw(op));
      }
      left += width;
      this.rule(left, top, left, top + height);
    }
    this.rule(x, top + height, x + sum(widths), top + height);
    this.frame.y += height;
  }

  private rule(x1: number, y1: number, x2: number, y2: number): void {
    this.frame.draw({ type: 'rule', x1, y1, x2, y2, width: BORDER, colour: 'black', element: null });
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Widths for columns after what they hold: no column under a tenth of the table or more than three times as wide as it would be among equals. */
export function columnWidths(columns: readonly (readonly string[])[], width: number): number[] {
  const weights = columns.map((cells) => {
    const lengths = cells.map((cell) => cell.length);
    const mean = lengths.reduce((total, one) => total + one, 0) / Math.max(1, lengths.length);
    return Math.min(Math.max(3, Math.max(...lengths) / 3 + mean), 40);
  });
  const total = sum(weights);
  const floor = width / (columns.length * 3);
  const raised = weights.map((weight) => Math.max(floor, (weight / total) * width));
  const scale = width / sum(raised);
  return raised.map((one) => one * scale);
}
