import { TransitionTable } from '@platform/kernel';

export const PLAN_KINDS = ['make', 'revise', 'abolish'] as const;
/** 制定, 修改, 废止. */
export type PlanKind = (typeof PLAN_KINDS)[number];

export const PLAN_STATES = ['proposed', 'approved', 'started', 'refused'] as const;
export type PlanState = (typeof PLAN_STATES)[number];
export type PlanStep = 'approve' | 'refuse' | 'start';

/** The life of an item of the annual plan (年度制定计划). */
export const PLAN_LIFE = new TransitionTable<PlanState, PlanStep>('plan_item', {
  initial: 'proposed',
  final: ['started', 'refused'],
  states: PLAN_STATES,
  transitions: [
    { name: 'approve', from: ['proposed'], to: 'approved' },
    { name: 'refuse', from: ['proposed'], to: 'refused' },
    { name: 'start', from: ['approved'], to: 'started' },
  ],
});
