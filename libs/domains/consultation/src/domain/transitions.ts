import { TransitionTable } from '@platform/kernel';

export const CONSULTATION_STATES = ['open', 'closed', 'result_published'] as const;
export type ConsultationState = (typeof CONSULTATION_STATES)[number];
export type ConsultationTransition = 'close' | 'publish_result';

/** The life of a consultation: the window, the answers, the published result. */
export const CONSULTATION = new TransitionTable<ConsultationState, ConsultationTransition>('consultation', {
  initial: 'open',
  final: ['result_published'],
  states: CONSULTATION_STATES,
  transitions: [
    { name: 'close', from: ['open'], to: 'closed' },
    { name: 'publish_result', from: ['closed'], to: 'result_published' },
  ],
});
