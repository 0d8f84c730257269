import type { Actor, Role } from '@platform/kernel';

/** Calendar days in which an appeal is to be decided, the day of filing not counted. No statute sets it: it is what the product promises an author. */
export const APPEAL_DAYS = 7;
/** Longest reasons of an author, in characters. */
export const MAX_APPEAL = 2000;

export const APPEAL_DECISIONS = ['shown', 'upheld'] as const;
export type AppealDecision = (typeof APPEAL_DECISIONS)[number];

/** Who decides: the department's head what an officer hid, the city's overseer what a head hid. */
export type Decider = Extract<Role, 'department_head' | 'overseer'>;

/** Whether this person may decide it, by role, department and not having hidden it. */
export function decides({ accountId, roles, scope, tenantId }: Actor, appeal: { decider: Decider; hiddenBy: string; tenantId: string }): boolean {
  if (!roles.includes(appeal.decider) || accountId === appeal.hiddenBy) return false;
  return appeal.decider === 'overseer' ? scope === 'city' : tenantId === appeal.tenantId;
}
