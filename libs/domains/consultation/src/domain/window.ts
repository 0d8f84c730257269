import { deadline, mayBlock, parameter } from '@core/statutes';
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

/**
 * The minimum lengths that hold for a policy: thirty calendar days where market players are affected (优化营商环境条例§62) or the decision is a major one
 * (713§15), which a published reason may shorten; and never less than seven working days (示范指标 24).
 */
export function windowBasis(subject: WindowSubject, openedOn: IsoDate): WindowBasis {
  const rules: WindowRule[] = [];
  const add = (id: 'nrd.consult.market' | 'mad.consult' | 'nrd.consult.other', shortenable: boolean): void => {
    const found = parameter(id, openedOn);
    if (!mayBlock(found)) return;
    const days = found.value.min;
    rules.push({ id, days, unit: found.unit, due: deadline({ from: openedOn, days, unit: found.unit }).due, shortenable, source: { ...found.source } });
  };
  if (subject.affectsMarket) add('nrd.consult.market', true);
  if (subject.kind === 'major_decision') add('mad.consult', true);
  add('nrd.consult.other', false);
  return { openedOn, rules };
}

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
