import { type Fen, TransitionTable } from '@platform/kernel';

export const APPLICATION_STATES = ['draft', 'submitted', 'correction', 'rerouting', 'accepted', 'rejected', 'granted', 'refused', 'withdrawn'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
export type ApplicationTransition =
  | 'submit' | 'ask_correction' | 'resubmit' | 'offer_reroute' | 'accept_reroute' | 'decline_reroute' | 'accept' | 'reject' | 'grant' | 'refuse' | 'strike' | 'withdraw';

/** The life of an application. A granted one is struck when an objection against it was upheld. */
export const APPLICATION_LIFE = new TransitionTable<ApplicationState, ApplicationTransition>('fund_application', {
  initial: 'draft',
  final: ['rejected', 'refused', 'withdrawn'],
  states: APPLICATION_STATES,
  transitions: [
    { name: 'submit', from: ['draft'], to: 'submitted' },
    { name: 'ask_correction', from: ['submitted'], to: 'correction' },
    { name: 'resubmit', from: ['correction'], to: 'submitted' },
    { name: 'offer_reroute', from: ['submitted'], to: 'rerouting' },
    { name: 'accept_reroute', from: ['rerouting'], to: 'submitted' },
    { name: 'decline_reroute', from: ['rerouting'], to: 'submitted' },
    { name: 'accept', from: ['submitted'], to: 'accepted' },
    { name: 'reject', from: ['submitted', 'correction'], to: 'rejected' },
    { name: 'grant', from: ['accepted'], to: 'granted' },
    { name: 'refuse', from: ['accepted'], to: 'refused' },
    { name: 'strike', from: ['granted'], to: 'refused' },
    { name: 'withdraw', from: ['draft', 'submitted', 'correction', 'rerouting'], to: 'withdrawn' },
  ],
});

/** What the applicant writes. */
export interface ApplicationData {
  title: string;
  summary: string;
  /** Asked for, in fen. */
  amountFen: Fen;
}

/** States in which somebody still has to check the application before reviews may begin. */
export const UNCHECKED: readonly ApplicationState[] = ['submitted', 'correction', 'rerouting'];

export type Holder = 'applicant' | 'department' | 'experts' | 'nobody';

/** Who has the application now, so that the applicant never has to ask. */
export function holderOf(state: ApplicationState, callState: string): Holder {
  switch (state) {
    case 'draft': case 'correction': case 'rerouting': return 'applicant';
    case 'submitted': return 'department';
    case 'accepted': return callState === 'reviewing' ? 'experts' : 'department';
    case 'granted': return callState === 'settled' ? 'nobody' : 'department';
    case 'rejected': case 'refused': case 'withdrawn': return 'nobody';
  }
}

/** What is missing before a draft can be submitted: field → message key. */
export function missingFields(data: ApplicationData, perAwardMaxFen: Fen): { field: string; key: string }[] {
  const missing: { field: string; key: string }[] = [];
  if (data.title.trim() === '') missing.push({ field: 'title', key: 'funding:error.titleMissing' });
  if (data.summary.trim().length < 20) missing.push({ field: 'summary', key: 'funding:error.summaryShort' });
  if (!Number.isSafeInteger(data.amountFen) || data.amountFen <= 0) missing.push({ field: 'amountYuan', key: 'funding:error.amountMissing' });
  else if (data.amountFen > perAwardMaxFen) missing.push({ field: 'amountYuan', key: 'funding:error.amountTooHigh' });
  return missing;
}
