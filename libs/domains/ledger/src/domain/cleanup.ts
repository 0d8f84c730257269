import { POLICY_KINDS, type PolicyKind } from '@core/policy';
import { type FieldError, isDay, isId, type IsoDate, TransitionTable } from '@platform/kernel';

export const CLEANUP_TRIGGERS = ['periodic', 'statute', 'instruction'] as const;
export type CleanupTrigger = (typeof CLEANUP_TRIGGERS)[number];
export const PROPOSALS = ['keep', 'amend', 'abolish', 'lapse'] as const;
export type Proposal = (typeof PROPOSALS)[number];
/** What was decided: what was proposed, or that the document had ended otherwise meanwhile. */
export type Outcome = Proposal | 'ended';
export type CleanupState = 'running' | 'decided' | 'cancelled';
export type SheetState = 'open' | 'signed' | 'agreed';
export type Effect = 'pending' | 'held' | 'taken_up' | 'done' | 'refused';

/** 规范性文件一般每隔两年清理一次，清理结果向社会公布。 */
export const CLEANUP_ARTICLE = '国发〔2010〕33号';

export const CLEANUP_LIFE = new TransitionTable<CleanupState, 'decide' | 'cancel'>('cleanup', {
  initial: 'running', final: ['decided', 'cancelled'], states: ['running', 'decided', 'cancelled'],
  transitions: [{ name: 'decide', from: ['running'], to: 'decided' }, { name: 'cancel', from: ['running'], to: 'cancelled' }],
});

/** What was agreed is opened again only by a document that comes in later. */
export const SHEET_LIFE = new TransitionTable<SheetState, 'sign' | 'agree' | 'send_back' | 'reopen'>('cleanup_sheet', {
  initial: 'open', final: [], states: ['open', 'signed', 'agreed'],
  transitions: [
    { name: 'sign', from: ['open'], to: 'signed' }, { name: 'agree', from: ['signed'], to: 'agreed' }, { name: 'send_back', from: ['signed'], to: 'open' },
    { name: 'reopen', from: ['open', 'signed', 'agreed'], to: 'open' },
  ],
});

/** Which documents of the effective list are cleaned up; what is empty does not narrow. */
export interface CleanupScope {
  departmentIds: string[];
  kinds: PolicyKind[];
  publishedFrom: IsoDate | null;
  publishedTo: IsoDate | null;
  /** Stand in the title or the text. */
  words: string;
}

export interface CleanupOpening {
  title: string;
  trigger: CleanupTrigger;
  reason: string;
  scope: CleanupScope;
  /** Last days for the departments' signed lists and for the joint check. */
  proposeBy: IsoDate;
  checkBy: IsoDate;
}

export const WORDS_MAX = 50;
const DEPARTMENTS_MAX = 200;

/** What is wrong with an opening on a day. */
export function openingFaults({ title, trigger, reason, scope, proposeBy, checkBy }: CleanupOpening, today: IsoDate): FieldError[] {
  const { fault, faults } = collector();
  if (!title.trim() || title.trim().length > 100) fault('title', 'titleNeeded');
  if (!CLEANUP_TRIGGERS.includes(trigger)) fault('trigger', 'triggerNeeded');
  if (!reason.trim()) fault('reason', 'reasonNeeded');
  if (scope.departmentIds.length > DEPARTMENTS_MAX || !scope.departmentIds.every(isId)) fault('departmentIds', 'noDepartment');
  if (!scope.kinds.every((kind) => POLICY_KINDS.includes(kind))) fault('kinds', 'noKind');
  if (scope.words.length > WORDS_MAX) fault('words', 'wordsLong');
  for (const field of ['publishedFrom', 'publishedTo'] as const) if (scope[field] !== null && !isDay(scope[field])) fault(field, 'badDay');
  if (scope.publishedFrom && scope.publishedTo && scope.publishedFrom > scope.publishedTo) fault('publishedTo', 'daysTurned');
  if (!isDay(proposeBy)) fault('proposeBy', 'badDay');
  else if (proposeBy < today) fault('proposeBy', 'inPast');
  if (!isDay(checkBy)) fault('checkBy', 'badDay');
  else if (checkBy < proposeBy) fault('checkBy', 'checkBefore');
  return faults;
}

export interface ProposalContent {
  proposal: Proposal;
  reason: string;
  /** Of an amendment: what, and the last day on which it is done. */
  amendWhat: string;
  amendBy: IsoDate | null;
  /** Of an end: the first day on which the document no longer holds; null for the day of the decision. */
  effectOn: IsoDate | null;
  replacedBy: string | null;
}

/** The document as the proposal finds it. */
export interface ProposalGround {
  today: IsoDate;
  effectiveFrom: IsoDate;
  effectiveTo: IsoDate | null;
}

export const ENDS: readonly (Proposal | Outcome | null)[] = ['abolish', 'lapse'];

/** What is wrong with a proposal. */
export function cleanupProposalFaults({ proposal, reason, amendWhat, amendBy, effectOn }: ProposalContent, ground: ProposalGround): FieldError[] {
  const { fault, faults } = collector();
  if (!PROPOSALS.includes(proposal)) fault('proposal', 'proposalNeeded');
  if (!reason.trim()) fault('reason', 'reasonNeeded');
  if (proposal === 'amend') {
    if (!amendWhat.trim()) fault('amendWhat', 'amendWhatNeeded');
    if (!amendBy || !isDay(amendBy)) fault('amendBy', 'badDay');
    else if (amendBy < ground.today) fault('amendBy', 'inPast');
    else if (Number(amendBy.slice(0, 4)) > Number(ground.today.slice(0, 4)) + 5) fault('amendBy', 'tooFar');
  }
  if (ENDS.includes(proposal) && effectOn) {
    if (!isDay(effectOn)) fault('effectOn', 'badDay');
    else if (effectOn < ground.today) fault('effectOn', 'inPast');
    else if (ground.effectiveTo !== null && effectOn > ground.effectiveTo) fault('effectOn', 'endsBefore');
    else if (effectOn <= ground.effectiveFrom) fault('effectOn', 'notBegun');
  }
  return faults;
}

/** The first day without the document: the one that was proposed, never one before the day on which it is carried out. */
export const endDay = (effectOn: IsoDate | null, today: IsoDate): IsoDate => (effectOn !== null && effectOn > today ? effectOn : today);

export interface CleanupDecision {
  /** 发文字号 of the decision. */
  number: string;
  /** What the public is told. */
  text: string;
}

export function cleanupDecisionFaults({ number, text }: CleanupDecision): FieldError[] {
  const { fault, faults } = collector();
  if (!number.trim() || number.trim().length > 60) fault('number', 'numberNeeded');
  if (!text.trim()) fault('text', 'textNeeded');
  return faults;
}

function collector(): { faults: FieldError[]; fault: (field: string, key: string) => void } {
  const faults: FieldError[] = [];
  return { faults, fault: (field, key) => { faults.push({ field, key: `cleanup:error.${key}` }); } };
}

/** What makes a case of abolition, or an item of the plan, that of a clean-up's item. */
export const cleanupKey = (itemId: string): string => `cleanup/${itemId}`;
