import { DomainError, type IsoDate } from '@platform/kernel';
import type { HolidayNotice } from './data/holiday-notice';
import { HOLIDAYS_2007_2016 } from './data/holidays-2007-2016';
import { HOLIDAYS_2017_2026 } from './data/holidays-2017-2026';
import { epochDay, isWeekend, isoDate } from './iso-date';

/** Every holiday notice that the calendar knows, oldest first. */
export const HOLIDAY_NOTICES: readonly HolidayNotice[] = [...HOLIDAYS_2007_2016, ...HOLIDAYS_2017_2026];

/** Why a day does not count: an ordinary weekend, or a day off by notice with the holiday's name. */
export type RestReason = 'weekend' | `holiday:${string}`;

interface DayOrder {
  rest: RestReason | null;
  notice: string;
}

const YEARS = new Set(HOLIDAY_NOTICES.map((notice) => notice.year));
const ORDERS = orders();

/** Later notices overwrite earlier ones, as the extension of Spring Festival 2020 cancelled a make-up workday. */
function orders(): Map<number, DayOrder> {
  const result = new Map<number, DayOrder>();
  for (const { notice, holidays, makeup } of HOLIDAY_NOTICES) {
    for (const [name, first, last] of holidays) {
      for (let day = epochDay(first); day <= epochDay(last); day++) result.set(day, { rest: `holiday:${name}`, notice });
    }
    for (const date of makeup) result.set(epochDay(date), { rest: null, notice });
  }
  return result;
}

/**
 * Why a day is not worked, or null for a working day (weekdays, and weekends worked by notice).
 * Refuses a year without a State Council notice (`statutes:error.noCalendar`): it is never guessed.
 */
export function restReason(day: number): RestReason | null {
  requireCalendar(day);
  const order = ORDERS.get(day);
  if (order) return order.rest;
  return isWeekend(day) ? 'weekend' : null;
}

const yearOf = (day: number): number => Number(isoDate(day).slice(0, 4));

/** Whether a State Council notice for the year of a day is known. */
export const hasCalendar = (day: number): boolean => YEARS.has(yearOf(day));

function requireCalendar(day: number): void {
  if (!hasCalendar(day)) throw DomainError.invalid('statutes:error.noCalendar', [], { year: yearOf(day) });
}

/** Whether offices in mainland China work on a day. */
export const isWorkingDay = (date: IsoDate): boolean => restReason(epochDay(date)) === null;

/**
 * Working days after `from` up to and including `to`, so that the due day of an n-working-day period lies n days from its start.
 * Refuses `to` before `from`.
 */
export function workingDaysBetween(from: IsoDate, to: IsoDate): number {
  const last = epochDay(to);
  let count = 0;
  if (last < epochDay(from)) throw DomainError.invalid('statutes:error.order', [], { from, to });
  for (let day = epochDay(from) + 1; day <= last; day++) if (restReason(day) === null) count++;
  return count;
}

/** The document numbers of the notices that a count over these days relies on, in order of issue. */
export function noticesFor(firstDay: number, lastDay: number): string[] {
  const used = new Set<string>();
  for (let day = firstDay; day <= lastDay; day++) {
    const order = ORDERS.get(day);
    if (order) used.add(order.notice);
  }
  const [firstYear, lastYear] = [yearOf(firstDay), yearOf(lastDay)];
  return HOLIDAY_NOTICES.filter(({ year, notice }) => used.has(notice) || (year >= firstYear && year <= lastYear)).map(({ notice }) => notice);
}
