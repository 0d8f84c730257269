import type { ComparisonCell, ComparisonTable } from './comparison-table';
import { openFonts } from './fonts';
import type { Run } from './official-document';
import { type Element, newPage, type Page } from './page';
import { drawPdf } from './pdf';
import { MM, PAGE, SIZE } from './standard';
import { type Frame, setTable } from './table-layout';
import { titleLines } from './title-lines';
import { Typesetter } from './typesetter';

const MARGIN = 20 * MM;
const LABELS = 28 * MM;
const TEXT = 10.5;
const WIDTH = PAGE.height - 2 * MARGIN;

/**
 * Draws a comparison as PDF on A4 lying on its side: the head of the table on each page, inserted words bold and underlined, deleted ones
 * struck through, pages numbered. The same table gives the same bytes.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character
 */
export async function comparisonPdf(table: ComparisonTable): Promise<Buffer> {
  const setter = new Typesetter(openFonts());
  const pages: Page[] = [newPage()];
  const elements: Element[] = [];
  const frame: Frame = {
    y: MARGIN, top: MARGIN, bottom: PAGE.width - MARGIN, elements,
    draw: (op) => { (pages.at(-1) as Page).ops.push(op); },
    nextPage: () => { pages.push(newPage()); frame.y = MARGIN; },
  };
  setTitle(table, setter, frame);
  pages[0]?.bookmarks.push({ title: table.title, level: 0 });
  const widths = [LABELS, ...table.columns.map(() => (WIDTH - LABELS) / table.columns.length)];
  setTable(setter, frame, {
    x: MARGIN, widths, size: TEXT,
    head: ['', ...table.columns].map((text): Run[] => [{ text, face: 'heiti' }]),
    rows: table.rows.map(({ label, cells }) => [[{ text: label, face: 'heiti' } as Run], ...cells.map(runsOf)]),
  });
  setNumbers(pages, setter);
  setter.finish();
  return drawPdf({ width: PAGE.height, height: PAGE.width, pages, elements }, { title: table.title, author: null, subject: null, keywords: [], date: null });
}

/** Kept words as they are; the marks of the others do not rest on colour. */
function runsOf(cell: ComparisonCell): Run[] {
  return cell.map(({ op, text }) => ({ text, face: op === 'insert' ? 'xiaobiaosong' : 'songti', ...(op === 'keep' ? {} : { mark: op }) }));
}

function setTitle(table: ComparisonTable, setter: Typesetter, frame: Frame): void {
  const element = frame.elements.push({ tag: 'H1', parent: null }) - 1;
  for (const line of titleLines(table.title, { face: 'xiaobiaosong' }, Math.floor(WIDTH / 18), setter)) {
    const width = (line.atoms.reduce((sum, atom) => sum + atom.halves, 0) * 18) / 2;
    setter.set(line, { x: MARGIN + (WIDTH - width) / 2, top: frame.y, size: 18, pitch: 18, element }).forEach((op) => frame.draw(op));
    frame.y += 28;
  }
  if (table.note) {
    const note = frame.elements.push({ tag: 'P', parent: null }) - 1;
    for (const line of setter.lines([{ text: table.note, face: 'songti' }], { width: Math.floor((WIDTH / TEXT) * 2), first: 0, rest: 0 })) {
      setter.set(line, { x: MARGIN, top: frame.y, size: TEXT, pitch: TEXT, element: note }).forEach((op) => frame.draw(op));
      frame.y += TEXT * 1.5;
    }
  }
  frame.y += 6;
}

function setNumbers(pages: Page[], setter: Typesetter): void {
  for (const [index, page] of pages.entries()) {
    const [line] = setter.lines([{ text: `— ${index + 1} —`, face: 'songti' }], { width: 60, first: 0, rest: 0 });
    if (line) page.ops.push(...setter.set(line, { x: PAGE.height / 2 - SIZE.small * 1.5, top: PAGE.width - MARGIN + 5 * MM, size: 12, pitch: 12, element: null }));
  }
}
