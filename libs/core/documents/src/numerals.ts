const DIGITS = new Map([...'〇零○一二三四五六七八九两'].map((c, i) => [c, i < 3 ? 0 : i === 12 ? 2 : i - 2]));
const UNITS = new Map([['十', 10], ['百', 100], ['千', 1000]]);

/** The characters that a number in a marker may consist of, for use inside a character class. */
export const NUMERAL_CLASS = '〇零○一二三四五六七八九两十百千0-9０-９';

/**
 * Reads the number of a marker: Chinese up to 九千九百九十九, positional Chinese (二〇), Arabic or full-width digits. White space is
 * ignored. Null for anything that is not a number, such as 十十 or 一0.
 */
export function parseNumeral(source: string): number | null {
  const text = source.replace(/\s/g, '').replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  if (/^\d{1,4}$/.test(text)) return Number(text);
  if (text === '') return null;
  const chars = [...text];
  if (chars.every((c) => DIGITS.has(c))) {
    return chars.length > 4 ? null : chars.reduce((sum, c) => sum * 10 + (DIGITS.get(c) ?? 0), 0);
  }
  return parseWithUnits(chars);
}

function parseWithUnits(chars: string[]): number | null {
  let total = 0;
  let pending: number | null = null;
  let lastUnit = 10_000;
  for (const c of chars) {
    const digit = DIGITS.get(c);
    const unit = UNITS.get(c);
    if (digit !== undefined) {
      if (pending !== null && pending !== 0) return null;
      pending = digit;
    } else if (unit !== undefined) {
      if (unit >= lastUnit) return null;
      // 十 alone means ten (十五, 一百十); any other unit needs its digit.
      if (!pending && !(unit === 10 && pending === null)) return null;
      total += (pending || 1) * unit;
      lastUnit = unit;
      pending = null;
    } else {
      return null;
    }
  }
  return total + (pending ?? 0);
}
