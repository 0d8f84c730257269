/** Measures of GB/T 9704-2012 in points (1/72 inch). Numbers of clauses are those of the standard. */

/** Points of one millimetre. */
export const MM = 72 / 25.4;

/** A4 (5.1). */
export const PAGE = { width: 210 * MM, height: 297 * MM };

/** The type area 版心: 156 mm × 225 mm, its left edge 28 mm (订口) and its upper edge 37 mm (天头) from those of the page (5.2.1). */
export const AREA = { left: 28 * MM, top: 37 * MM, width: 156 * MM, height: 225 * MM };

/** Lines a page and characters a line, which fill the type area (5.2.3). */
export const LINES = 22;
export const CHARS = 28;

/** Sizes of type: 2号 for titles (7.3.1), 3号 for nearly all (5.2.2), 4号 for page numbers and imprint (7.4.2, 7.4.3, 7.5). */
export const SIZE = { title: 22, body: 16, small: 14 };

/** From one character to the next, and from one line to the next, so that the first and the last touch the edges of the type area. */
export const PITCH = {
  char: (AREA.width - SIZE.body) / (CHARS - 1),
  line: (AREA.height - SIZE.body) / (LINES - 1),
};

/** A page of equal lines: measures in points, lines a page and characters a line. */
export interface LineGrid {
  area: { left: number; top: number; width: number; height: number };
  lines: number;
  chars: number;
  size: { title: number; body: number; small: number };
  /** From one character to the next, and from one line to the next. */
  pitch: { char: number; line: number };
}

/** That of the standard. */
export const OFFICIAL_GRID: LineGrid = { area: AREA, lines: LINES, chars: CHARS, size: SIZE, pitch: PITCH };

/** Upper edge of the issuing organ's mark under that of the type area (7.2.4). */
export const MARK_TOP = 35 * MM;

/** From the document number to the red line under it (7.2.7). */
export const NUMBER_TO_LINE = 4 * MM;

/** Lines of the imprint: the outer two thick, those between thin (7.4.1). */
export const RULE = { thick: 0.35 * MM, thin: 0.25 * MM };

/** Upper edge of the page number under the lower edge of the type area (7.5). */
export const PAGE_NUMBER_DROP = 7 * MM;

/** Share of a character's square that lies above the base line, in Chinese fonts. */
export const ASCENT = 0.88;

/** Typefaces that the standard names. */
export type Face = 'fangsong' | 'xiaobiaosong' | 'heiti' | 'kaiti' | 'songti';

/** `2026-03-01` → `2026年3月1日`: Arabic numerals, no leading zeros (7.3.5.4). */
export function dateWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
