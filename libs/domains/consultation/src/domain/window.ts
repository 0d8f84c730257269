import { deadline, effectiveOf, parameter } from '@core/statutes';
import { chinaDate, chinaInstant, DomainError, type IsoDate } from '@platform/kernel';

/** One statutory minimum that a consultation was opened under. */
export interface WindowRule {
  id: string;
  days: number;
  unit: 'wd' | 'cd';
  /** The first day that may be the last one of the window. */
  due: IsoDate;
  /** Whether a shorter time is allowed where the reason is published. */
  shortenable: boolean;
  source: { zh: string; en: string };
}

/** The parameters as they were on the opening day; kept with the consultation, so that anybody can count again. */
export interface WindowBasis {
  openedOn: IsoDate;
  rules: WindowRule[];
}

export interface WindowSubject {
  kind: string;
  affectsMarket: boolean;
}

const DAY_MS = 86_400_000;

/** The parameters that set a minimum, and whether a published reason may shorten it. */
const MINIMUMS = { 'nrd.consult.market': true, 'mad.consult': true, 'nrd.consult.other': false } as const;
export type MinimumId = keyof typeof MINIMUMS;
export const MINIMUM_IDS = Object.keys(MINIMUMS) as MinimumId[];

/** A minimum as it holds: the law's, or a longer one that the city or the department set. */
interface Minimum {
  value: { readonly min: number };
  unit: 'wd' | 'cd';
  source: { readonly zh: string; readonly en: string };
  mayBlock: boolean;
}

/**
 * The minimum lengths that hold for a policy: thirty calendar days where market players are affected (优化营商环境条例§62) or the decision is a major one
 * (713§15), which a published reason may shorten; and never less than seven working days (示范指标 24).
 * `minimumOf` gives each minimum as it holds for the department; the law alone unless told.
 */
export function windowBasis(subject: WindowSubject, openedOn: IsoDate, minimumOf = lawOn(openedOn)): WindowBasis {
  const rules = minimumsFor(subject).flatMap((id): WindowRule[] => {
    const { value: { min: days }, unit, source, mayBlock } = minimumOf(id);
    if (!mayBlock) return [];
    return [{ id, days, unit, due: deadline({ from: openedOn, days, unit }).due, shortenable: MINIMUMS[id], source: { ...source } }];
  });
  return { openedOn, rules };
}

/** Which minimums hold for a policy; the first is the one that makes its consultation necessary. */
export const minimumsFor = (subject: WindowSubject): MinimumId[] =>
  MINIMUM_IDS.filter((id) => (id === 'nrd.consult.market' ? subject.affectsMarket : id !== 'mad.consult' || subject.kind === 'major_decision'));

/** The law alone. */
const lawOn = (day: IsoDate) => (id: MinimumId): Minimum => effectiveOf(parameter(id, day), day, null, [], []);

/** The closing instant of a window whose last day is `lastDay`: 24:00 in Asia/Shanghai, which itself is too late. */
export const closingInstant = (lastDay: IsoDate): Date => new Date(chinaInstant(lastDay).getTime() + DAY_MS);

/** The last day of a window: the day before its closing instant. */
export const lastDayOf = (closesAt: Date): IsoDate => chinaDate(new Date(closesAt.getTime() - 1));

/**
 * Refuses a last day before a minimum, naming its article. A shortenable minimum gives way to a reason, which the public will read.
 */
export function assertLongEnough(basis: WindowBasis, lastDay: IsoDate, shortenedReason: string | null): void {
  const broken = basis.rules.filter((rule) => lastDay < rule.due && !(rule.shortenable && shortenedReason));
  if (broken.length === 0) return;
  const worst = broken.reduce((a, b) => (b.due > a.due ? b : a));
  const key = worst.shortenable ? 'consultation:error.tooShortWithoutReason' : 'consultation:error.tooShort';
  const params = { days: worst.days, due: worst.due, unit: worst.unit };
  throw new DomainError('invalid', key, { fields: [{ field: 'lastDay', key, params }], params, article: worst.source.zh });
}
