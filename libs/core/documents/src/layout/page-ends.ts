import type { Imprint, Run } from './official-document';
import { type Element, newPage, type Op, type Page } from './page';
import { AREA, LINES, PAGE_NUMBER_DROP, PITCH, RULE, SIZE } from './standard';
import type { Typesetter } from './typesetter';

/** Halves of a small character between the edges of the type area, with one character free on either side (7.4.2, 7.4.3). */
const WIDTH = Math.floor((AREA.width / SIZE.small) * 2) - 4;
const LEADING = SIZE.small * 1.6;

/**
 * Sets the imprint at the foot of the last page, which is a back page, since paper is printed on both sides (7.4). Where a blank page
 * has to stand before it, neither of the two is numbered (7.5).
 *
 * @param row the first free line of the last page so far
 */
export function setImprint(imprint: Imprint, setter: Typesetter, pages: Page[], row: number, elements: Element[]): void {
  const lines: { text: string; right?: string; rest: number; rule: number }[] = [];
  if (imprint.copies) lines.push({ text: `抄送：${imprint.copies.replace(/[。.]$/, '')}。`, rest: 6, rule: RULE.thick });
  lines.push({ text: imprint.organ ?? '', right: `${imprint.date}印发`, rest: 0, rule: lines.length > 0 ? RULE.thin : RULE.thick });
  const run = (text: string): Run => ({ text, face: 'fangsong' });
  const broken = lines.map((line) => ({
    ...line, lines: setter.lines([run(line.text)], { width: line.right ? Math.floor(WIDTH * 0.62) : WIDTH, first: 0, rest: line.rest }),
  }));
  const height = broken.reduce((sum, line) => sum + line.lines.length, 0) * LEADING;
  const rows = Math.ceil(height / PITCH.line) + 1;
  if (pages.length % 2 === 1) pages.push(newPage());
  else if (row + rows > LINES) {
    pages.push(newPage(), newPage());
    pages.slice(-2).forEach((page) => { page.numbered = false; });
  }
  const page = pages.at(-1) as Page;
  const bottom = AREA.top + AREA.height;
  let y = bottom - height;
  const left = AREA.left + SIZE.small;
  const put = (op: Op[]): void => { page.ops.push(...op); };
  for (const part of broken) {
    page.ops.push(ruleAt(y, part.rule));
    const element = elements.push({ tag: 'P', parent: null }) - 1;
    const last = y + (part.lines.length - 1) * LEADING;
    for (const line of part.lines) {
      put(setter.set(line, { x: left, top: y + (LEADING - SIZE.small) / 2, size: SIZE.small, pitch: SIZE.small, element }));
      y += LEADING;
    }
    if (!part.right) continue;
    const [right] = setter.lines([run(part.right)], { width: WIDTH, first: 0, rest: 0 });
    if (!right) continue;
    const width = (right.atoms.reduce((sum, atom) => sum + atom.halves, 0) * SIZE.small) / 2;
    put(setter.set(right, { x: AREA.left + AREA.width - SIZE.small - width, top: last + (LEADING - SIZE.small) / 2, size: SIZE.small, pitch: SIZE.small, element }));
  }
  page.ops.push(ruleAt(bottom, RULE.thick));
}

function ruleAt(y: number, width: number): Op {
  return { type: 'rule', x1: AREA.left, y1: y, x2: AREA.left + AREA.width, y2: y, width, colour: 'black', element: null };
}

/** Page numbers: 4号, a dash on either side, 7 mm under the type area, right on odd pages and left on even ones, one character from the edge (7.5). */
export function setFolios(pages: Page[], setter: Typesetter): void {
  for (const [index, page] of pages.entries()) {
    if (!page.numbered) continue;
    const run: Run = { text: `— ${index + 1} —`, face: 'songti' };
    const [line] = setter.lines([run], { width: 100, first: 0, rest: 0 });
    if (!line) continue;
    const width = (line.atoms.reduce((sum, atom) => sum + atom.halves, 0) * SIZE.small) / 2;
    const x = index % 2 === 0 ? AREA.left + AREA.width - SIZE.small - width : AREA.left + SIZE.small;
    // The dash lies in the middle of its square: that, and not the square's upper edge, is 7 mm under the type area.
    const top = AREA.top + AREA.height + PAGE_NUMBER_DROP - SIZE.small / 2;
    page.ops.push(...setter.set(line, { x, top, size: SIZE.small, pitch: SIZE.small, element: null }));
  }
}
