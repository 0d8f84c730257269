/** A stratum as the estimates see it: in the frame, drawn, and who answered. */
export interface AnsweredStratum {
  no: number;
  frame: number;
  drawn: number;
  answered: number;
}

export interface Weighting {
  /** Weight of each answer of a stratum, by its number. A stratum without answers has none. */
  weights: ReadonlyMap<number, number>;
  /** Numbers of the strata that are weighted together. */
  cells: readonly { strata: readonly number[]; frame: number; answered: number }[];
}

/** Fewest answers of which a spread can be told. */
const LEAST_ANSWERS = 2;

/**
 * Weights of design `N_h / n_h`, adjusted for non-response within the stratum by `n_h / r_h`: together `N_h / r_h`. A stratum with fewer than two answers has
 * no spread, so it is weighted together with its neighbour (Cochran, Sampling Techniques, 5A.12): each of the cell keeps its weight of design, times what makes
 * them stand for the whole cell. Within a stratum, or cell, who answered is taken for a random part of who was drawn, which nothing here can prove.
 */
export function weigh(strata: readonly AnsweredStratum[]): Weighting {
  const groups: AnsweredStratum[][] = [];
  let open: AnsweredStratum[] = [];
  const total = (group: readonly AnsweredStratum[], of: 'answered' | 'frame'): number => group.reduce((sum, one) => sum + one[of], 0);
  for (const stratum of strata) {
    open.push(stratum);
    // All of a stratum of one is no sample, and needs no spread.
    if (total(open, 'answered') >= LEAST_ANSWERS || (open.length === 1 && stratum.answered === stratum.frame)) {
      groups.push(open);
      open = [];
    }
  }
  if (open.length > 0) {
    const last = groups.pop() ?? [];
    groups.push([...last, ...open]);
  }
  const weights = new Map<number, number>();
  for (const group of groups) {
    const design = (one: AnsweredStratum): number => one.frame / one.drawn;
    const carried = group.reduce((sum, one) => sum + one.answered * design(one), 0);
    for (const one of group) if (one.answered > 0) weights.set(one.no, (design(one) * total(group, 'frame')) / carried);
  }
  return { weights, cells: groups.map((group) => ({ strata: group.map(({ no }) => no), frame: total(group, 'frame'), answered: total(group, 'answered') })) };
}

/** One answer in one question; `value` is null where it was not asked, or left open. */
export interface Observation {
  stratum: number;
  value: number | null;
}

export interface Estimate {
  value: number;
  /** 95% confidence interval; null where no spread can be told. */
  low: number | null;
  high: number | null;
}

/** 0.975 quantile of the standard normal distribution. */
export const Z = 1.959963984540054;

interface Ratio {
  mean: number;
  variance: number | null;
  /** Sum of weights, of their squares, and the number of those that gave a value. */
  weight: number;
  squares: number;
  count: number;
  /** How much of the frame answered. */
  fraction: number;
}

/**
 * The mean of those who gave a value, as a ratio of weighted sums, with its variance by Taylor linearisation: in each cell the spread of the weighted residuals of all who
 * answered, with the finite population correction `1 - r/N` (Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 5.7 and 5.8).
 * Where everybody gave a value it is the stratified mean. Null where nobody did.
 */
function ratio(observations: readonly Observation[], { weights, cells }: Weighting): Ratio | null {
  const known = observations.flatMap(({ stratum, value }) => (value === null ? [] : [{ value, weight: weights.get(stratum) ?? 0 }]));
  const weight = known.reduce((sum, one) => sum + one.weight, 0);
  if (weight === 0) return null;
  const mean = known.reduce((sum, one) => sum + one.value * one.weight, 0) / weight;
  let variance: number | null = 0;
  for (const { strata, frame, answered } of cells) {
    if (answered >= frame || variance === null) continue;
    if (answered < LEAST_ANSWERS) {
      variance = null;
      continue;
    }
    const residuals = observations.filter(({ stratum }) => strata.includes(stratum))
      .map(({ stratum, value }) => (value === null ? 0 : ((weights.get(stratum) ?? 0) * (value - mean)) / weight));
    const middle = residuals.reduce((sum, one) => sum + one, 0) / answered;
    const spread = residuals.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (answered - 1);
    variance += (1 - answered / frame) * answered * spread;
  }
  const all = cells.reduce((sum, cell) => ({ frame: sum.frame + cell.frame, answered: sum.answered + cell.answered }), { frame: 0, answered: 0 });
  return { mean, variance, weight, squares: known.reduce((sum, one) => sum + one.weight ** 2, 0), count: known.length, fraction: all.answered / all.frame };
}

/** A weighted mean with a normal interval: sums of many answers, none of which can lie beyond the scale. Cut at the ends of the scale. */
export function estimateMean(observations: readonly Observation[], weighting: Weighting, { from, to }: { from: number; to: number }): Estimate | null {
  const found = ratio(observations, weighting);
  if (!found) return null;
  if (found.variance === null) return { value: found.mean, low: null, high: null };
  const reach = Z * Math.sqrt(found.variance);
  return { value: found.mean, low: Math.max(from, found.mean - reach), high: Math.min(to, found.mean + reach) };
}

/**
 * A weighted share with Wilson's interval over the effective size `p(1-p)/variance`, which carries strata, weights and finite population (Korn and Graubard 1998
 * put the effective size into an interval for shares in this way). Not a normal one: that leaves 0 to 1, and says "surely" of a share of nought. There the
 * variance is nought as well, and the effective size is Kish's, `(sum of weights)² / sum of squares`, over what is left of the frame.
 */
export function estimateShare(observations: readonly Observation[], weighting: Weighting): Estimate | null {
  const found = ratio(observations, weighting);
  if (!found) return null;
  const { mean, variance, weight, squares, fraction } = found;
  const share = Math.min(1, Math.max(0, mean));
  if (variance === null) return { value: share, low: null, high: null };
  if (fraction >= 1) return { value: share, low: share, high: share };
  // A variance of nought at 0 or 1 comes out as a grain of it.
  const size = share > 1e-9 && share < 1 - 1e-9 && variance > 0 ? (share * (1 - share)) / variance : weight ** 2 / squares / (1 - fraction);
  const square = Z ** 2 / size;
  const middle = (share + square / 2) / (1 + square);
  const reach = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / size + square / (4 * size));
  return { value: share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
