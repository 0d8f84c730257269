import type { TextRun } from '../text-diff';

/** Words of one cell of a comparison, a line feed between two paragraphs; `insert` is underlined and bold, `delete` struck through. */
export type ComparisonCell = readonly TextRun[];

/** The paragraphs of runs of words: a line feed ends one. */
export function paragraphsOf<R extends { text: string }>(runs: readonly R[]): R[][] {
  const paragraphs: R[][] = [[]];
  for (const run of runs) {
    for (const [at, text] of run.text.split('\n').entries()) {
      if (at > 0) paragraphs.push([]);
      if (text !== '') paragraphs.at(-1)?.push({ ...run, text });
    }
  }
  return paragraphs;
}

/** One clause of a comparison: its label (第三条) and a cell for each column. */
export interface ComparisonRow {
  label: string;
  cells: readonly ComparisonCell[];
}

/** A comparison of versions as it is printed (修改对照表). */
export interface ComparisonTable {
  title: string;
  /** Heads of the columns: two (before, after) or three (consultation draft, opinions, final). The column of labels has none. */
  columns: readonly string[];
  rows: readonly ComparisonRow[];
  /** Printed under the title, such as what the marks mean. */
  note?: string;
}
