import { leewayOf, parameter } from '@core/statutes';
import { DomainError, type IsoDate } from '@platform/kernel';

export type Measure = 'wd' | 'cd' | 'months' | 'years';

/** What a figure that may be set otherwise counts: days of the parameter's unit, months or years. */
export function measureOf(id: string, field: string, on: IsoDate): Measure {
  const counts = leewayOf(id, field)?.counts ?? 'days';
  if (counts !== 'days') return counts;
  try {
    return parameter(id, on).unit ?? 'cd';
  } catch (error) {
    if (error instanceof DomainError) return 'cd';
    throw error;
  }
}
