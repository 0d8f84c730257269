import { chinaDate, DomainError, type IsoDate } from '@platform/kernel';

/** A year or a quarter: `2025`, `2025Q3`. */
export interface ScorePeriod {
  label: string;
  year: number;
  quarter: number | null;
  /** First and last day. */
  from: IsoDate;
  to: IsoDate;
}

const LABEL = /^(20\d{2})(?:Q([1-4]))?$/;
const day = (year: number, month: number, date: number): IsoDate => new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);

/** The period of a label. @throws DomainError not_found for what is no label */
export function scorePeriod(label: string): ScorePeriod {
  const [, yearText, quarterText] = LABEL.exec(label) ?? [];
  if (!yearText) throw DomainError.notFound();
  const year = Number(yearText);
  const quarter = quarterText ? Number(quarterText) : null;
  return quarter === null
    ? { label, year, quarter, from: day(year, 1, 1), to: day(year, 12, 31) }
    : { label, year, quarter, from: day(year, quarter * 3 - 2, 1), to: day(year, quarter * 3 + 1, 0) };
}

/** The year that runs at an instant. */
export const yearAt = (at: Date): string => chinaDate(at).slice(0, 4);

const FIRST_DAYS = ['01-01', '04-01', '07-01', '10-01'];
/** Whether a day is the first one of a quarter, on which rules of scoring may begin. */
export const isFirstDay = (on: IsoDate): boolean => FIRST_DAYS.includes(on.slice(5));

/** The first days of the next quarters after a day, as many as asked. */
export function nextFirstDays(on: IsoDate, count: number): IsoDate[] {
  const year = Number(on.slice(0, 4));
  const days = Array.from({ length: 2 + Math.ceil(count / 4) }, (_none, at) => FIRST_DAYS.map((first) => `${year + at}-${first}`)).flat();
  return days.filter((one) => one > on).slice(0, count);
}
