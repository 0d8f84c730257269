import type { CampaignSide, Scores, TrendPoint } from '@domains/evaluation';

/** A point of a drawing; one decimal is finer than any screen. */
export interface Point {
  x: number;
  y: number;
}

export interface RadarSeries {
  key: string;
  /** By axis, out of 100; null where it is not known. */
  values: readonly (number | null)[];
  points: (Point & { axis: string })[];
  /** Between neighbouring axes that are both known: a gap stays a gap. */
  segments: { from: Point; to: Point }[];
}

export interface RadarChart {
  width: number;
  height: number;
  rings: { value: number; path: string }[];
  axes: { label: string; end: Point; at: Point; anchor: 'start' | 'middle' | 'end' }[];
  series: RadarSeries[];
}

const RADAR = { width: 480, height: 330, x: 240, y: 165, radius: 115, label: 18 };
const RINGS = [25, 50, 75, 100];
const round = (value: number): number => Math.round(value * 10) / 10;

/** A radar of at least three axes; null for fewer, which make no figure. */
export function radarChart(axes: readonly string[], series: readonly { key: string; values: readonly (number | null)[] }[]): RadarChart | null {
  if (axes.length < 3) return null;
  const { width, height, x, y, radius, label } = RADAR;
  const at = (index: number, length: number): Point => {
    const angle = (2 * Math.PI * index) / axes.length - Math.PI / 2;
    return { x: round(x + length * Math.cos(angle)), y: round(y + length * Math.sin(angle)) };
  };
  const known = (value: number | null | undefined): value is number => value !== null && value !== undefined;
  return {
    width, height,
    rings: RINGS.map((value) => ({ value, path: axes.map((_axis, index) => at(index, (radius * value) / 100)).map((point) => `${point.x},${point.y}`).join(' ') })),
    axes: axes.map((name, index) => {
      const place = at(index, radius + label);
      return { label: name, end: at(index, radius), at: place, anchor: Math.abs(place.x - x) < 1 ? 'middle' : place.x > x ? 'start' : 'end' };
    }),
    series: series.map(({ key, values }) => {
      const points = values.map((value, index) => (known(value) ? at(index, (radius * value) / 100) : null));
      return {
        key, values,
        points: points.flatMap((point, index) => (point ? [{ ...point, axis: axes[index] ?? '' }] : [])),
        segments: points.flatMap((from, index) => {
          const to = points[(index + 1) % points.length];
          return from && to ? [{ from, to }] : [];
        }),
      };
    }),
  };
}

export interface TrendChart {
  width: number;
  height: number;
  lines: { y: number; value: number }[];
  points: (Point & TrendPoint & { anchor: 'start' | 'middle' | 'end' })[];
  path: string;
}

const TREND = { width: 480, height: 220, left: 40, right: 30, top: 20, bottom: 40 };

/** The totals of a policy's evaluations in their order, evenly spaced: the years between them are written under them. */
export function trendChart(trend: readonly TrendPoint[]): TrendChart {
  const { width, height, left, right, top, bottom } = TREND;
  const y = (value: number): number => round(top + ((100 - value) / 100) * (height - top - bottom));
  const step = trend.length > 1 ? (width - left - right - 40) / (trend.length - 1) : 0;
  const points = trend.map((one, index) => ({
    ...one, score: round(one.score), x: round(trend.length > 1 ? left + 20 + index * step : (left + width - right) / 2), y: y(one.score), anchor: 'middle' as const,
  }));
  return { width, height, lines: [0, 50, 100].map((value) => ({ y: y(value), value })), points, path: points.map((point) => `${point.x},${point.y}`).join(' ') };
}

const BANDS = [[0, 60], [60, 70], [70, 80], [80, 90], [90, 101]] as const;

/** How the sheets' own scores are spread; those that gave no mark at all are counted by themselves. */
export function distribution({ sheets }: Scores): { bands: { label: string; value: number }[]; unknown: number } {
  const scores = sheets.flatMap(({ score }) => (score === null ? [] : [score]));
  return {
    bands: BANDS.map(([from, to]) => ({ label: `${from}–${Math.min(100, to === 101 ? 100 : to - 1)}`, value: scores.filter((score) => Math.floor(score) >= from && Math.floor(score) < to).length })),
    unknown: sheets.length - scores.length,
  };
}

/** The two figures of the radar: the department that carries the policy out, and the sides that stand outside it, by their weights. */
export function radarSeries({ indicators, sides }: Scores): { key: string; values: (number | null)[] }[] {
  const mean = (key: string, of: (side: CampaignSide) => boolean): number | null => {
    const known = sides.flatMap(({ side, weight, cells }) => {
      const value = cells[key]?.mean ?? null;
      return of(side) && value !== null ? [{ value, weight }] : [];
    });
    const weight = known.reduce((sum, one) => sum + one.weight, 0);
    return weight === 0 ? null : known.reduce((sum, one) => sum + one.value * one.weight, 0) / weight;
  };
  return [
    { key: 'department', values: indicators.map(({ key }) => mean(key, (side) => side === 'department')) },
    { key: 'outside', values: indicators.map(({ key }) => mean(key, (side) => side !== 'department')) },
  ];
}
