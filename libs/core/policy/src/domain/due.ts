import type { DayUnit } from '@core/statutes';
import type { IsoDate, Role, UnmetGate } from '@platform/kernel';

/** What sets a deadline, so that everybody can count again. */
export interface DueBasis {
  /** The statutory parameter that gives the days, if one does. */
  paramId: string | null;
  /** The rule, as it is cited; or what was promised (an answer date, a notice). */
  article: string;
  /** The day the period begins, its length and unit; null where the last day itself was set and not counted. */
  from: IsoDate | null;
  days: number | null;
  unit: DayUnit | null;
}

/** What holds the next step until somebody else has acted: as the gate of that step tells it, since when, and who can open it. */
export interface Blocker extends UnmetGate {
  /** The day since which it waits; null where it is not known. */
  since: IsoDate | null;
  /** The persons who are waited for; where there is none, whoever holds the role in one of the departments. */
  accountIds: readonly string[];
  role: Role | null;
  roleIn: readonly string[];
  /** Where they do it: a path on this site. */
  href: string;
}

/** What a notice of months ahead is about: the end of a policy's validity, or of the time until it is to be evaluated again. */
export type NoticeKind = 'expiry' | 'cycle';

/** Something that somebody must do by a day. Rooms list these; whether it is due, overdue or blocked follows from the day and is never stored. */
export interface DueItem {
  /** What makes it the same item tomorrow: `docket/<id>`. A reminder of one item is sent once for each rung. */
  key: string;
  /** `<room>.<what>`; its words are `deadlines:kind.<room>.<what>`. */
  kind: string;
  /** What it is about: the title of the policy, the call, the item of the plan. */
  title: string;
  /** Where it is done: a path on this site. */
  href: string;
  policyId: string | null;
  /** Whose matter it is. */
  departmentId: string;
  /** Who must act; null where a role must, or the public. */
  accountId: string | null;
  /** Without a named person: whoever holds this role in one of these departments. */
  role: Role | null;
  roleIn: readonly string[];
  /** The last day; null where no rule sets one, or where what holds the matter has no day. */
  dueOn: IsoDate | null;
  /** Told four weeks ahead too, for what takes preparing. */
  early?: boolean;
  /** Told six, three and one month before too: what ends a policy, or its time until the next evaluation. After it is answered only the first is sent. */
  notice?: { of: NoticeKind; answered: boolean };
  basis: DueBasis;
  /** What holds the next step, for matters that are blocked: only what waits for somebody else, for what one must do oneself is due. */
  blockedBy?: readonly Blocker[];
}

export const DUE_STATES = ['overdue', 'blocked', 'due'] as const;
export type DueState = (typeof DUE_STATES)[number];

/** The state on a day: past its last day it is overdue, whatever holds it; otherwise held, or due. */
export function dueState(item: Pick<DueItem, 'dueOn' | 'blockedBy'>, today: IsoDate): DueState {
  if (item.dueOn !== null && item.dueOn < today) return 'overdue';
  return item.blockedBy && item.blockedBy.length > 0 ? 'blocked' : 'due';
}

/** Whether this person is one of those who must act. */
export function mustAct(item: Pick<DueItem, 'accountId' | 'role' | 'roleIn'>, person: { accountId: string | null; tenantId: string | null; roles: readonly Role[] }): boolean {
  if (item.accountId !== null) return item.accountId === person.accountId;
  return item.role !== null && person.roles.includes(item.role) && person.tenantId !== null && item.roleIn.includes(person.tenantId);
}
