import { DomainError, type IsoDate } from '@platform/kernel';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a calendar day. Refuses anything that is no real day, such as 2026-02-30. */
export function epochDay(date: IsoDate): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || isoDate(ms / DAY_MS) !== date) throw DomainError.invalid('statutes:error.date', [], { date });
  return ms / DAY_MS;
}

/** The calendar day of a count of days since 1970-01-01. */
export const isoDate = (day: number): IsoDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Saturday or Sunday; 1970-01-01 was a Thursday. */
export const isWeekend = (day: number): boolean => [2, 3].includes(((day % 7) + 7) % 7);
