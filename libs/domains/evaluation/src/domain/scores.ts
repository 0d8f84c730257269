import type { Indicator } from './indicators';
import { CAMPAIGN_SIDES, type CampaignSide, type SideWeights } from './sides';
import type { Basis, Mark } from './sheet';

/** A sheet that was handed in. */
export interface ScoredSheet {
  side: CampaignSide;
  basis: Basis;
  marks: Readonly<Record<string, Mark>>;
}

/** One side on one indicator: the mean of the marks that were given, out of 100; null where none was. */
export interface Cell {
  mean: number | null;
  /** Sheets that gave a mark. */
  given: number;
  /** Sheets that were handed in and said "not known". */
  unknown: number;
}

export interface SideScore {
  side: CampaignSide;
  weight: number;
  sheets: number;
  /** By indicator; one that the side is not asked has none. */
  cells: Readonly<Record<string, Cell>>;
  /** Mean of the indicators that are known, by their weights; null where none is. */
  score: number | null;
  /** How much of the weight that the side is asked about is known, out of 100. */
  covered: number;
}

/** The scores of one policy, with everything to count them again by. */
export interface Scores {
  indicators: readonly Indicator[];
  sides: readonly SideScore[];
  /** Across the sides, by their weights. */
  byIndicator: Readonly<Record<string, number | null>>;
  total: number | null;
  /** The weight of the sides of which something is known, out of 100. */
  covered: number;
  /** Each sheet's own score: what the distribution is drawn from. */
  sheets: readonly { side: CampaignSide; basis: Basis; score: number | null }[];
}

interface Weighted {
  value: number | null;
  weight: number;
}

/** The mean by weights of what is known, and how much of the weight that is, out of 100. What is missing is left out and never counted as nought. */
export function weightedMean(parts: readonly Weighted[]): { mean: number | null; covered: number } {
  const all = parts.reduce((sum, { weight }) => sum + weight, 0);
  const known = parts.flatMap(({ value, weight }) => (value === null || weight === 0 ? [] : [{ value, weight }]));
  const weight = known.reduce((sum, one) => sum + one.weight, 0);
  if (weight === 0) return { mean: null, covered: 0 };
  return { mean: known.reduce((sum, one) => sum + one.value * one.weight, 0) / weight, covered: (100 * weight) / all };
}

const outOfHundred = (mark: Mark | undefined, { max }: Indicator): number | null => (mark && mark.score !== null ? (100 * mark.score) / max : null);
const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

function sideScore(side: CampaignSide, weight: number, indicators: readonly Indicator[], sheets: readonly ScoredSheet[]): SideScore {
  const asked = indicators.filter(({ sides }) => sides.includes(side));
  const cells = Object.fromEntries(asked.map((indicator): [string, Cell] => {
    const values = sheets.flatMap(({ marks }) => outOfHundred(marks[indicator.key], indicator) ?? []);
    return [indicator.key, { mean: meanOf(values), given: values.length, unknown: sheets.length - values.length }];
  }));
  const { mean, covered } = weightedMean(asked.map(({ key, weight: own }) => ({ value: cells[key]?.mean ?? null, weight: own })));
  return { side, weight, sheets: sheets.length, cells, score: mean, covered };
}

/** Scores of one policy from the sheets that were handed in. */
export function scoresOf(indicators: readonly Indicator[], sideWeights: SideWeights, sheets: readonly ScoredSheet[]): Scores {
  const sides = CAMPAIGN_SIDES.filter((side) => sideWeights[side] > 0).map((side) => sideScore(side, sideWeights[side], indicators, sheets.filter((one) => one.side === side)));
  const { mean, covered } = weightedMean(sides.map(({ score, weight }) => ({ value: score, weight })));
  return {
    indicators, sides, total: mean, covered,
    byIndicator: Object.fromEntries(indicators.map(({ key }): [string, number | null] =>
      [key, weightedMean(sides.flatMap(({ cells, weight }) => (cells[key] ? [{ value: cells[key].mean, weight }] : []))).mean])),
    sheets: sheets.map(({ side, basis, marks }) => ({
      side, basis,
      score: weightedMean(indicators.filter((one) => one.sides.includes(side)).map((one) => ({ value: outOfHundred(marks[one.key], one), weight: one.weight }))).mean,
    })),
  };
}
