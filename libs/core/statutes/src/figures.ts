import type { Parameter } from './data/parameter';

/** Figures that count back from an event, such as a hearing: no period that runs from a day has them. */
const BACKWARDS: ReadonlySet<string> = new Set(['materials_delivered_before', 'before_max']);

/** One period of days that a parameter sets. */
export interface DayFigure {
  field: string;
  days: number;
}

/** The periods of days, counted forward, that a parameter sets; none where it has no unit. */
export function dayFigures({ value, unit }: Pick<Parameter, 'value' | 'unit'>): DayFigure[] {
  if (unit === null || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value as object).flatMap(([field, days]: [string, unknown]) => (typeof days === 'number' && !BACKWARDS.has(field) ? [{ field, days }] : []));
}
