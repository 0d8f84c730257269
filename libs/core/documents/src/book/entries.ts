import { lengthOf } from '../layout/flow';
import type { Line } from '../layout/line-breaker';
import { type Element, newPage, type Page } from '../layout/page';
import type { Face } from '../layout/standard';
import type { Typesetter } from '../layout/typesetter';
import { BOOK_GRID } from './book-grid';

const { area, lines: LINES, chars: CHARS, pitch, size } = BOOK_GRID;
/** Halves of a character that are kept free for the page number and what leads to it. */
const NUMBER = 8;
/** From one dot of a leader to the next. */
const DOT = 5;

/** A line of the contents or of an index that leads to a page. */
export interface Entry {
  text: string;
  /** In characters. */
  indent: number;
  face: Face;
  /** Page of the whole document, counted from 0, and the number that it bears; null for a heading among the entries. */
  target: { page: number; label: string } | null;
  /** Empty lines over it. */
  before: number;
}

/** Sets entries with leaders and page numbers, each a link. Pages are added to `pages`, from `row` of the last one on. */
export function setEntries(entries: readonly Entry[], setter: Typesetter, pages: Page[], elements: Element[], row: number): number {
  const toc = elements.push({ tag: 'TOC', parent: null }) - 1;
  let at = row;
  const turn = (): void => { pages.push(newPage()); at = 0; };
  for (const [index, entry] of entries.entries()) {
    const lines = setter.lines([{ text: entry.text, face: entry.face }], { width: CHARS * 2 - NUMBER, first: entry.indent * 2, rest: entry.indent * 2 + 2 });
    if (at > 0) at += entry.before;
    // A heading stays with the first entry under it, and an entry of several lines on one page.
    const needed = lines.length + (entry.target === null && entries[index + 1] ? 1 : 0);
    if (at > 0 && at + needed > LINES) turn();
    const item = elements.push({ tag: 'TOCI', parent: toc }) - 1;
    const element = entry.target ? elements.push({ tag: 'Link', parent: item }) - 1 : item;
    for (const line of lines) {
      if (at >= LINES) turn();
      const top = area.top + at * pitch.line;
      const ops = setter.set(line, { x: area.left, top, size: size.body, pitch: pitch.char, element });
      (pages.at(-1) as Page).ops.push(...ops, ...(line.last && entry.target ? leader(setter, line, entry.target.label, top, element) : []));
      at += 1;
    }
    if (!entry.target) continue;
    const height = Math.min(lines.length, at) * pitch.line;
    (pages.at(-1) as Page).ops.push({ type: 'link', x: area.left, y: area.top + at * pitch.line - height, width: area.width, height, page: entry.target.page, element });
  }
  return at;
}

/** Dots from the end of the words to the number, which stands at the right edge. The dots of all lines stand under each other, and are no content. */
function leader(setter: Typesetter, line: Line, label: string, top: number, element: number): Page['ops'] {
  const setting = { top, size: size.body, pitch: pitch.char };
  const set = (text: string): Line => setter.lines([{ text, face: 'songti' }], { width: NUMBER * 2, first: 0, rest: 0 })[0] as Line;
  const right = area.left + area.width;
  const number = set(label);
  const width = (lengthOf(number) * pitch.char) / 2;
  const [dot] = setter.set(set('.'), { ...setting, x: 0, element: null });
  if (dot?.type !== 'text') return [];
  const from = area.left + ((line.indent + lengthOf(line) + 1) * pitch.char) / 2;
  const count = Math.floor((right - from) / DOT) - Math.ceil((width + pitch.char / 2) / DOT);
  const to = right - Math.ceil((width + pitch.char / 2) / DOT) * DOT;
  const dots = count > 1 ? [{ ...dot, text: '.'.repeat(count), x: to - count * DOT, spacing: DOT - setter.measure('.', { text: '.', face: 'songti' }) * size.body }] : [];
  return [...dots, ...setter.set(number, { ...setting, x: right - width, element })];
}
