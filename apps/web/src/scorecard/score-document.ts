import type { Drawing, Report, ReportBlock, Sheet } from '@core/documents';
import { type ScoreFrame, REPORT_SECTIONS, type ScoreDifference } from '@domains/ledger';
import { chinaDate } from '@platform/kernel';
import type { Words } from '../drafting/named-text';
import { formatDate, type Lang } from '../view';
import { type cardRows, formulaOf, type MeasureNote, type ScoreTrend, scoreTrendChart, shown } from './score-view';

export interface ReportSource {
  frame: ScoreFrame;
  cityName: string;
  rows: ReturnType<typeof cardRows>;
  years: readonly { label: string; total: number | null }[];
  notes: readonly MeasureNote[];
  /** The day on which it is written, for a report of figures that nobody has closed. */
  today: string;
}

/** The report of a period as a document: the same words, figures and drawings as its page. */
export function scoreDocument({ frame, cityName, rows, years, today, notes }: ReportSource, words: Words, lang: Lang): Report {
  const { closed, state, label } = frame;
  const trend = scoreTrendChart(years);
  return {
    title: words('scorecard:report.title', { city: cityName, period: label }),
    subtitle: [words('scorecard:show.span', { from: formatDate(frame.from, lang), to: formatDate(frame.to, lang) }), words(`scorecard:state.${state}`), closed ? words('scorecard:show.edition', { no: closed.edition }) : words('scorecard:report.asOf', { date: formatDate(today, lang) })].join('  '),
    date: chinaDate(closed?.publishedAt ?? closed?.closedAt ?? new Date(`${today}T00:00:00+08:00`)),
    blocks: [
      ...REPORT_SECTIONS.flatMap((key): ReportBlock[] => (closed?.sections[key] ? [{ heading: words(`scorecard:section.${key}`) }, { text: closed.sections[key] }] : [])),
      { heading: words('scorecard:report.figures') }, figureTable(rows, words), ...barBlocks(rows, words),
      ...(trend ? [{ heading: words('scorecard:trend.city') }, { drawing: trendDrawing(trend, words) }, { table: { caption: words('scorecard:trend.city'), head: [words('scorecard:trend.year'), words('scorecard:total')], widths: [1, 1], rows: years.map((one) => [one.label, shown(one.total) ?? words('scorecard:none')]) } }] : []),
      { heading: words('scorecard:report.formulas') },
      { table: {
        caption: words('scorecard:report.totals'), head: [words('scorecard:department.name'), words('scorecard:report.formula')], widths: [2, 8], rows: rows.map(({ department, measures, total }) => [department, formulaOf(measures, total) ?? words('scorecard:none')]),
      } },
      { table: {
        caption: words('scorecard:show.measures'), head: [words('scorecard:show.measure'), words('scorecard:weight'), words('scorecard:show.how')], widths: [2, 1, 7],
        rows: notes.map(({ measure, weight, articles }) => [words(`scorecard:measure.${measure}`), String(weight), [words(`scorecard:how.${measure}`), ...articles.map(({ text, doubtful }) => (doubtful ? `${text} ${words('scorecard:doubtful')}` : text))].join('\n')]),
      } },
      { text: words('scorecard:show.rule') },
    ],
  };
}

const figureTable = (rows: ReportSource['rows'], words: Words): ReportBlock => ({ table: {
  caption: words('scorecard:report.figures'), head: [words('scorecard:department.name'), ...(rows[0]?.measures ?? []).map(({ measure }) => words(`scorecard:measure.${measure}`)), words('scorecard:total')], widths: [2, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.2],
  rows: rows.map(({ department, measures, shown: total }) => [department, ...measures.map((one) => (one.shown === null ? words('scorecard:none') : `${one.shown}%\n${one.met}/${one.counted}`)), total ?? words('scorecard:none')]),
} });

const BAR = { width: 480, left: 110, row: 22, right: 50 };

