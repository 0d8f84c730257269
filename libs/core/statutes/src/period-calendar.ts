import type { IsoDate } from '@platform/kernel';
import { deadline, type DayUnit } from './deadline';
import { epochDay, isoDate, isWeekend } from './iso-date';
import { hasCalendar, restReason } from './working-days';

export interface CalendarDay {
  date: IsoDate;
  /** Of the month. */
  day: number;
  /** `start` is the day of the event, which does not count; `outside` is before it or after the last day. */
  part: 'outside' | 'start' | 'counted' | 'skipped';
  /** Null for a weekday that is worked, and in a year without a notice, of which nothing is said. */
  kind: 'weekend' | 'holiday' | 'makeup' | null;
  /** Name of the holiday. */
  holiday: string | null;
  /** Which of the counted days it is, from 1. */
  nth: number | null;
  /** The last day of the period. */
  due: boolean;
}

export interface CalendarMonth {
  year: number;
  month: number;
  /** Monday to Sunday; null before the first and after the last of the month. */
  weeks: (CalendarDay | null)[][];
}

const WEEK = 7;

function kindOf(day: number): Pick<CalendarDay, 'kind' | 'holiday'> {
  if (!hasCalendar(day)) return { kind: null, holiday: null };
  const why = restReason(day);
  if (why === null) return { kind: isWeekend(day) ? 'makeup' : null, holiday: null };
  return why === 'weekend' ? { kind: 'weekend', holiday: null } : { kind: 'holiday', holiday: why.slice('holiday:'.length) };
}

/** Days since Monday. 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 3) % WEEK) + WEEK) % WEEK;

/** The months that a period touches, day by day: what `deadline` counted and what it skipped, drawn. Refuses what `deadline` refuses. */
export function periodCalendar(input: { from: IsoDate; days: number; unit: DayUnit }): CalendarMonth[] {
  const { due, skipped } = deadline(input);
  const [start, end] = [epochDay(input.from), epochDay(due)];
  const left = new Set(skipped.map(({ date }) => date));
  const months: CalendarMonth[] = [];
  let nth = 0;
  for (let day = epochDay(`${input.from.slice(0, 7)}-01`); ; day++) {
    const date = isoDate(day);
    const [year, month, ofMonth] = date.split('-').map(Number) as [number, number, number];
    let current = months.at(-1);
    if (current?.month !== month || current.year !== year) {
      if (current && day > end) return months;
      current = { year, month, weeks: [] };
      months.push(current);
    }
    if (ofMonth === 1 || weekday(day) === 0) current.weeks.push(Array.from({ length: WEEK }, () => null));
    const part = day < start || day > end ? 'outside' : day === start ? 'start' : left.has(date) ? 'skipped' : 'counted';
    if (part === 'counted') nth++;
    (current.weeks.at(-1) as (CalendarDay | null)[])[weekday(day)] = { date, day: ofMonth, part, ...kindOf(day), nth: part === 'counted' ? nth : null, due: day === end };
  }
}
