import type { IsoDate } from '@platform/kernel';

/** What an override says: which figure of which parameter, by whose rule and why, from when to when. */
export interface OverrideTerms {
  paramId: string;
  /** The figure's name in the parameter's value, such as `min`. */
  field: string;
  value: number;
  /** The city's or the department's own rule as it is cited: its name and number. */
  source: string;
  /** Why, in a sentence that the public reads; empty only where it was set before reasons were asked for. */
  reason: string;
  from: IsoDate;
  /** Last day; null for no end. */
  to: IsoDate | null;
}

/** The columns of `OverrideTerms` in `statute_override AS o`. */
export const TERMS_COLUMNS = `o.param_id AS "paramId", o.field, o.value, o.source, o.reason, o.valid_from::text AS from, o.valid_to::text AS to`;
