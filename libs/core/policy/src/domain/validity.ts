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

const DAY_MS = 86_400_000;
const shifted = (day: IsoDate, days: number): IsoDate => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
export const dayBefore = (day: IsoDate): IsoDate => shifted(day, -1);
export const dayAfter = (day: IsoDate): IsoDate => shifted(day, 1);

/** The last day in force, by whatever ends it first; null if nothing does. */
export function lastDayInForce({ effectiveTo, endedOn }: Pick<ValidityFacts, 'effectiveTo' | 'endedOn'>): IsoDate | null {
  const ends = [effectiveTo, endedOn && dayBefore(endedOn)].filter((day) => day !== null);
  return ends.sort()[0] ?? null;
}

/**
 * How a policy stands on a day, for people: an abolition or a replacement is decided before its day, and until then the policy is published as before, with a day on which it will end.
 * `ends` is null where nothing is decided or it has come about.
 */
export function standingOn(facts: ValidityFacts, day: IsoDate): { state: PolicyState; ends: { kind: 'abolished' | 'superseded'; on: IsoDate } | null } {
  const { state, endedOn } = facts;
  if ((state === 'abolished' || state === 'superseded') && endedOn && day < endedOn && validityOn(facts, day) !== 'lapsed') return { state: 'published', ends: { kind: state, on: endedOn } };
  return { state, ends: null };
}
