import { type Measure, MEASURES } from '@core/policy';
import { parameter, unverifiedRules } from '@core/statutes';
import { type ScoreCard, type ScoreFrame, type ScoreState, shareOf, type TrendEntry, type Weights } from '@domains/ledger';
import { chinaDate, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Lang } from '../view';

export const TONE_OF_STATE: Readonly<Record<ScoreState, string>> = { running: 'info', over: 'warning', closed: 'warning', published: 'success' };
export const TONE_OF_STANDING = { met: 'success', missed: 'danger', excluded: 'neutral', pending: 'info' } as const;

/** Statutory parameters that a measure rests on, shown with its formula; what was set by a department rests on none. */
const BASES = {
  consultation: ['nrd.consult.market', 'mad.consult', 'nrd.consult.other'], limits: ['mad.hearing'], interpretation: ['interp'], evaluation: ['nrd.validity'], conclusions: [], current: ['nrd.validity', 'nrd.validity.GD'],
} as const satisfies Record<Measure, readonly string[]>;

interface Cited {
  text: string;
  /** Cited from memory and confirmed by nobody: it marks nobody down. */
  doubtful: boolean;
}

/** The articles of a measure on a day, each once. */
const articlesOf = (measure: Measure, on: IsoDate, lang: Lang, doubtful: ReadonlySet<string>): Cited[] =>
  [...new Map(BASES[measure].map((id) => [parameter(id, on).source[lang], doubtful.has(id)])).entries()].map(([text, doubt]) => ({ text, doubtful: doubt }));

/** A share or a total as it is read: one decimal; null stays null, which pages call "not applicable". */
export const shown = (value: number | null): string | null => (value === null ? null : (Math.round(value * 10) / 10).toFixed(1));

export interface MeasureView {
  measure: Measure;
  weight: number;
  met: number;
  counted: number;
  share: number | null;
  shown: string | null;
  href: string;
}

export const home = '/console/scorecard';

export const measuresOf = ({ label, weights }: Pick<ScoreFrame, 'label' | 'weights'>, card: ScoreCard): MeasureView[] => MEASURES.map((measure) => {
  const figure = card.figures[measure];
  const share = shareOf(figure);
  return { measure, weight: weights[measure], met: figure?.met ?? 0, counted: figure?.counted ?? 0, share, shown: shown(share), href: `${home}/${label}/${card.departmentId}/${measure}` };
});

/** The total written out, `(77.8×20 + 100.0×15) ÷ 35 = 87.3`; null where nothing applies. */
export function formulaOf(measures: readonly MeasureView[], total: number | null): string | null {
  const parts = measures.filter(({ share, weight }) => share !== null && weight > 0);
  if (total === null) return null;
  return `(${parts.map((one) => `${one.shown}×${one.weight}`).join(' + ')}) ÷ ${parts.reduce((sum, { weight }) => sum + weight, 0)} = ${shown(total)}`;
}

/** A card as a row of the overview, the greatest total first; who has none comes last. */
export const cardRows = (frame: ScoreFrame, cards: readonly ScoreCard[]) => cards
  .map((card) => ({ ...card, href: `${home}/${frame.label}/${card.departmentId}`, shown: shown(card.total), measures: measuresOf(frame, card) }))
  .sort((a, b) => (b.total ?? -1) - (a.total ?? -1) || (a.department < b.department ? -1 : 1));

/** Bars: the totals, and one small chart a measure. What does not apply is named below and has no bar, which would look like nought. */
export function scoreBars(rows: ReturnType<typeof cardRows>) {
  const bar = (label: string, href: string, value: number | null) => (value === null ? [] : [{ label, href, value, shown: shown(value) }]);
  return {
    totals: rows.flatMap(({ department, href, total }) => bar(department, href, total)),
    multiples: MEASURES.map((measure) => ({
      measure, rows: rows.flatMap(({ department, measures }) => measures.filter((one) => one.measure === measure).flatMap((one) => bar(department, one.href, one.share))),
      without: rows.filter(({ measures }) => measures.some((one) => one.measure === measure && one.share === null)).map(({ department }) => department).join('、'),
    })),
  };
}

export interface ScoreTrend {
  width: number;
  height: number;
  lines: { y: number; value: number }[];
  points: { x: number; y: number; label: string; shown: string }[];
  path: string;
}

const TREND = { width: 480, height: 200, left: 44, right: 24, top: 24, bottom: 34 };

/** A line over years, from nought to a hundred; null for fewer than two years, which make none. */
export function scoreTrendChart(entries: readonly { label: string; total: number | null }[]): ScoreTrend | null {
  const known = entries.flatMap(({ label, total }) => (total === null ? [] : [{ label, total }]));
  if (known.length < 2) return null;
  const { width, height, left, right, top, bottom } = TREND;
  const y = (value: number): number => Math.round((top + ((100 - value) / 100) * (height - top - bottom)) * 10) / 10;
  const step = (width - left - right - 40) / (known.length - 1);
  const points = known.map(({ label, total }, index) => ({ x: Math.round((left + 20 + index * step) * 10) / 10, y: y(total), label, shown: shown(total) ?? '' }));
  return { width, height, lines: [0, 50, 100].map((value) => ({ y: y(value), value })), points, path: points.map((point) => `${point.x},${point.y}`).join(' ') };
}

/** The years before with the period itself at the end: of each the mean of the departments that have a total. */
export function meanByYear(trend: readonly TrendEntry[], label: string, cards: readonly ScoreCard[]): { label: string; total: number | null }[] {
  const all = [...trend, ...cards.map(({ departmentId, total }) => ({ label, departmentId, total }))];
  return [...new Set(all.map((one) => one.label))].map((year) => {
    const totals = all.flatMap((one) => (one.label === year && one.total !== null ? [one.total] : []));
    return { label: year, total: totals.length === 0 ? null : totals.reduce((sum, one) => sum + one, 0) / totals.length };
  });
}

export interface MeasureNote {
  measure: Measure;
  weight: number;
  articles: Cited[];
}

/** The measures as the page explains them: in words, with their articles and weights; one statement. */
export async function measureNotes(tx: TenantTx, weights: Weights, lang: Lang): Promise<MeasureNote[]> {
  const on = chinaDate(tx.at);
  const doubtful = await unverifiedRules(tx, Object.values(BASES).flat(), on);
  return MEASURES.map((measure) => ({ measure, weight: weights[measure], articles: articlesOf(measure, on, lang, doubtful) }));
}
