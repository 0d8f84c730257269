import type { IsoDate } from '@platform/kernel';

/** 无意见, 有意见, 不同意. */
export const STANCES = ['no_comment', 'comments', 'disagree'] as const;
export type ReplyStance = (typeof STANCES)[number];

/** 采纳, 部分采纳, 不采纳. */
export const HANDLINGS = ['adopted', 'partly', 'not_adopted'] as const;
export type Handling = (typeof HANDLINGS)[number];

/** 部门之间, 牵头协调, 报请本级政府决定: each is gone through before the next. */
export const LEVELS = ['departments', 'coordinator', 'government'] as const;
export type Level = (typeof LEVELS)[number];

export const COORDINATION_OUTCOMES = ['agreed', 'unresolved', 'decided'] as const;
export type CoordinationOutcome = (typeof COORDINATION_OUTCOMES)[number];

export const ANSWERS = ['confirmed', 'denied'] as const;
export type CoordinationAnswer = (typeof ANSWERS)[number];

export interface CoordinationFact {
  level: Level;
  outcome: CoordinationOutcome;
  answer: CoordinationAnswer | null;
}

/** 已复, 迟复, 待复, 逾期未复. The last is never taken for consent. */
export type ReplyState = 'replied' | 'late' | 'waiting' | 'silent';

export interface Asked {
  replyOn: IsoDate;
  closed: boolean;
  signed: boolean;
  late: boolean;
}

export function replyState({ replyOn, closed, signed, late }: Asked, today: IsoDate): ReplyState {
  if (signed) return late ? 'late' : 'replied';
  return closed || today > replyOn ? 'silent' : 'waiting';
}

/** A reply is late after its day, or once the circulation was closed. */
export const isLate = ({ replyOn, closed }: { replyOn: IsoDate; closed: boolean }, today: IsoDate): boolean => closed || today > replyOn;

/** A person ends it once every reply is in, or when the day is past; before that it would cut a department off. */
export const mayClose = ({ replyOn, asked, signed }: { replyOn: IsoDate; asked: number; signed: number }, today: IsoDate): boolean => signed === asked || today > replyOn;

/** What settled a disagreement: an agreement that the department confirmed, or a decision from above; null while it stands. */
export function settledBy(log: readonly CoordinationFact[]): 'agreement' | 'decision' | null {
  if (log.some(({ outcome }) => outcome === 'decided')) return 'decision';
  return log.some(({ outcome, answer }) => outcome === 'agreed' && answer === 'confirmed') ? 'agreement' : null;
}

/** The levels at which a disagreement may be dealt with now: those that were tried, and the next one. */
export function openLevels(log: readonly CoordinationFact[]): Level[] {
  const reached = log.reduce((highest, { level }) => Math.max(highest, LEVELS.indexOf(level)), -1);
  return LEVELS.slice(0, reached + 2);
}

/** The fields of a record that do not go together, with the message of each. */
export function coordinationFaults(record: { level: Level; outcome: CoordinationOutcome; heldOn: IsoDate }, log: readonly CoordinationFact[], today: IsoDate): { field: string; key: string }[] {
  const faults: { field: string; key: string }[] = [];
  if (!openLevels(log).includes(record.level)) faults.push({ field: 'level', key: 'circulation:error.levelOrder' });
  if (record.level === 'departments' && record.outcome === 'decided') faults.push({ field: 'outcome', key: 'circulation:error.equalsDecide' });
  if (record.heldOn > today) faults.push({ field: 'heldOn', key: 'circulation:error.heldOn' });
  return faults;
}

export interface OpinionInput {
  /** Identity of the clause; empty for the text as a whole. */
  identity: string;
  text: string;
}

/** What is missing in a reply. A department without comments has none; every other says what it means. */
export function replyFaults(stance: ReplyStance, opinions: readonly OpinionInput[]): { field: string; key: string }[] {
  if (stance === 'no_comment') return opinions.length > 0 ? [{ field: 'stance', key: 'circulation:error.noCommentHasNone' }] : [];
  return opinions.length === 0 ? [{ field: 'opinionText', key: 'circulation:error.opinionMissing' }] : [];
}
