import type { Line } from './line-breaker';
import type { Run } from './official-document';
import type { Typesetter } from './typesetter';

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Breaks a title into as few lines as can be, at the ends of words and of about one length, so that the words stay whole and the lines
 * make no ragged shape (7.3.1).
 *
 * @param width in characters
 */
export function titleLines(text: string, run: Omit<Run, 'text'>, width: number, setter: Typesetter): Line[] {
  const whole = setter.lines([{ ...run, text }], { width: 100_000, first: 0, rest: 0 });
  const total = 100_000 - (whole[0]?.free ?? 0);
  const count = Math.ceil(total / (width * 2));
  if (count <= 1) return whole;
  for (let lines = count; lines <= count + 2; lines += 1) {
    const parts = balance(text, total / lines, lines);
    const set = parts.map((part) => setter.lines([{ ...run, text: part }], { width: width * 2, first: 0, rest: 0 }));
    if (set.every((one) => one.length === 1)) return set.flat();
  }
  return setter.lines([{ ...run, text }], { width: width * 2, first: 0, rest: 0 });
}

/** Cuts at the ends of words that come nearest to equal lengths, measured in halves of a character. */
function balance(text: string, halves: number, lines: number): string[] {
  const ends: { at: number; halves: number }[] = [];
  let length = 0;
  const parts = [...words.segment(text)];
  for (const [index, { segment, index: start }] of parts.entries()) {
    length += [...segment].reduce((sum, char) => sum + (char.charCodeAt(0) < 0x100 ? 1 : 2), 0);
    const next = parts[index + 1]?.segment ?? '';
    // A line of a title begins with no closing mark, ends with no opening one, and leaves no 的 or 和 in front.
    if (next !== '' && !/^[，。、；：！？）》”’的]/.test(next) && !/[（《“‘]$/.test(segment)) ends.push({ at: start + segment.length, halves: length });
  }
  const cuts: number[] = [];
  for (let line = 1; line < lines; line += 1) {
    const goal = halves * line;
    const best = ends.filter(({ at }) => at > (cuts.at(-1) ?? 0)).sort((one, other) => Math.abs(one.halves - goal) - Math.abs(other.halves - goal))[0];
    if (best) cuts.push(best.at);
  }
  return [...cuts, text.length].map((end, index) => text.slice(cuts[index - 1] ?? 0, end)).filter((part) => part !== '');
}
