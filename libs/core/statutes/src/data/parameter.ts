import type { IsoDate } from '@platform/kernel';

export type ParameterValue = string | number | boolean | null | readonly ParameterValue[] | { readonly [key: string]: ParameterValue };

/** A figure or rule of law, with where it stands and when it applies. */
export interface Parameter {
  readonly id: string;
  readonly value: ParameterValue;
  /** The unit of every day count in `value`: working days, calendar days, or none. */
  readonly unit: 'wd' | 'cd' | null;
  /** The citation, written out. */
  readonly source: { readonly zh: string; readonly en: string };
  /** First and last day in force; `to` is null while it still is. */
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** S: the text was read; P: a partial copy was; M: from memory, to be confirmed by a person. */
  readonly confidence: 'S' | 'P' | 'M';
}
