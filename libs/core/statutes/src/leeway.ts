import { DomainError } from '@platform/kernel';
import type { Parameter, ParameterValue } from './data/parameter';
import type { ParameterId } from './parameters';

/** Which way a city or a department may go from what the law says. */
export type Direction = 'longer' | 'shorter' | 'either';

/** One figure of a parameter that the law lets a city or a department set otherwise. */
export interface Leeway {
  id: ParameterId;
  /** The name of the figure in the parameter's value. */
  field: string;
  direction: Direction;
  /** The furthest that it may go; together with the law's own figure these are the bounds. */
  lowest: number;
  highest: number;
  /** What the figure counts: days of the parameter's unit, months or years. */
  counts: 'days' | 'months' | 'years';
}

/**
 * Where the law leaves room, and in which direction. A minimum (不少于) may be longer and a maximum (不超过) shorter; a figure that the law leaves
 * to the department (`set_by`, or null) may be either within bounds. The outer bounds that no law sets keep a slip of the pen out. What is
 * not here is fixed.
 */
export const LEEWAY: readonly Leeway[] = [
  { id: 'nrd.consult.market', field: 'min', direction: 'longer', lowest: 30, highest: 180, counts: 'days' },
  { id: 'nrd.consult.other', field: 'min', direction: 'longer', lowest: 7, highest: 90, counts: 'days' },
  { id: 'mad.consult', field: 'min', direction: 'longer', lowest: 30, highest: 180, counts: 'days' },
  { id: 'mad.hearing', field: 'materials_delivered_before', direction: 'longer', lowest: 7, highest: 60, counts: 'days' },
  // Between five and fifteen working days: the longest may come down as far as the shortest.
  { id: 'nrd.legal_review', field: 'max', direction: 'shorter', lowest: 5, highest: 15, counts: 'days' },
  { id: 'mad.legal_review', field: 'min', direction: 'longer', lowest: 7, highest: 60, counts: 'days' },
  { id: 'nrd.validity.GD', field: 'y', direction: 'shorter', lowest: 1, highest: 5, counts: 'years' },
  { id: 'nrd.validity.GD', field: 'trial_y', direction: 'shorter', lowest: 1, highest: 3, counts: 'years' },
  { id: 'nrd.validity', field: 'assess_before_m', direction: 'longer', lowest: 6, highest: 24, counts: 'months' },
  { id: 'nrd.cleanup', field: 'every_y', direction: 'shorter', lowest: 1, highest: 2, counts: 'years' },
  // No national figure: "tenant param, default null".
  { id: 'nrd.effect_delay', field: 'nrd', direction: 'either', lowest: 0, highest: 180, counts: 'days' },
  { id: 'interp', field: 'max', direction: 'shorter', lowest: 0, highest: 3, counts: 'days' },
  { id: 'open.proactive', field: 'max', direction: 'shorter', lowest: 1, highest: 20, counts: 'days' },
  { id: 'foi.reply', field: 'days', direction: 'shorter', lowest: 1, highest: 20, counts: 'days' },
  // No national figure either; five working days by analogy (fund.publicity.analogy) are the floor.
  { id: 'fund.publicity', field: 'min', direction: 'either', lowest: 5, highest: 60, counts: 'days' },
  { id: 'fund.draw_time', field: 'before_max', direction: 'shorter', lowest: 0, highest: 2, counts: 'days' },
];

export const leewayOf = (id: string, field: string): Leeway | null => LEEWAY.find((one) => one.id === id && one.field === field) ?? null;

/** A figure in a parameter's value; null where there is none of that name. */
export function figureOf(value: ParameterValue, field: string): number | null {
  const found = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, ParameterValue>>)[field] : null;
  return typeof found === 'number' ? found : null;
}

/**
 * Refuses, with the article, a figure that the law does not let anybody set otherwise (`statutes:error.noLeeway`), and one that goes the wrong
 * way or too far (`statutes:error.beyondLeeway`).
 */
export function assertWithinLeeway(parameter: Parameter, field: string, value: number): Leeway {
  const leeway = leewayOf(parameter.id, field);
  const article = parameter.source.zh;
  if (!leeway) {
    throw new DomainError('invalid', 'statutes:error.noLeeway', { fields: [{ field: 'param', key: 'statutes:error.noLeeway' }], article });
  }
  if (!Number.isInteger(value) || value < leeway.lowest || value > leeway.highest) {
    const params = { lowest: leeway.lowest, highest: leeway.highest };
    const key = `statutes:error.beyondLeeway.${leeway.direction}`;
    throw new DomainError('invalid', key, { fields: [{ field: 'value', key, params }], params, article });
  }
  return leeway;
}
