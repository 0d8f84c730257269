import { type Transition, TransitionTable } from '@platform/kernel';

export const POLICY_STATES = [
  'planned', 'drafting', 'consulting', 'reviewing', 'deliberating', 'approved', 'published', 'superseded', 'expired', 'abolished', 'withdrawn',
] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

export type PolicyTransition =
  | 'start_drafting' | 'open_consultation' | 'submit_for_review' | 'revise' | 'submit_for_deliberation' | 'approve' | 'publish'
  | 'supersede' | 'expire' | 'abolish' | 'withdraw';

const TRANSITIONS: readonly Transition<PolicyState, PolicyTransition>[] = [
  { name: 'start_drafting', from: ['planned'], to: 'drafting' },
  { name: 'open_consultation', from: ['drafting'], to: 'consulting' },
  { name: 'submit_for_review', from: ['drafting', 'consulting'], to: 'reviewing' },
  { name: 'revise', from: ['consulting', 'reviewing', 'deliberating', 'approved'], to: 'drafting' },
  { name: 'submit_for_deliberation', from: ['reviewing'], to: 'deliberating' },
  { name: 'approve', from: ['deliberating'], to: 'approved' },
  { name: 'publish', from: ['approved'], to: 'published' },
  { name: 'supersede', from: ['published'], to: 'superseded' },
  { name: 'expire', from: ['published'], to: 'expired' },
  { name: 'abolish', from: ['published'], to: 'abolished' },
  { name: 'withdraw', from: ['planned', 'drafting', 'consulting', 'reviewing', 'deliberating', 'approved'], to: 'withdrawn' },
];

/** The life of a policy. A revision sends it back to drafting, where a new version is opened. */
export const LIFE_CYCLE = new TransitionTable<PolicyState, PolicyTransition>('policy', {
  initial: 'planned',
  final: ['superseded', 'expired', 'abolished', 'withdrawn'],
  states: POLICY_STATES,
  transitions: TRANSITIONS,
});

/** Records that are no transition, and stand in the life cycle all the same. */
export type PolicyRecord =
  | 'planned' | 'imported' | 'version_submitted' | 'consultation_closed' | 'consultation_extended' | 'consultation_result_published'
  | 'circulation_opened' | 'circulation_replied' | 'circulation_closed' | 'docket_signed' | 'interpretation_released' | 'call_opened' | 'award_decided' | 'evaluation_published' | 'abolition_opened'
  | 'amended' | 'partly_repealed' | 'extended' | 'lapse_declared';

/** Which events everybody may see; the rest is for the ledger. */
export const PUBLIC_EVENTS: ReadonlySet<PolicyTransition | PolicyRecord> = new Set([
  'planned', 'start_drafting', 'open_consultation', 'submit_for_review', 'revise', 'submit_for_deliberation', 'approve', 'publish',
  'supersede', 'expire', 'abolish', 'withdraw',
  'consultation_closed', 'consultation_extended', 'consultation_result_published', 'interpretation_released', 'call_opened', 'award_decided',
  'evaluation_published', 'amended', 'partly_repealed', 'extended', 'lapse_declared',
]);
