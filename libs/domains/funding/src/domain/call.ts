import { TransitionTable } from '@platform/kernel';

export const CALL_STATES = ['draft', 'open', 'closed', 'reviewing', 'decided', 'noticed', 'awarded', 'settled'] as const;
export type CallState = (typeof CALL_STATES)[number];
export type CallTransition = 'open' | 'close' | 'start_review' | 'decide' | 'notice' | 'award' | 'settle' | 'end_empty';

/** The life of a call. Money is never decided before the reviews, and never awarded before the public notice has run. */
export const CALL_LIFE = new TransitionTable<CallState, CallTransition>('funding_call', {
  initial: 'draft',
  final: ['settled'],
  states: CALL_STATES,
  transitions: [
    { name: 'open', from: ['draft'], to: 'open' },
    { name: 'close', from: ['open'], to: 'closed' },
    { name: 'start_review', from: ['closed'], to: 'reviewing' },
    { name: 'decide', from: ['reviewing'], to: 'decided' },
    { name: 'notice', from: ['decided'], to: 'noticed' },
    { name: 'award', from: ['noticed'], to: 'awarded' },
    { name: 'settle', from: ['awarded'], to: 'settled' },
    { name: 'end_empty', from: ['closed'], to: 'settled' },
  ],
});

/** One criterion of the review; experts score each from 0 to 100, the weights of a call add up to 100. */
export interface Criterion {
  key: string;
  label: string;
  weight: number;
}

/** The first instant that is too late to apply: as the call promised, or earlier where the end of its policy ends the time. */
export const takesUntil = ({ closesAt, intakeEndsAt }: { closesAt: Date; intakeEndsAt: Date | null }): Date => (intakeEndsAt && intakeEndsAt < closesAt ? intakeEndsAt : closesAt);

/** Whether applications are taken at this instant: from `opensAt` on, and no longer at the end, to the millisecond. */
export function takesApplications(call: { state: CallState; opensAt: Date; closesAt: Date; intakeEndsAt: Date | null }, at: Date): boolean {
  return call.state === 'open' && call.opensAt <= at && at < takesUntil(call);
}

/** Whether criteria can be scored: one to ten, distinct keys, whole positive weights that add up to 100. */
export function criteriaFit(criteria: readonly Criterion[]): boolean {
  const keys = new Set(criteria.map((criterion) => criterion.key));
  const whole = criteria.every(({ weight, label }) => Number.isInteger(weight) && weight > 0 && label.trim() !== '');
  return criteria.length > 0 && criteria.length <= 10 && keys.size === criteria.length && whole && criteria.reduce((sum, { weight }) => sum + weight, 0) === 100;
}

/** Reads `label weight` a line, as `创新性 40`; null where a line cannot be read. Keys are `k1`, `k2` … in order. */
export function parseCriteria(text: string): Criterion[] | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const criteria = lines.map((line, index) => {
    const match = /^(.+?)[\s,，:：]+(\d{1,3})$/.exec(line);
    return match ? { key: `k${index + 1}`, label: match[1]!.trim(), weight: Number(match[2]) } : null;
  });
  return criteria.every((criterion) => criterion !== null) ? criteria : null;
}
