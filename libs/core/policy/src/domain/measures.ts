import type { IsoDate } from '@platform/kernel';

/**
 * What a department is scored on: consultation coverage 征求意见覆盖, days against limits 期限遵守, interpretation in sync 同步解读, evaluations done 评估开展, conclusions acted
 * on 结论落实, documents kept current 现行文件时效. Of each a share is met, so more is better everywhere.
 */
export const MEASURES = ['consultation', 'limits', 'interpretation', 'evaluation', 'conclusions', 'current'] as const;
export type Measure = (typeof MEASURES)[number];

/** Counted, not counted, or not to be told yet: its day is not over. What is pending is in no figure. */
export type CaseState = 'met' | 'missed' | 'pending';

/** One matter that a measure counts, with what anybody needs to judge it again. */
export interface MeasureCase {
  /** What makes it the same case tomorrow: `reply/<circulation>/<department>`. */
  key: string;
  measure: Measure;
  /** Its words are `scorecard:what.<what>`. */
  what: string;
  departmentId: string;
  policyId: string | null;
  title: string;
  /** Where it can be seen: a path on this site. */
  href: string;
  /** The day on which it began. */
  from: IsoDate | null;
  /** The last day on which it was in time. */
  limit: IsoDate | null;
  /** The day on which it was done. */
  done: IsoDate | null;
  state: CaseState;
  /** Why it is counted so; its words are `scorecard:why.<why>`. */
  why: string;
  /** The rule, as it is cited; empty where the day was set by somebody and by no rule. */
  article: string;
}

/** How a matter with a last day stands on a day: in time, late, missing, or still open. */
export function timeliness(limit: IsoDate, done: IsoDate | null, today: IsoDate): Pick<MeasureCase, 'state' | 'why'> {
  if (done !== null) return done <= limit ? { state: 'met', why: 'inTime' } : { state: 'missed', why: 'late' };
  return limit < today ? { state: 'missed', why: 'missing' } : { state: 'pending', why: 'open' };
}
