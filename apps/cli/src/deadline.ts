import { deadline, type DayUnit, type Deadline } from '@core/statutes';
import { DomainError } from '@platform/kernel';

const isUnit = (text: string): text is DayUnit => text === 'wd' || text === 'cd';

/**
 * `policyloop deadline`: the last day of a statutory period, with every skipped day and the notices relied on. Options are the words
 * typed; needs no database. Throws `DomainError` on an impossible date, a figure that is no whole number, an unknown unit, and a year
 * without a holiday notice.
 */
export function deadlineCommand(options: { from: string; days: string; unit: string }): Deadline {
  const { from, days, unit } = options;
  if (!isUnit(unit)) throw DomainError.invalid('statutes:error.unit', [], { unit });
  // Number('') is 0 and Number('1e3') is 1000: only plain digits are a number of days.
  return deadline({ from, days: /^\d+$/.test(days) ? Number(days) : Number.NaN, unit });
}
