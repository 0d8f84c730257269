import { type Measure, type MeasureCase, MEASURES } from '@core/policy';
import type { FieldError, IsoDate } from '@platform/kernel';

/** What each measure weighs, in whole percent; together a hundred. */
export type Weights = Readonly<Record<Measure, number>>;

/** The rules of scoring: weights, and calendar days to object and to decide, the day of the act not counted. */
export interface ScoreRules {
  weights: Weights;
  appealDays: number;
  decideDays: number;
}

/** What holds until a city sets its own: no statute weighs these things. */
export const FIRST_RULES: ScoreRules = { weights: { consultation: 20, limits: 20, interpretation: 15, evaluation: 15, conclusions: 15, current: 15 }, appealDays: 10, decideDays: 15 };

export const MAX_DAYS = 60;

/** How many cases were counted among those that could be. */
export interface Figure {
  met: number;
  counted: number;
}

/** By measure; one without a case is not there: it does not apply, which is neither nought nor a hundred. */
export type Figures = Readonly<Partial<Record<Measure, Figure>>>;

/** The share that is met, in percent; null where nothing could be counted. */
export const shareOf = (figure: Figure | undefined): number | null => (figure && figure.counted > 0 ? (100 * figure.met) / figure.counted : null);

/** The mean of the shares by their weights, over those measures that apply and weigh anything; null where none does. */
export function totalOf(figures: Figures, weights: Weights): number | null {
  const applicable = MEASURES.flatMap((measure) => {
    const share = shareOf(figures[measure]);
    return share === null || weights[measure] === 0 ? [] : [{ share, weight: weights[measure] }];
  });
  const weight = applicable.reduce((sum, one) => sum + one.weight, 0);
  return weight === 0 ? null : applicable.reduce((sum, one) => sum + one.share * one.weight, 0) / weight;
}

/** The figures of each department from its cases; what is pending or left out is in none. */
export function figuresOf(cases: readonly Pick<MeasureCase, 'departmentId' | 'measure' | 'state'>[]): Map<string, Partial<Record<Measure, Figure>>> {
  const all = new Map<string, Partial<Record<Measure, Figure>>>();
  for (const { departmentId, measure, state } of cases) {
    if (state === 'pending') continue;
    const own = all.get(departmentId) ?? {};
    const { met, counted } = own[measure] ?? { met: 0, counted: 0 };
    own[measure] = { met: met + (state === 'met' ? 1 : 0), counted: counted + 1 };
    all.set(departmentId, own);
  }
  return all;
}

export interface RulesInput extends ScoreRules {
  validFrom: IsoDate;
  reason: string;
}

/** What is wrong with a set of rules by itself; whether its day is free is asked of the database. */
export function rulesFaults({ weights, appealDays, decideDays, reason }: RulesInput): FieldError[] {
  const faults: FieldError[] = [];
  const whole = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  for (const measure of MEASURES) if (!whole(weights[measure], 0, 100)) faults.push({ field: measure, key: 'scorecard:error.weight' });
  const sum = MEASURES.reduce((all, measure) => all + weights[measure], 0);
  if (faults.length === 0 && sum !== 100) faults.push({ field: MEASURES[0], key: 'scorecard:error.sum', params: { sum } });
  if (!whole(appealDays, 1, MAX_DAYS)) faults.push({ field: 'appealDays', key: 'scorecard:error.days', params: { most: MAX_DAYS } });
  if (!whole(decideDays, 1, MAX_DAYS)) faults.push({ field: 'decideDays', key: 'scorecard:error.days', params: { most: MAX_DAYS } });
  if (reason.trim() === '' || reason.trim().length > 500) faults.push({ field: 'reason', key: 'scorecard:error.reason' });
  return faults;
}
