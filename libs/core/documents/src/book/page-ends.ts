import { lengthOf } from '../layout/flow';
import type { Line } from '../layout/line-breaker';
import type { Page } from '../layout/page';
import { MM, RULE } from '../layout/standard';
import type { Typesetter } from '../layout/typesetter';
import { BOOK_GRID } from './book-grid';

const { area, size } = BOOK_GRID;
const HEAD = area.top - 11 * MM;
const LINE = area.top - 5.5 * MM;
const FOOT = area.top + area.height + 9 * MM;
/** Halves of a small character that a running head may take. */
const WIDTH = Math.floor((area.width / size.small) * 2) - 4;

export interface Ends {
  book: string;
  /** What stands over each page. */
  heads: readonly string[];
  /** Numerals of the page numbers: i, ii, iii before the text. */
  roman: boolean;
}

/** Running heads and page numbers: the book over left-hand pages, the document over right-hand ones; numbers on the outer side. Blank pages have neither. */
export function setEnds(pages: readonly Page[], { book, heads, roman }: Ends, setter: Typesetter): void {
  const one = (text: string): Line => setter.lines([{ text, face: 'songti' }], { width: 100_000, first: 0, rest: 0 })[0] as Line;
  for (const [index, page] of pages.entries()) {
    if (!page.numbered) continue;
    const right = index % 2 === 0;
    const put = (line: Line, top: number, outer: boolean): void => {
      const width = (lengthOf(line) * size.small) / 2;
      const x = right === outer ? area.left + area.width - width : area.left;
      page.ops.push(...setter.set(line, { x, top, size: size.small, pitch: size.small, element: null }));
    };
    put(one(shortened(right ? heads[index] ?? '' : book, one)), HEAD, true);
    page.ops.push({ type: 'rule', x1: area.left, y1: LINE, x2: area.left + area.width, y2: LINE, width: RULE.thin / 2, colour: 'black', element: null });
    put(one(roman ? romanOf(index + 1) : String(index + 1)), FOOT, true);
  }
}

function shortened(text: string, one: (text: string) => Line): string {
  const characters = [...text];
  if (characters.length * 2 <= WIDTH || lengthOf(one(text)) <= WIDTH) return text;
  while (characters.length > 0 && lengthOf(one(`${characters.join('')}……`)) > WIDTH) characters.pop();
  return `${characters.join('')}……`;
}

const ROMAN: readonly [number, string][] = [[100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']];

/** 4 → iv. */
export function romanOf(number: number): string {
  const step = ROMAN.find(([value]) => value <= number);
  return step ? step[1] + romanOf(number - step[0]) : '';
}
