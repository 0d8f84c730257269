import { canonicalJson, type FieldError, type IsoDate, sha256Hex } from '@platform/kernel';
import { type Conclusion, CONCLUSIONS } from './report';

/**
 * What a report of a campaign says in words: how it was evaluated, how the policy was carried out, its problems and their causes, what is advised
 * (《山东省重大行政决策程序规定》第五十七条 lists these four).
 */
export const SECTIONS = ['process', 'practice', 'problems', 'advice'] as const;
export type Section = (typeof SECTIONS)[number];

/** What is to be done with one clause, and why. */
export interface ClauseProposal {
  clauseId: string;
  proposal: Conclusion;
  reason: string;
}

export interface CampaignReportContent {
  sections: Readonly<Record<Section, string>>;
  conclusion: Conclusion | null;
  reason: string;
  clauses: readonly ClauseProposal[];
  /** When a policy that stays is looked at again. */
  nextReviewOn: IsoDate | null;
}

const MAX_SECTION = 8000;
const MAX_REASON = 4000;

/** What is wrong with a report in the form it has; of one that is handed in, also what it lacks: each section, a conclusion with its reason, and for an amendment the clauses. */
export function reportFaults(content: CampaignReportContent, clauseIds: ReadonlySet<string>, today: IsoDate, submit: boolean): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): void => {
    faults.push({ field, key });
  };
  for (const section of SECTIONS) {
    if (content.sections[section].length > MAX_SECTION) fault(section, 'evaluation:error.tooLong');
    if (submit && !content.sections[section].trim()) fault(section, 'appraisal:error.section');
  }
  if (content.reason.length > MAX_REASON) fault('reason', 'evaluation:error.tooLong');
  const seen = new Set<string>();
  for (const [at, { clauseId, proposal, reason }] of content.clauses.entries()) {
    if (!clauseIds.has(clauseId) || seen.has(clauseId)) fault(`clause${at}`, 'appraisal:error.clause');
    seen.add(clauseId);
    if (!CONCLUSIONS.includes(proposal)) fault(`proposal${at}`, 'evaluation:error.conclusionNeeded');
    if (!reason.trim() || reason.length > MAX_REASON) fault(`clauseReason${at}`, 'appraisal:error.clauseReason');
  }
  if (!submit) return faults;
  if (!content.conclusion) fault('conclusion', 'evaluation:error.conclusionNeeded');
  if (!content.reason.trim()) fault('reason', 'evaluation:error.reasonNeeded');
  if (content.conclusion === 'amend' && content.clauses.every(({ proposal }) => proposal === 'keep')) fault('clause0', 'appraisal:error.clausesNeeded');
  if (content.conclusion === 'keep' && content.clauses.some(({ proposal }) => proposal !== 'keep')) fault('conclusion', 'appraisal:error.keepsAll');
  if (content.conclusion === 'keep' && !content.nextReviewOn) fault('nextReviewOn', 'evaluation:error.nextReviewNeeded');
  if (content.conclusion === 'keep' && content.nextReviewOn && content.nextReviewOn <= today) fault('nextReviewOn', 'evaluation:error.nextReviewPast');
  return faults;
}

/** An edition as it is kept and signed: its text and the SHA-256 of it. The same content gives the same hash. */
export function seal(content: unknown): { content: string; hash: string } {
  const text = canonicalJson(content);
  return { content: text, hash: sha256Hex(text) };
}
