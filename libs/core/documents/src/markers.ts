import { NUMERAL_CLASS, parseNumeral } from './numerals';

/** Styles of enumeration, outermost first in ordinary use: 一、 （一） 1. （1） ①. */
export type ListStyle = '一、' | '（一）' | '1.' | '（1）' | '①';
export const LIST_STYLES: readonly ListStyle[] = ['一、', '（一）', '1.', '（1）', '①'];

interface Numbered {
  number: number;
  /** 之一, 之二; 0 for none. */
  sub: number;
  label: string;
  rest: string;
  /** White space or the end of the line follows the marker. */
  strong: boolean;
}

/** A structural marker at the start of a line. `rest` is what follows it. */
export type Mark =
  | ({ type: 'article' } & Numbered)
  | ({ type: 'part' | 'chapter' | 'section' } & Numbered)
  | { type: 'list'; style: ListStyle; number: number; label: string; rest: string }
  | { type: 'annex'; number: number | null; label: string; rest: string }
  | { type: 'broken' };

const UNIT = new Map([
  ['编', 'part'], ['分编', 'part'], ['部分', 'part'], ['章', 'chapter'], ['节', 'section'], ['条', 'article'],
] as const);
const STRUCTURE = new RegExp(`^第([${NUMERAL_CLASS}\\s]{0,14})(编|分编|部分|章|节|条)(?:之([一二三四五六七八九十]{1,3}))?`);
const HAN = '一二三四五六七八九十百';
const LISTS: readonly (readonly [ListStyle, RegExp])[] = [
  ['一、', new RegExp(`^([${HAN}]{1,5})\\s{0,2}[、.．](?![${HAN}])`)],
  ['（一）', new RegExp(`^[（(]\\s{0,2}([${HAN}]{1,5})\\s{0,2}[）)]`)],
  ['1.', /^([0-9０-９]{1,3})\s{0,2}[.．、](?![0-9](?![0-9]{3}年))/],
  ['（1）', /^[（(]\s{0,2}([0-9０-９]{1,3})\s{0,2}[）)]/],
  ['（1）', /^([0-9０-９]{1,2})\s{0,2}[）)]/],
];
const ANNEX = /^附\s{0,2}[件录表]\s{0,2}([0-9０-９一二三四五六七八九十]{0,3})(?=$|[\s:：])[\s:：]{0,4}/;
const BROKEN_LIST = new RegExp(`^[（(][${HAN}]{1,3}[、\\s](?![${HAN}])|^[（(]\\s{0,2}[）)]\\s`);
/** After these an article's number is a reference to it: 第三条规定, 第三条第二款, 第三条、第四条. */
const REFERENCE = /^[规所第的、，,。；和至或及与中款项等内外以依按是]/;
const CLOSES_MARKER = /^(?:$|\s|\*\*|[（【:：]|&[en])/;

/** Recognises the marker that a line begins with; null for plain text. Says nothing yet about its place in the sequence. */
export function recognise(body: string): Mark | null {
  const structure = STRUCTURE.exec(body);
  if (structure) return structural(body, structure);
  for (const [style, pattern] of LISTS) {
    const found = pattern.exec(body);
    const number = found ? parseNumeral(found[1] ?? '') : null;
    if (found && number !== null) return { type: 'list', style, number, label: found[0], rest: body.slice(found[0].length) };
  }
  const circled = body.codePointAt(0) ?? 0;
  if (circled >= 0x2460 && circled <= 0x2473) {
    return { type: 'list', style: '①', number: circled - 0x245f, label: body.slice(0, 1), rest: body.slice(1) };
  }
  const annex = ANNEX.exec(body);
  if (annex) {
    return { type: 'annex', number: parseNumeral(annex[1] ?? ''), label: annex[0].trimEnd(), rest: body.slice(annex[0].length) };
  }
  return BROKEN_LIST.test(body) ? { type: 'broken' } : null;
}

function structural(body: string, found: RegExpExecArray): Mark | null {
  const [label, numeral = '', unit = '', sub = ''] = found;
  const type = UNIT.get(unit as '条');
  const rest = body.slice(label.length);
  const number = parseNumeral(numeral);
  const closed = CLOSES_MARKER.test(rest);
  if (number === null || type === undefined) return closed ? { type: 'broken' } : null;
  const mark = { number, sub: sub ? (parseNumeral(sub) ?? 0) : 0, label, rest, strong: closed };
  if (type === 'article') return REFERENCE.test(rest) ? null : { type, ...mark };
  // A heading is short and is no sentence; 第二章 followed by a sentence is torn out of a paragraph.
  if (rest.length <= 60 && !/[。；]/.test(rest) && (closed || (!/，/.test(rest) && !REFERENCE.test(rest)))) return { type, ...mark };
  return closed ? { type: 'broken' } : null;
}
