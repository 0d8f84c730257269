import { workingDaysBetween } from '@core/statutes';
import { DomainError, type IsoDate } from '@platform/kernel';

/** When a person is reminded: of some things four weeks before; five working days before, one before, and once it is overdue. */
export type Rung = 'month' | 'week' | 'day' | 'overdue';

/** Months before the last day at which a notice begins to stand, the nearest first. */
const NOTICES = [['last', 1], ['quarter', 3], ['half', 6]] as const;
export type NoticeRung = (typeof NOTICES)[number][0];
/** The first day of the earliest notice lies so many months before the last day. */
export const NOTICE_MONTHS = 6;

/** The same day so many months before, or the last of that month: six months before 31 August is 28 February, or 29. As PostgreSQL counts. */
export function monthsBefore(day: IsoDate, months: number): IsoDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The notice under which a last day stands today; null while it is further off, and once it is past. */
export function noticeOf(dueOn: IsoDate, today: IsoDate): NoticeRung | null {
  if (today > dueOn) return null;
  return NOTICES.find(([, months]) => monthsBefore(dueOn, months) <= today)?.[0] ?? null;
}

/** Working days before the last day at which each rung begins. */
const WEEK = 5;
const DAY = 1;
/** Calendar days before the last day at which the early rung begins: four weeks. */
const MONTH = 28;
const DAY_MS = 86_400_000;

/** The rung on which a deadline stands today, or null while it is far; `early` for what is told four weeks ahead too. `counted` tells by which days: a year without a holiday notice is counted in calendar days. */
export function rungOf(dueOn: IsoDate, today: IsoDate, early = false): { rung: Rung | null; left: number; counted: 'wd' | 'cd' } {
  if (dueOn < today) return { rung: 'overdue', left: 0, counted: 'cd' };
  const { left, counted } = daysLeft(dueOn, today);
  if (left <= WEEK) return { rung: left <= DAY ? 'day' : 'week', left, counted };
  const days = calendarDaysLeft(dueOn, today);
  return early && days <= MONTH ? { rung: 'month', left: days, counted: 'cd' } : { rung: null, left, counted };
}

const calendarDaysLeft = (dueOn: IsoDate, today: IsoDate): number => Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS);

function daysLeft(dueOn: IsoDate, today: IsoDate): { left: number; counted: 'wd' | 'cd' } {
  try {
    return { left: workingDaysBetween(today, dueOn), counted: 'wd' };
  } catch (error) {
    if (!(error instanceof DomainError) || error.key !== 'statutes:error.noCalendar') throw error;
    return { left: calendarDaysLeft(dueOn, today), counted: 'cd' };
  }
}
