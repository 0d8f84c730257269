import { isWorkingDay } from '@core/statutes';
import { chinaDate, chinaInstant, type IsoDate } from '@platform/kernel';

/** The day that many calendar days later. */
export const later = (day: IsoDate, days: number): IsoDate => chinaDate(new Date(chinaInstant(day, '12:00:00').getTime() + days * 86_400_000));

/** That day, or the next on which offices work. */
export function workday(day: IsoDate): IsoDate {
  let found = day;
  while (!isWorkingDay(found)) found = later(found, 1);
  return found;
}

/** The last day of a time of whole years that begins on `from`. */
export function yearsFrom(from: IsoDate, years: number): IsoDate {
  return later(`${Number(from.slice(0, 4)) + years}${from.slice(4)}`, -1);
}