/** One drawing of bars, which DOCX leaves out as the table says the same. */
function barDrawing(caption: string, bars: readonly { label: string; value: number; shown: string | null }[]): Drawing {
  const full = BAR.width - BAR.left - BAR.right;
  const y = (index: number): number => 12 + index * BAR.row;
  return {
    caption, width: BAR.width, height: bars.length * BAR.row + 8,
    lines: [{ x1: BAR.left, y1: 0, x2: BAR.left, y2: bars.length * BAR.row + 4, weight: 0.3 }, ...bars.map(({ value }, index) => ({ x1: BAR.left, y1: y(index), x2: BAR.left + (full * value) / 100, y2: y(index), weight: 9 }))],
    labels: bars.flatMap(({ label, value, shown: text }, index) => [{ x: BAR.left - 6, y: y(index) + 4, text: label, anchor: 'end' as const }, { x: BAR.left + (full * value) / 100 + 6, y: y(index) + 4, text: text ?? '', anchor: 'start' as const }]),
  };
}

/** More departments than one drawing of a page holds are drawn in several. */
const BARS_A_DRAWING = 25;

function barBlocks(rows: ReportSource['rows'], words: Words): ReportBlock[] {
  const bars = rows.flatMap(({ department, total }) => (total === null ? [] : [{ label: department, value: total, shown: shown(total) }]));
  const blocks: ReportBlock[] = [];
  for (let at = 0; at < bars.length; at += BARS_A_DRAWING) blocks.push({ drawing: barDrawing(words('scorecard:chart.totals'), bars.slice(at, at + BARS_A_DRAWING)) });
  return blocks;
}

function trendDrawing(chart: ScoreTrend, words: Words): Drawing {
  return {
    caption: words('scorecard:trend.city'), width: chart.width, height: chart.height,
    lines: [...chart.lines.map(({ y }) => ({ x1: 44, y1: y, x2: chart.width - 24, y2: y, weight: 0.3 })), ...chart.points.slice(1).map((point, index) => ({ x1: chart.points[index]?.x ?? 0, y1: chart.points[index]?.y ?? 0, x2: point.x, y2: point.y, weight: 1.4 }))],
    labels: [...chart.lines.map(({ y, value }) => ({ x: 38, y: y + 4, text: String(value), anchor: 'end' as const })), ...chart.points.map(({ x, y, label, shown: text }) => ({ x, y: y - 8, text: `${label} ${text}`, anchor: 'middle' as const }))],
  };
}

const HEAD = ['department', 'measure', 'met', 'counted', 'share', 'weight', 'total'] as const;

/** One row a department and measure, with the total of the department at each; empty where it does not apply. */
const flat = (rows: ReportSource['rows'], words: Words): (string | number | null)[][] => rows.flatMap(({ department, measures, total }) =>
  measures.map(({ measure, met, counted, share, weight }) => [department, words(`scorecard:measure.${measure}`), met, counted, share === null ? null : Number(shown(share)), weight, total === null ? null : Number(shown(total))]));

export const scoreTable = (rows: ReportSource['rows'], words: Words): string[][] => [HEAD.map((key) => words(`scorecard:column.${key}`)), ...flat(rows, words).map((row) => row.map((cell) => (cell === null ? '' : String(cell))))];

/** The figures, and what the records say otherwise since the close. */
export const scoreWorkbook = ({ rows }: Pick<ReportSource, 'rows'>, differences: readonly ScoreDifference[], words: Words): Sheet[] => [
  { name: words('scorecard:report.figures'), columns: HEAD.map((key) => ({ head: words(`scorecard:column.${key}`), width: key === 'department' || key === 'measure' ? 20 : 10 })), rows: flat(rows, words) },
  ...(differences.length === 0 ? [] : [{
    name: words('scorecard:history.differences'), columns: [[words('scorecard:department.name'), 20], [words('scorecard:show.measure'), 16], [words('scorecard:cases.title_short'), 50], [words('scorecard:history.then'), 12], [words('scorecard:history.now'), 12]].map(([head, width]) => ({ head: String(head), width: Number(width) })),
    rows: differences.map((one) => [one.department, words(`scorecard:measure.${one.measure}`), one.title, words(`scorecard:standing.${one.closed ?? 'gone'}`), words(`scorecard:standing.${one.now ?? 'gone'}`)]),
  }]),
];
