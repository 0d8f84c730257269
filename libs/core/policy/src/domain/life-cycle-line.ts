import { chinaDate } from '@platform/kernel';
import type { PolicyState } from './life-cycle';

/** The nine steps of the line: 计划 起草 征求意见 审查 审议 批准 发布解读 实施评估 修废. */
export const LINE_STEPS = ['plan', 'draft', 'consult', 'review', 'deliberate', 'approve', 'publish', 'evaluate', 'dispose'] as const;
export type LineStep = (typeof LINE_STEPS)[number];

export interface LineEvent {
  name: string;
  to: PolicyState;
  at: Date;
}

export interface LineEntry {
  step: LineStep;
  status: 'done' | 'current' | 'future' | 'skipped';
  /** First day of the step, and the day it was left; null while it has not happened. */
  from: string | null;
  to: string | null;
  /** Calendar days spent in the step so far. */
  days: number | null;
}

const STEP_OF: Readonly<Record<PolicyState, LineStep>> = {
  planned: 'plan', drafting: 'draft', consulting: 'consult', reviewing: 'review', deliberating: 'deliberate', approved: 'approve',
  published: 'publish', superseded: 'dispose', expired: 'dispose', abolished: 'dispose', withdrawn: 'dispose',
};

const DAY_MS = 86_400_000;
const daysBetween = (a: Date, b: Date): number => Math.round((Date.parse(chinaDate(b)) - Date.parse(chinaDate(a))) / DAY_MS);

/**
 * Lays the events of a policy, oldest first, on the nine steps. A step that a policy came back to (a revision) sums the days of each stay. Withdrawn
 * policies end where they stood: what was not reached is skipped.
 */
export function lifeCycleLine(state: PolicyState, events: readonly LineEvent[], now: Date): LineEntry[] {
  const stays = new Map<LineStep, { from: Date; to: Date | null; days: number }>();
  let open = null as { step: LineStep; since: Date } | null;
  const leave = (at: Date): void => {
    if (!open) return;
    const stay = stays.get(open.step);
    if (stay) {
      stay.days += daysBetween(open.since, at);
      stay.to = at;
    }
    open = null;
  };
  for (const event of events) {
    if (event.name === 'evaluation_published') stays.set('evaluate', { from: event.at, to: event.at, days: 0 });
    const step = STEP_OF[event.to];
    if (open?.step === step) continue;
    leave(event.at);
    const earlier = stays.get(step);
    stays.set(step, { from: earlier?.from ?? event.at, to: null, days: earlier?.days ?? 0 });
    open = { step, since: event.at };
  }
  const current = STEP_OF[state];
  const reached = LINE_STEPS.indexOf(current);
  const ended = current === 'dispose';
  return LINE_STEPS.map((step, index) => {
    const stay = stays.get(step);
    if (step === current && !ended) {
      const since = open?.since ?? stay?.from ?? now;
      // Publication is a moment and not a stay: its step is done, and evaluation is what is under way.
      if (step === 'publish') return entry(step, 'done', stay?.from ?? since, since, null);
      return entry(step, 'current', stay?.from ?? since, null, (stay?.days ?? 0) + daysBetween(since, now));
    }
    if (step === 'evaluate' && state === 'published') {
      return stay ? entry(step, 'done', stay.from, stay.to, null) : entry(step, 'current', null, null, null);
    }
    if (stay && (index < reached || ended)) return entry(step, 'done', stay.from, stay.to ?? stay.from, step === 'publish' || step === 'dispose' ? null : stay.days);
    return entry(step, index < reached || ended ? 'skipped' : 'future', null, null, null);
  });
}

const entry = (step: LineStep, status: LineEntry['status'], from: Date | null, to: Date | null, days: number | null): LineEntry => ({
  step, status, from: from && chinaDate(from), to: to && chinaDate(to), days,
});
