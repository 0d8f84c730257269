import { AUTHOR_KINDS, DISPOSITIONS, type PublicConsultationPage, type ResultFigures, type ShownBreakdown, STANCES } from '@domains/consultation';
import { chinaDate, type IsoDate } from '@platform/kernel';
import { bars } from '../consultation/consultation-view';

const DAY_MS = 86_400_000;
/** More columns than these would be hair lines; then a column is a week. */
const MAX_COLUMNS = 92;
const MAX_CLAUSES = 15;

/** One column of a chart over time, in a drawing of `width` by 100. */
export interface TimeColumn {
  /** The day, or the first day of the week. */
  day: IsoDate;
  value: number;
  x: number;
  y: number;
  height: number;
}

export interface TimeChart {
  columns: TimeColumn[];
  width: number;
  /** The column that is highest, the earliest of several; null if there is nothing. */
  peak: TimeColumn | null;
  weekly: boolean;
}

const COLUMN = 10;

/** Opinions day by day from the opening to the last day, days without one too; week by week where the window is long. */
export function timeChart(byDay: ShownBreakdown['byDay'], from: IsoDate, to: IsoDate): TimeChart {
  const start = Date.parse(from);
  const days = Math.max(1, Math.round((Date.parse(to) - start) / DAY_MS) + 1);
  const step = days > MAX_COLUMNS ? 7 : 1;
  const values = Array.from({ length: Math.ceil(days / step) }, () => 0);
  for (const { day, count } of byDay) {
    const at = Math.min(values.length - 1, Math.max(0, Math.floor((Date.parse(day) - start) / DAY_MS / step)));
    values[at] = (values[at] ?? 0) + count;
  }
  const most = Math.max(0, ...values);
  const columns = values.map((value, at): TimeColumn => {
    const height = most > 0 ? Math.round((value / most) * 1000) / 10 : 0;
    return { day: chinaDate(new Date(start + at * step * DAY_MS)), value, x: at * COLUMN + 1, y: Math.round((100 - height) * 10) / 10, height };
  });
  return { columns, width: columns.length * COLUMN, peak: columns.find(({ value }) => value === most && value > 0) ?? null, weekly: step > 1 };
}

export interface ClauseBar {
  label?: string;
  key?: string;
  value: number;
  href?: string;
}

/** What each clause is called outside its text: `第十条（一）`, as `（一）` alone says nothing; the first words where it has no label. */
export function clauseNames(provisions: PublicConsultationPage['provisions']): Map<string, string> {
  const byId = new Map(provisions.map((provision) => [provision.clauseId, provision]));
  const nameOf = ({ kind, parentId, label, text }: (typeof provisions)[number]): string => {
    const own = label || [...text].slice(0, 12).join('');
    const parent = parentId === null ? undefined : byId.get(parentId);
    return kind === 'article' || !parent || parent.kind === 'heading' ? own : `${nameOf(parent)}${own}`;
  };
  return new Map(provisions.map((provision) => [provision.clauseId, nameOf(provision)]));
}

/** The clauses that most opinions are about, the whole draft among them, and the rest together. */
export function clauseBars({ byClause }: ShownBreakdown, { provisions }: Pick<PublicConsultationPage, 'provisions'>, base: string): ClauseBar[] {
  const labels = clauseNames(provisions);
  const rest = byClause.slice(MAX_CLAUSES).reduce((sum, { count }) => sum + count, 0);
  return [
    ...byClause.slice(0, MAX_CLAUSES).map(({ clauseId, count }): ClauseBar => clauseId === null
      ? { key: 'outlets:chart.whole', value: count }
      : { label: labels.get(clauseId) ?? clauseId, value: count, href: `${base}?on=${encodeURIComponent(clauseId)}#opinions` }),
    ...(rest > 0 ? [{ key: 'outlets:chart.otherClauses', value: rest }] : []),
  ];
}

/** The charts of a result page. The first three count every opinion received, the last two those that are shown. */
export function resultCharts(consultation: PublicConsultationPage, figures: ResultFigures, breakdown: ShownBreakdown, base: string) {
  return {
    charts: [
      { key: 'disposition', rows: bars('disposition', DISPOSITIONS, figures.byDisposition) }, { key: 'stance', rows: bars('stance', STANCES, figures.byStance) },
      { key: 'author', rows: bars('author', AUTHOR_KINDS, figures.byAuthor) },
    ],
    clauseBars: clauseBars(breakdown, consultation, base),
    overTime: timeChart(breakdown.byDay, chinaDate(consultation.opensAt), consultation.lastDay),
  };
}
