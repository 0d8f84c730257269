import { DomainError, type IsoDate } from '@platform/kernel';
import { epochDay, isoDate } from './iso-date';
import { noticesFor, restReason, type RestReason } from './working-days';

/** `wd`: working days (工作日); `cd`: calendar days (日). */
export type DayUnit = 'wd' | 'cd';

export interface Deadline {
  /** The last day of the period. */
  due: IsoDate;
  /** The days that did not count, in order; always empty for calendar days. */
  skipped: { date: IsoDate; why: RestReason }[];
  /** Document numbers of the holiday notices relied on; empty where none was needed. */
  calendar: string[];
}

/** Ten years: longer periods are counted in years by law, so a larger figure is a slip. */
const MAX_DAYS = 3650;

/**
 * The last day of a period that begins on `from`. The first day counted is the one after (parameter `cal.count_from`).
 * A period of calendar days that ends on a rest day is not moved here: whether it moves is for the rule that sets the period.
 * Refuses impossible dates, periods that are no whole number from 0 to 3650, and, for working days, years without a holiday notice.
 */
export function deadline({ from, days, unit }: { from: IsoDate; days: number; unit: DayUnit }): Deadline {
  const start = epochDay(from);
  if (!Number.isInteger(days) || days < 0 || days > MAX_DAYS) throw DomainError.invalid('statutes:error.days', [], { days, max: MAX_DAYS });
  if (unit === 'cd' || days === 0) return { due: isoDate(start + days), skipped: [], calendar: [] };

  const skipped: Deadline['skipped'] = [];
  let day = start;
  for (let left = days; left > 0; ) {
    day++;
    const why = restReason(day);
    if (why === null) left--;
    else skipped.push({ date: isoDate(day), why });
  }
  return { due: isoDate(day), skipped, calendar: noticesFor(start + 1, day) };
}
