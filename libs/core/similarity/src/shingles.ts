/** Looked up once: these loops run a hundred million times. */
const { imul } = Math;

/** A Chinese character or a Korean syllable says about as much as two letters of an alphabet. */
const WIDE = /[\p{Script=Han}\p{Script=Hangul}]/u;
/** Below this code point there are neither. */
const FIRST_WIDE = 0x1100;

/** One run of characters: the hash of it, and the characters from `from` up to `to`. */
export interface Run {
  hash: number;
  from: number;
  to: number;
}

/**
 * The set of runs of `size` characters in a text, as sorted 32-bit hashes without repeats. A letter of an alphabet counts as half a character: with size 3 a run is three
 * Chinese characters, six English letters, or a mixture. A text shorter than one run has none.
 */
export function shinglesOf(text: string, size: number): Uint32Array {
  const { codes, widths } = measured(text);
  const hashes = new Uint32Array(codes.length);
  let count = 0;
  for (let from = 0; from < codes.length; from += 1) {
    const { hash, to } = runAt(codes, widths, from, size);
    if (to < 0) break;
    hashes[count] = hash;
    count += 1;
  }
  return sortedWithoutRepeats(hashes.subarray(0, count));
}

/** The runs of a text in their order, where `from` and `to` count its characters (code points). */
export function runsOf(text: string, size: number): Run[] {
  const { codes, widths } = measured(text);
  const runs: Run[] = [];
  for (let from = 0; from < codes.length; from += 1) {
    const { hash, to } = runAt(codes, widths, from, size);
    if (to < 0) break;
    runs.push({ hash, from, to });
  }
  return runs;
}

/** `to` is -1 where the text ends before the run does. */
function runAt(codes: Uint32Array, widths: Uint8Array, from: number, size: number): { hash: number; to: number } {
  let hash = 0;
  let width = 0;
  let at = from;
  for (; at < codes.length && width < 2 * size; at += 1) {
    hash = mixed((hash ^ (codes[at] as number)) + 0x9e3779b9);
    width += widths[at] as number;
  }
  return { hash, to: width < 2 * size ? -1 : at };
}

function measured(text: string): { codes: Uint32Array; widths: Uint8Array } {
  const codes = new Uint32Array(text.length);
  const widths = new Uint8Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; count += 1) {
    const code = text.codePointAt(at) as number;
    codes[count] = code;
    widths[count] = widthOf(code);
    at += code > 0xffff ? 2 : 1;
  }
  return { codes: codes.subarray(0, count), widths: widths.subarray(0, count) };
}

/** Of each code point: 0 not asked yet, 1 narrow, 2 wide. */
const known = new Uint8Array(0x110000);

export function widthOf(code: number): number {
  if (code < FIRST_WIDE) return 1;
  return (known[code] ||= WIDE.test(String.fromCodePoint(code)) ? 2 : 1);
}

export function sortedWithoutRepeats(hashes: Uint32Array): Uint32Array {
  const sorted = hashes.slice().sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    if (at > 0 && sorted[at] === sorted[at - 1]) continue;
    sorted[kept] = sorted[at] as number;
    kept += 1;
  }
  return sorted.slice(0, kept);
}

/** The finaliser of MurmurHash3 (A. Appleby): every bit of the number reaches every bit of the result. */
export function mixed(value: number): number {
  let hash = value;
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
