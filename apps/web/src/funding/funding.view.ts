import type { ApplicationState, CallState, Verdict } from '@domains/funding';

type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** Colour of each state of a call; the word stands beside it. */
export const CALL_TONES: Readonly<Record<CallState, Tone>> = {
  draft: 'neutral', open: 'success', closed: 'warning', reviewing: 'info', decided: 'info', noticed: 'warning', awarded: 'success', settled: 'neutral',
};

export const APPLICATION_TONES: Readonly<Record<ApplicationState, Tone>> = {
  draft: 'neutral', submitted: 'info', correction: 'warning', rerouting: 'warning', accepted: 'info', rejected: 'danger', granted: 'success', refused: 'danger', withdrawn: 'neutral',
};

/** Met, unmet, or null for unknown, as the component `gate-list` takes it. */
export const metOf = (verdict: Verdict): boolean | null => (verdict === 'unknown' ? null : verdict === 'met');

const STEPS = ['draft', 'submitted', 'accepted', 'decided'] as const;
const REACHED: Readonly<Record<ApplicationState, number>> = {
  draft: 0, submitted: 1, correction: 1, rerouting: 1, accepted: 2, rejected: 3, granted: 3, refused: 3, withdrawn: 3,
};

/** The four steps of an application, as the applicant follows them. */
export const stepsOf = (state: ApplicationState | null): { key: string; n: number; status: 'done' | 'current' | 'future' }[] => {
  const at = state === null ? 0 : REACHED[state];
  return STEPS.map((key, index) => ({ key, n: index + 1, status: index < at || (at === 3 && index === 3) ? 'done' : index === at ? 'current' : 'future' }));
};

/** Colour of a verdict. */
export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = { met: 'success', unmet: 'danger', unknown: 'warning' };
