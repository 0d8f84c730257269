/** A calendar day as `YYYY-MM-DD`, in Asia/Shanghai (UTC+8, no daylight saving since 1992). */
export type IsoDate = string;

const OFFSET_MS = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai at an instant. */
export const chinaDate = (instant: Date): IsoDate => new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);

/** The instant of a wall-clock time in Asia/Shanghai: `chinaInstant('2026-03-01', '17:30:00')`. Refuses an impossible date or time. */
export function chinaInstant(date: IsoDate, time = '00:00:00'): Date {
  const instant = new Date(`${date}T${time}+08:00`);
  if (Number.isNaN(instant.getTime()) || chinaDate(instant) !== date) throw new RangeError(`not a date and time: ${date} ${time}`);
  return instant;
}

/** Whether a text from outside is a calendar day that exists, from the year 1000 on. */
export function isDay(text: unknown): text is IsoDate {
  if (typeof text !== 'string' || !/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00+08:00`);
  return !Number.isNaN(instant.getTime()) && chinaDate(instant) === text;
}
