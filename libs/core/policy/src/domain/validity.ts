import type { IsoDate } from '@platform/kernel';
import type { PolicyState } from './life-cycle';

/** 尚未生效, 现行有效, 已修改, 失效, 废止; null for what was never published. */
export type Validity = 'not_yet_effective' | 'in_force' | 'superseded' | 'lapsed' | 'abolished';

export interface ValidityFacts {
  state: PolicyState;
  effectiveFrom: IsoDate | null;
  /** Last day in force; null if no end was set. */
  effectiveTo: IsoDate | null;
  /** First day on which an abolition or a replacement holds. */
  endedOn: IsoDate | null;
}

/** The validity of a policy on a day. Computed, never stored: a policy lapses on its day even if no machine was awake to say so. */
export function validityOn(facts: ValidityFacts, day: IsoDate): Validity | null {
  const { state, effectiveFrom, effectiveTo, endedOn } = facts;
  if (!effectiveFrom || !['published', 'superseded', 'expired', 'abolished'].includes(state)) return null;
  if (day < effectiveFrom) return 'not_yet_effective';
  if (endedOn && day >= endedOn && state === 'abolished') return 'abolished';
  if (endedOn && day >= endedOn && state === 'superseded') return 'superseded';
  if (effectiveTo && day > effectiveTo) return 'lapsed';
  return 'in_force';
}
