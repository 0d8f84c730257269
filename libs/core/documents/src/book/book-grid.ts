import { type LineGrid, MM, PAGE } from '../layout/standard';

const LINES = 36;
const CHARS = 37;
const BODY = 12;
const AREA = { left: 25 * MM, top: 32 * MM, width: PAGE.width - 50 * MM, height: 232 * MM };

/** The page of a book: A4 like its documents, in 小四号, so that two pages of an official document stand on one. */
export const BOOK_GRID: LineGrid = {
  area: AREA, lines: LINES, chars: CHARS, size: { title: 16, body: BODY, small: 10.5 },
  pitch: { char: (AREA.width - BODY) / (CHARS - 1), line: (AREA.height - BODY) / (LINES - 1) },
};
