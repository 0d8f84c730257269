import type { IsoDate } from '@platform/kernel';

/**
 * What one notice of the State Council (or its General Office) orders. A later notice for the same year changes an earlier one
 * for the days it names.
 */
export interface HolidayNotice {
  /** The year the notice arranges; New Year's days may reach into the December before. */
  year: number;
  /** Its document number. */
  notice: string;
  /** `[name, first day off, last day off]`, weekends inside included. */
  holidays: readonly (readonly [name: string, first: IsoDate, last: IsoDate])[];
  /** Saturdays and Sundays worked. */
  makeup: readonly IsoDate[];
}
