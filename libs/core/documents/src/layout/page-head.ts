import type { Line } from './line-breaker';
import type { OfficialDocument, Run } from './official-document';
import type { Element, Page } from './page';
import { AREA, CHARS, MARK_TOP, NUMBER_TO_LINE, PITCH, RULE, SIZE } from './standard';
import type { Typesetter } from './typesetter';

const RED = '#e60012';
/** The mark's letters: as large as they may be, smaller for a long name, and in two lines for a very long one. */
const LARGEST = 44;
const SMALLEST = 26;
/** Line of the page in which the document number stands, two lines under the mark (7.2.5), and the title's first one, two under the red line (7.3.1). */
const NUMBER_ROW = 7;
const TITLE_ROW = 10;
const DRAFT_TITLE_ROW = 2;

/**
 * Sets what stands over the title (7.2): the issuing organ's mark in red, the number, the red line. A document whose issuer nobody names
 * keeps the place of the mark empty, as for paper on which it is printed already. A draft has its mark 送审稿 in the corner and nothing else.
 *
 * @returns the line of the page in which the title begins
 */
export function setHead(document: OfficialDocument, setter: Typesetter, page: Page, elements: Element[]): number {
  const paragraph = (): number => elements.push({ tag: 'P', parent: null }) - 1;
  if (document.draftMark) {
    const line = one(setter, { text: document.draftMark, face: 'heiti' });
    page.ops.push(...setter.set(line, { x: AREA.left, top: AREA.top, size: SIZE.body, pitch: PITCH.char, element: paragraph() }));
  }
  if (!document.number) return document.draftMark ? DRAFT_TITLE_ROW : 0;
  if (document.issuer) setMark(`${document.issuer}文件`, setter, page, paragraph());
  const line = one(setter, { text: document.number, face: 'fangsong' });
  const top = AREA.top + NUMBER_ROW * PITCH.line;
  page.ops.push(...setter.set(line, { x: AREA.left + (AREA.width - widthOf(line, PITCH.char)) / 2, top, size: SIZE.body, pitch: PITCH.char, element: paragraph() }));
  const y = top + SIZE.body + NUMBER_TO_LINE;
  page.ops.push({ type: 'rule', x1: AREA.left, y1: y, x2: AREA.left + AREA.width, y2: y, width: RULE.thick * 2, colour: RED, element: null });
  return TITLE_ROW;
}

function setMark(text: string, setter: Typesetter, page: Page, element: number): void {
  const length = [...text].length;
  const single = Math.min(LARGEST, AREA.width / length);
  const cut = single >= SMALLEST ? length : Math.ceil(length / 2);
  const parts = [[...text].slice(0, cut).join(''), [...text].slice(cut).join('')].filter((part) => part !== '');
  const size = Math.min(LARGEST, AREA.width / cut, parts.length > 1 ? 38 : LARGEST);
  for (const [index, part] of parts.entries()) {
    const line = one(setter, { text: part, face: 'xiaobiaosong' });
    const x = AREA.left + (AREA.width - widthOf(line, size)) / 2;
    page.ops.push(...setter.set(line, { x, top: AREA.top + MARK_TOP + index * size * 1.25, size, pitch: size, element, colour: RED }));
  }
}

const one = (setter: Typesetter, run: Run): Line => setter.lines([run], { width: CHARS * 20, first: 0, rest: 0 })[0] as Line;

function widthOf(line: Line, pitch: number): number {
  return (line.atoms.reduce((sum, atom) => sum + atom.halves, 0) * pitch) / 2;
}
