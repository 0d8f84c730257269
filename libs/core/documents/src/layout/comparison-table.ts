import type { TextRun } from '../text-diff';

/** Words of one cell of a comparison; `insert` is underlined and bold, `delete` struck through. */
export type ComparisonCell = readonly TextRun[];

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
