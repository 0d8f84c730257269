import type { IsoDate } from '@platform/kernel';

/** The longest time in force that a place allows, as it holds for a department on a day. */
export interface ValidityRule {
  /** The statutory parameter that says so. */
  parameter: string;
  years: number;
  /** For what is called provisional or trial (暂行, 试行). */
  trialYears: number;
  article: string;
  /** Whether it stops a publication; a rule whose text nobody has read only warns. */
  blocks: boolean;
}

export interface ValidityWarning {
  fault: 'noEnd' | 'tooLong';
  parameter: string;
  years: number;
  /** The last day that the rule allows. */
  latest: IsoDate;
  article: string;
}

/** 暂行 and 试行 in a title tell that a document is a trial. */
export const isTrial = (title: string): boolean => /暂行|试行/u.test(title);

/** The day before the same day so many years later, the last day of that many years: five years from 2026-04-01 end on 2031-03-31. */
export function lastDayOfYears(from: IsoDate, years: number): IsoDate {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year + years, month - 1, day - 1)).toISOString().slice(0, 10);
}

/** What is wrong with the time in force of a document under a rule; null where nothing is. */
export function validityWarning(rule: ValidityRule, { title, effectiveFrom, effectiveTo }: { title: string; effectiveFrom: IsoDate; effectiveTo: IsoDate | null }): ValidityWarning | null {
  const years = isTrial(title) ? rule.trialYears : rule.years;
  const latest = lastDayOfYears(effectiveFrom, years);
  if (effectiveTo !== null && effectiveTo <= latest) return null;
  return { fault: effectiveTo === null ? 'noEnd' : 'tooLong', parameter: rule.parameter, years, latest, article: rule.article };
}
