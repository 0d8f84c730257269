/**
 * Full-text search in Chinese without a word list: a run of Han characters is indexed as its overlapping pairs, and its last character alone;
 * Latin words and numbers as they are. A phrase query over pairs finds exactly what a string scan finds. Vectors and queries are written in
 * PostgreSQL's own notation, so that no parser or locale of the server has a say.
 */
const RUNS = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;
const HAN = /^\p{Script=Han}/u;
/** PostgreSQL keeps positions up to 16,383. */
const LAST_POSITION = 16_383;

const quoted = (token: string): string => `'${token.replace(/['\\]/g, '')}'`;

function tokens(run: string, forQuery: boolean): string[] {
  if (!HAN.test(run)) return [run.toLowerCase().slice(0, 100)];
  const characters = [...run];
  const pairs = characters.slice(0, -1).map((character, index) => character + characters[index + 1]);
  const last = characters.at(-1) ?? '';
  return forQuery && pairs.length > 0 ? pairs : [...pairs, last];
}

/** A `tsvector` literal of the texts; the first text weighs most (A), the last least (D). */
export function searchVector(texts: readonly string[]): string {
  let position = 0;
  const out: string[] = [];
  texts.forEach((text, index) => {
    const weight = 'ABCD'.charAt(Math.min(index, 3));
    for (const [run] of text.normalize('NFKC').matchAll(RUNS)) {
      for (const token of tokens(run, false)) {
        position += 1;
        if (position > LAST_POSITION) return;
        out.push(`${quoted(token)}:${position}${weight}`);
      }
      position += 1;
    }
  });
  return out.join(' ');
}

/** A `tsquery` literal: every run of the input must occur, Han runs as exact phrases. Null if there is nothing to look for. */
export function searchQuery(input: string): string | null {
  const runs = [...input.normalize('NFKC').slice(0, 200).matchAll(RUNS)].map(([run]) => {
    const parts = tokens(run, true);
    return parts.length === 1 && [...run].length === 1 && HAN.test(run) ? `${quoted(run)}:*` : parts.map(quoted).join(' <-> ');
  });
  return runs.length === 0 ? null : runs.map((run) => `(${run})`).join(' & ');
}
