import { workingDaysBetween } from '@core/statutes';
import { DomainError, type IsoDate } from '@platform/kernel';

/** When a person is reminded: five working days before, one before, and once it is overdue. */
export type Rung = 'week' | 'day' | 'overdue';

/** Working days before the last day at which each rung begins. */
const WEEK = 5;
const DAY = 1;
const DAY_MS = 86_400_000;

/** The rung on which a deadline stands today, or null while it is far. `counted` tells by which days: a year without a holiday notice is counted in calendar days. */
export function rungOf(dueOn: IsoDate, today: IsoDate): { rung: Rung | null; left: number; counted: 'wd' | 'cd' } {
  if (dueOn < today) return { rung: 'overdue', left: 0, counted: 'cd' };
  const { left, counted } = daysLeft(dueOn, today);
  return { rung: left <= DAY ? 'day' : left <= WEEK ? 'week' : null, left, counted };
}

function daysLeft(dueOn: IsoDate, today: IsoDate): { left: number; counted: 'wd' | 'cd' } {
  try {
    return { left: workingDaysBetween(today, dueOn), counted: 'wd' };
  } catch (error) {
    if (!(error instanceof DomainError) || error.key !== 'statutes:error.noCalendar') throw error;
    return { left: Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS), counted: 'cd' };
  }
}
