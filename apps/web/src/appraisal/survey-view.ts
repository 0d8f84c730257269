import type { Indicator, Scores, SurveyCell, SurveyEvidence, SurveyQuestion, SurveyResults } from '@domains/evaluation';
import type { Words } from '../drafting/named-text';

const round = (value: number, digits: number): string => value.toFixed(digits);
const percent = (value: number): string => `${round(value * 100, 1)}%`;

/** The words of a stratum: its values by the fields, what is not known said so. */
export function stratumLabel(values: readonly (string | null)[], by: readonly string[], words: Words): string {
  if (values.length === 0) return words('survey:strata.all');
  return values.map((value, at) => {
    const field = by[at] ?? '';
    if (value === null) return words('survey:strata.unknown', { field: words(`survey:field.${field}`) });
    return field === 'size' || field === 'highTech' ? words(`survey:${field}.${value}`) : value;
  }).join(' · ');
}

/** A bar with its interval, in hundredths of its field. */
export interface IntervalBar {
  width: number;
  low: number | null;
  high: number | null;
}

export interface IntervalRow {
  label: string;
  /** Null: kept back. */
  shown: string | null;
  interval: string | null;
  /** Unweighted. */
  count: number | null;
  bar: IntervalBar | null;
}

const place = (value: number | null, from: number, to: number): number | null => (value === null ? null : Math.round((1000 * (value - from)) / (to - from)) / 10);
const barOf = (value: number, low: number | null, high: number | null, [from, to]: [number, number]): IntervalBar => ({ width: place(value, from, to) ?? 0, low: place(low, from, to), high: place(high, from, to) });

const cellRow = ({ label, count, share, low, high }: SurveyCell): IntervalRow => ({
  label, count, shown: share === null ? null : percent(share), interval: low === null || high === null ? null : `${percent(low)} – ${percent(high)}`, bar: share === null ? null : barOf(share, low, high, [0, 1]),
});

function meanRow({ value, low, high, from, to }: NonNullable<SurveyQuestion['mean']>, n: number | null, words: Words): IntervalRow {
  return { label: words('survey:results.mean', { from, to }), count: n, shown: round(value, 2), interval: low === null || high === null ? null : `${round(low, 2)} – ${round(high, 2)}`, bar: barOf(value, low, high, [from, to]) };
}

/** Counts of single strata as a table; null where they are not told. */
function strataTable(question: SurveyQuestion, results: SurveyResults, words: Words) {
  if (!question.strata) return null;
  const heads = [...question.cells.map(({ label }) => label), words('survey:results.open')];
  return {
    heads,
    rows: question.strata.map(({ no, counts }) => ({
      label: stratumLabel(results.strata.find((one) => one.no === no)?.values ?? [], results.strataBy, words), cells: counts.map((count, at) => ({ head: heads[at], shown: count === null ? null : String(count) })),
    })),
  };
}

/** The results of a survey for page, document and table: the words of what is stored, which has nothing in it that is kept back. */
export function surveyView(results: SurveyResults, words: Words) {
  return {
    drawn: results.drawn, answered: results.answered, frame: results.frame, minimum: results.minimum, rate: percent(results.rate),
    by: results.strataBy.map((field) => words(`survey:field.${field}`)).join('、') || words('survey:strata.none'),
    strata: results.strata.map(({ values, frame, drawn, answered, rate, weight }) => ({ label: stratumLabel(values, results.strataBy, words), frame, drawn, answered, rate: percent(rate), weight: weight === null ? null : round(weight, 2) })),
    joined: results.joined.map((numbers) => numbers.map((no) => stratumLabel(results.strata.find((one) => one.no === no)?.values ?? [], results.strataBy, words)).join('、')),
    questions: results.questions.map((question) => ({
      no: question.no, text: question.text, kind: question.kind, n: question.n, mean: question.mean && meanRow(question.mean, question.n, words), rows: question.cells.map(cellRow),
      groups: question.rows.map(({ label, n, cells }) => ({ label, n, rows: cells.map(cellRow) })), strata: strataTable(question, results, words),
      empty: question.kind !== 'text' && !question.mean && [question.cells, ...question.rows.map(({ cells }) => cells)].flat().every(({ share }) => share === null),
    })),
  };
}

export type SurveyView = ReturnType<typeof surveyView>;

/** Survey beside judgement: what the enterprises' sheets gave an indicator, and what the sample says of it; both out of 100. */
export function markRows({ marks }: Pick<SurveyEvidence, 'marks'>, scores: Scores | null, indicators: readonly Indicator[]) {
  const enterprises = scores?.sides.find(({ side }) => side === 'enterprises');
  return marks.flatMap(({ indicator, question, n, value, low, high }) => {
    const known = indicators.find(({ key }) => key === indicator);
    if (!known) return [];
    const mean = enterprises?.cells[indicator]?.mean ?? null;
    return [{ name: known.name, question, n, shown: value === null ? null : round(value, 1), interval: low === null || high === null ? null : `${round(low, 1)} – ${round(high, 1)}`, judged: mean === null ? null : round(mean, 1) }];
  });
}

/** The survey of a report, for the component `survey-results`. */
export const surveySection = (survey: SurveyEvidence, scores: Scores, words: Words) => ({ title: survey.title, closedAt: survey.closedAt, ...surveyView(survey.results, words), marks: markRows(survey, scores, scores.indicators) });

/** A survey's results as a table to count with; what is kept back is empty. */
export function surveyTable(results: SurveyResults, words: Words): string[][] {
  const text = (value: number | null): string => (value === null ? '' : String(value));
  const cells = (label: string, list: readonly SurveyCell[], question: SurveyQuestion, n: number | null): string[][] =>
    list.map((cell) => [String(question.no), question.text, label, cell.label, text(n), text(cell.count), text(cell.share), text(cell.low), text(cell.high)]);
  return [
    ['no', 'question', 'part', 'answer', 'n', 'count', 'estimate', 'low', 'high'].map((key) => words(`survey:csv.${key}`)),
    ['', words('survey:csv.rate'), '', '', text(results.drawn), text(results.answered), text(results.rate), '', ''],
    ...results.strata.map((one) => ['', words('survey:csv.stratumRate'), stratumLabel(one.values, results.strataBy, words), words('survey:csv.frame', { count: one.frame }), text(one.drawn), text(one.answered), text(one.rate), '', '']),
    ...results.questions.flatMap((question) => [
      ...(question.mean ? [[String(question.no), question.text, '', words('survey:csv.mean'), text(question.n), '', text(question.mean.value), text(question.mean.low), text(question.mean.high)]] : []),
      ...cells('', question.cells, question, question.n), ...question.rows.flatMap((row) => cells(row.label, row.cells, question, row.n)),
      ...(question.strata ?? []).flatMap(({ no, counts }) => counts.map((count, at) => [
        String(question.no), question.text, stratumLabel(results.strata.find((one) => one.no === no)?.values ?? [], results.strataBy, words), question.cells[at]?.label ?? words('survey:results.open'), '', text(count), '', '', '',
      ])),
    ]),
  ];
}
