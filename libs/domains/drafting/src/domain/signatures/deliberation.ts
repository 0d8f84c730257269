import type { Outcome } from '../dockets';
import { ARTICLES } from '../articles';
import { Faults, filled, type Judge, type Signature, words } from './signature';

/** 通过, 原则通过（修改后）, 不通过, 再次讨论, 搁置. */
export const DECISIONS = ['adopted', 'adopted_in_principle', 'rejected', 'again', 'shelved'] as const;
export type Decision = (typeof DECISIONS)[number];
/** 常务会议, 全体会议 of a government; 办公会议 of a department. */
export const MEETINGS = ['executive', 'plenary', 'bureau'] as const;

const OUTCOME: Readonly<Record<Decision, Outcome>> = { adopted: 'passed', adopted_in_principle: 'returned', rejected: 'returned', again: 'deferred', shelved: 'deferred' };

const isCount = (value: number | undefined): value is number => value !== undefined && Number.isInteger(value) && value >= 0 && value <= 999;

/** Whether a decision goes against what most of those present said. */
function againstMajority(decision: string, votesFor: number, present: number): boolean {
  const majority = votesFor * 2 > present;
  if (decision === 'adopted' || decision === 'adopted_in_principle') return !majority;
  return decision === 'rejected' && majority;
}

/** The kinds of meeting at which it may be decided: a government's, or a department's own. */
export const meetingsFor = (issuer: 'department' | 'government'): readonly string[] => MEETINGS.filter((meeting) => (meeting === 'bureau') === (issuer === 'department'));

/**
 * 集体审议: the record of a meeting. Dissent stands in it (不同意见应当如实载明), the head spoke last, and gave his reasons where he decided against
 * the majority (重大行政决策程序暂行条例 §30); the party committee was asked before (§31).
 */
export const judgeDeliberation: Judge = (signature, { policyKind, facts, today, article }) => {
  const faults = new Faults();
  const { conclusion, votesFor, votesAgainst, votesAbstain, members, present } = signature;
  faults.need('conclusion', DECISIONS.some((known) => known === conclusion), 'conclusion', article);
  faults.need('meeting', meetingsFor(facts.issuer).some((known) => known === signature.meeting), `meeting_${facts.issuer}`, article);
  faults.need('heldOn', filled(signature.heldOn) && (signature.heldOn ?? '') <= today, 'heldOn', article);
  faults.need('members', isCount(members) && members > 0, 'members', article);
  faults.need('present', isCount(present) && present > 0 && present <= (members ?? 0), 'present', article);
  faults.need('minutes', filled(signature.minutes), 'minutes', article);
  for (const field of ['votesFor', 'votesAgainst', 'votesAbstain'] as const) faults.need(field, isCount(signature[field]), 'votes', article);
  if (isCount(votesFor) && isCount(votesAgainst) && isCount(votesAbstain) && isCount(present)) {
    faults.need('votesFor', votesFor + votesAgainst + votesAbstain <= present, 'moreVotes', article);
    faults.need('majorityReason', !againstMajority(conclusion, votesFor, present) || filled(signature.majorityReason), 'majorityReason', article);
  }
  faults.need('dissent', (votesAgainst ?? 0) === 0 || filled(signature.dissent), 'dissent', article);
  faults.need('headLast', signature.headLast === true, 'headLast', article);
  faults.need('partyReport', policyKind !== 'major_decision' || conclusion !== 'adopted' || filled(signature.partyReport), 'partyReport', ARTICLES.partyReport);
  faults.need('changes', conclusion !== 'adopted_in_principle' || filled(signature.changes), 'changes', article);
  return { outcome: OUTCOME[conclusion as Decision] ?? 'returned', record: recordOf(signature), faults: faults.list };
};

const recordOf = (signature: Signature): Record<string, unknown> => ({
  conclusion: signature.conclusion, meeting: signature.meeting, heldOn: signature.heldOn, members: signature.members, present: signature.present,
  headLast: signature.headLast === true, majorityReason: words(signature.majorityReason), partyReport: words(signature.partyReport), changes: words(signature.changes),
});
