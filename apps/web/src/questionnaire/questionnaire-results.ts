import type { Cell, Tabulation } from '@core/questionnaire';

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
const rounded = (value: number | null): number | null => value === null ? null : Math.round(value * 100) / 100;

/** Rows of `bar-chart`: the count with its share of those who were asked; what is kept back has no bar. */
const bars = (cells: readonly Cell[]) => cells.map(({ label, count, share }) => ({
  label, value: count ?? 0, shown: count === null ? '—' : share === null ? String(count) : `${count}（${percent(share)}）`,
}));

/** What the answers of a questionnaire say, for its charts. */
export function resultsView({ responses, minimum, questions }: Tabulation) {
  return {
    responses, keptBack: minimum > 1 ? minimum : null,
    questions: questions.map((table) => ({
      no: table.no, kind: table.kind, text: table.text, base: table.base, answered: table.answered, open: table.answered === null ? null : table.base - table.answered,
      several: table.kind === 'multiple', mean: rounded(table.mean), median: table.median, bars: bars(table.cells), most: table.base,
      rows: table.rows.map(({ label, cells }) => ({ label, bars: bars(cells) })),
    })),
  };
}
