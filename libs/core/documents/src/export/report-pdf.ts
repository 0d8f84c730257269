import { openFonts } from '../layout/fonts';
import { type Element, newPage, type Page } from '../layout/page';
import { drawPdf } from '../layout/pdf';
import { type Face, MM, PAGE } from '../layout/standard';
import { type Frame, setTable } from '../layout/table-layout';
import { titleLines } from '../layout/title-lines';
import { Typesetter } from '../layout/typesetter';
import type { Drawing, Report, ReportBlock, ReportTable } from './report';

const MARGIN = 25 * MM;
const WIDTH = PAGE.width - 2 * MARGIN;
const BODY = 12;
const CELL = 10;
const SMALL = 10.5;
/** Length of a dash and of the gap after it. */
const DASH = 3;

/**
 * The report as PDF on upright A4: headings in the outline, tables with their head on each page, drawings as lines, pages numbered. The same report gives
 * the same bytes.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character
 */
export async function reportPdf(report: Report): Promise<Buffer> {
  const sheet = new Sheets();
  sheet.title(report.title, report.subtitle);
  for (const block of report.blocks) sheet.block(block);
  sheet.numbers();
  return drawPdf({ width: PAGE.width, height: PAGE.height, pages: sheet.pages, elements: sheet.elements }, { title: report.title, author: null, subject: null, keywords: [], date: report.date });
}

class Sheets {
  readonly pages: Page[] = [newPage()];
  readonly elements: Element[] = [];
  private readonly setter = new Typesetter(openFonts());
  private readonly frame: Frame = {
    y: MARGIN, top: MARGIN, bottom: PAGE.height - MARGIN, elements: this.elements,
    draw: (op) => { this.page.ops.push(op); },
    nextPage: () => {
      this.pages.push(newPage());
      this.frame.y = MARGIN;
    },
  };

  private get page(): Page {
    return this.pages.at(-1) as Page;
  }

  title(title: string, subtitle: string): void {
    const element = this.elements.push({ tag: 'H1', parent: null }) - 1;
    for (const line of titleLines(title, { face: 'xiaobiaosong' }, Math.floor(WIDTH / 20), this.setter)) {
      const width = (line.atoms.reduce((sum, atom) => sum + atom.halves, 0) * 20) / 2;
      this.setter.set(line, { x: MARGIN + (WIDTH - width) / 2, top: this.frame.y, size: 20, pitch: 20, element }).forEach((op) => this.frame.draw(op));
      this.frame.y += 30;
    }
    this.page.bookmarks.push({ title, level: 0 });
    this.paragraph(subtitle, { tag: 'P', face: 'songti', size: SMALL, first: 0, centred: true });
    this.frame.y += 8;
  }

  block(block: ReportBlock): void {
    if ('heading' in block) return this.heading(block.heading);
    if ('table' in block) return this.table(block.table);
    if ('drawing' in block) return this.drawing(block.drawing);
    for (const text of block.text.split(/\r?\n/).filter((line) => line.trim() !== '')) this.paragraph(text.trim(), { tag: 'P', face: 'fangsong', size: BODY, first: 4 });
  }

  /** Page numbers, once all pages are there. */
  numbers(): void {
    for (const [index, page] of this.pages.entries()) {
      const [line] = this.setter.lines([{ text: `— ${index + 1} —`, face: 'songti' }], { width: 60, first: 0, rest: 0 });
      if (line) page.ops.push(...this.setter.set(line, { x: PAGE.width / 2 - 18, top: PAGE.height - MARGIN + 8 * MM, size: 12, pitch: 12, element: null }));
    }
    this.setter.finish();
  }

  /** A heading stays with what follows it: three lines at least. */
  private heading(text: string): void {
    this.frame.y += 12;
    if (this.frame.y + 70 > this.frame.bottom) this.frame.nextPage();
    this.page.bookmarks.push({ title: text, level: 1 });
    this.paragraph(text, { tag: 'H2', face: 'heiti', size: 14, first: 0 });
    this.frame.y += 4;
  }

  private paragraph(text: string, { tag, face, size, first, centred = false }: { tag: 'P' | 'H2' | 'H3'; face: Face; size: number; first: number; centred?: boolean }): void {
    const element = this.elements.push({ tag, parent: null }) - 1;
    for (const line of this.setter.lines([{ text, face }], { width: Math.floor((WIDTH / size) * 2), first, rest: 0 })) {
      if (this.frame.y + size * 1.6 > this.frame.bottom) this.frame.nextPage();
      const width = (line.atoms.reduce((sum, atom) => sum + atom.halves, 0) * size) / 2;
      this.setter.set(line, { x: MARGIN + (centred ? (WIDTH - width) / 2 : 0), top: this.frame.y, size, pitch: size, element }).forEach((op) => this.frame.draw(op));
      this.frame.y += size * 1.6;
    }
  }

  private table({ caption, head, widths, rows }: ReportTable): void {
    const total = widths.reduce((sum, width) => sum + width, 0);
    if (this.frame.y + 70 > this.frame.bottom) this.frame.nextPage();
    this.frame.y += 6;
    this.paragraph(caption, { tag: 'H3', face: 'heiti', size: SMALL, first: 0 });
    setTable(this.setter, this.frame, {
      x: MARGIN, widths: widths.map((width) => (WIDTH * width) / total), size: CELL,
      head: head.map((text) => [{ text, face: 'heiti' as const }]), rows: rows.map((row) => row.map((text) => [{ text, face: 'songti' as const }])),
    });
    this.frame.y += 10;
  }

  private drawing({ caption, width, height, lines, labels }: Drawing): void {
    if (this.frame.y + height + SMALL * 2 > this.frame.bottom) this.frame.nextPage();
    this.paragraph(caption, { tag: 'H3', face: 'heiti', size: SMALL, first: 0 });
    const [left, top] = [MARGIN + (WIDTH - width) / 2, this.frame.y];
    for (const { x1, y1, x2, y2, weight, dashed = false } of lines) {
      const length = Math.hypot(x2 - x1, y2 - y1);
      const steps = dashed ? Math.max(1, Math.ceil(length / (2 * DASH))) : 1;
      for (let step = 0; step < steps; step += 1) {
        const [from, to] = dashed ? [step / steps, (step + 0.5) / steps] : [0, 1];
        this.frame.draw({
          type: 'rule', x1: left + x1 + (x2 - x1) * from, y1: top + y1 + (y2 - y1) * from, x2: left + x1 + (x2 - x1) * to, y2: top + y1 + (y2 - y1) * to, width: weight, colour: 'black', element: null,
        });
      }
    }
    for (const { x, y, text, anchor } of labels) {
      const [line] = this.setter.lines([{ text, face: 'songti' }], { width: 200, first: 0, rest: 0 });
      if (!line) continue;
      const size = (line.atoms.reduce((sum, atom) => sum + atom.halves, 0) * 9) / 2;
      const shift = anchor === 'middle' ? size / 2 : anchor === 'end' ? size : 0;
      // The figures stand in the table; what is drawn is no content of its own.
      this.setter.set(line, { x: left + x - shift, top: top + y - 4.5, size: 9, pitch: 9, element: null }).forEach((op) => this.frame.draw(op));
    }
    this.frame.y += height + 8;
  }
}
