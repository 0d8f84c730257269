import { type IsoDate, TransitionTable } from '@platform/kernel';

export const CITY_PLAN_STATES = ['collecting', 'proposed', 'approved'] as const;
export type CityPlanState = (typeof CITY_PLAN_STATES)[number];

/** The life of a city's plan for one year. What changes later is a change of the approved plan, with an edition of its own. */
export const CITY_PLAN_LIFE = new TransitionTable<CityPlanState, 'propose' | 'send_back' | 'approve'>('city_plan', {
  initial: 'collecting',
  final: ['approved'],
  states: CITY_PLAN_STATES,
  transitions: [
    { name: 'propose', from: ['collecting'], to: 'proposed' },
    { name: 'send_back', from: ['proposed'], to: 'collecting' },
    { name: 'approve', from: ['proposed'], to: 'approved' },
  ],
});

export const ENTRY_STATES = ['submitted', 'listed', 'merged', 'moved', 'refused', 'cancelled'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** The life of one entry of the city's plan. A supplement enters as `listed`; what was merged moves with the joint entry alone. */
export const ENTRY_LIFE = new TransitionTable<EntryState, 'list' | 'merge' | 'move' | 'refuse' | 'cancel'>('city_plan_entry', {
  initial: 'submitted',
  final: ['moved', 'refused', 'cancelled'],
  states: ENTRY_STATES,
  transitions: [
    { name: 'list', from: ['submitted'], to: 'listed' },
    { name: 'merge', from: ['submitted'], to: 'merged' },
    { name: 'move', from: ['submitted', 'merged'], to: 'moved' },
    { name: 'refuse', from: ['submitted'], to: 'refused' },
    { name: 'cancel', from: ['listed'], to: 'cancelled' },
  ],
});

export const CHANGE_STATES = ['requested', 'approved', 'refused'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];
/** 增补, 取消. */
export type ChangeKind = 'supplement' | 'cancel';

export const CHANGE_LIFE = new TransitionTable<ChangeState, 'approve' | 'refuse'>('city_plan_change', {
  initial: 'requested',
  final: ['approved', 'refused'],
  states: CHANGE_STATES,
  transitions: [
    { name: 'approve', from: ['requested'], to: 'approved' },
    { name: 'refuse', from: ['requested'], to: 'refused' },
  ],
});

/** Where the entry of a department's item stands, as far as it bears on drafting. */
export interface Standing {
  state: EntryState;
  /** The department that leads the matter, for a merged item that of the joint entry. */
  leadTenantId: string;
  /** Whether it became part of a joint entry. */
  joint: boolean;
}

/**
 * What keeps an item that its head approved from being drafted; null where nothing does. Where the city has opened no plan for the item's
 * year, the head's decision is enough; where it has, the matter must be listed, and its lead department drafts it.
 */
export function planObstacle(tenantId: string, cityPlanOpened: boolean, standing: Standing | null): string | null {
  if (!standing) return cityPlanOpened ? 'plan:gate.notInPlan' : null;
  if (standing.joint && standing.leadTenantId !== tenantId) return 'plan:gate.ledByOther';
  return standing.state === 'listed' ? null : `plan:gate.${standing.state}`;
}

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The last day of a month `YYYY-MM`: the month in which a matter should be finished is over with it. */
export function lastDayOf(month: string): IsoDate {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = number === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(number) ? 30 : 31;
  return `${month}-${days}`;
}
