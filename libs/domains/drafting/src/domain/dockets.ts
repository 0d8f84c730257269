import { type Docket, KIND_RULES, type PolicyKind, type PolicyState } from '@core/policy';
import type { FieldError, Role } from '@platform/kernel';
import { ARTICLES, legalityArticle, meetingArticle } from './articles';

export const OUTCOMES = ['passed', 'returned'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What another department takes part as; the table `participation` of the spine knows the same words. */
export const CAPACITIES = ['countersign', 'legal_review', 'fair_competition_review', 'evaluation'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** Who signs a docket: the role, and as what a department must be invited so that its people with that role may sign too. */
export const SIGNERS: Readonly<Record<Docket, { role: Role; capacity: Capacity | null }>> = {
  legality: { role: 'legal_reviewer', capacity: 'legal_review' },
  fair_competition: { role: 'fair_competition_reviewer', capacity: 'fair_competition_review' },
  // The organ itself decides: its meeting is nobody else's.
  collective_deliberation: { role: 'deliberation_secretary', capacity: null },
};

/** The state of the policy in which a docket may be signed. */
export const stateOf = (docket: Docket): PolicyState => (docket === 'collective_deliberation' ? 'deliberating' : 'reviewing');

/** The reviews that a text must pass before it is deliberated. Fair-competition review is for what touches market players. */
export const reviewsBefore = (kind: PolicyKind, affectsMarket: boolean): Docket[] =>
  KIND_RULES[kind].dockets.filter((docket) => docket !== 'collective_deliberation' && (docket !== 'fair_competition' || affectsMarket));

/** The article that asks for a docket. */
export function docketArticle(docket: Docket, kind: PolicyKind): string {
  if (docket === 'fair_competition') return ARTICLES.fairCompetition;
  return docket === 'legality' ? legalityArticle(kind) : meetingArticle(kind);
}

export interface Signature {
  outcome: Outcome;
  opinion: string;
  /** The rest is for deliberation only: minutes, heads counted, and what those against said. */
  minutes?: string | undefined;
  votesFor?: number | undefined;
  votesAgainst?: number | undefined;
  votesAbstain?: number | undefined;
  dissent?: string | undefined;
}

const isCount = (value: number | undefined): boolean => value !== undefined && Number.isInteger(value) && value >= 0 && value <= 999;

/**
 * What is missing in a signature; empty when it may stand. A meeting leaves minutes and a count of votes, and its record states the dissent
 * (不同意见应当如实载明: 重大行政决策程序暂行条例 §30).
 */
export function signatureFaults(docket: Docket, signature: Signature): FieldError[] {
  const faults: FieldError[] = [];
  const need = (field: string, met: boolean, key: string): void => {
    if (!met) faults.push({ field, key });
  };
  need('opinion', signature.opinion.trim() !== '', 'drafting:error.opinionMissing');
  if (docket !== 'collective_deliberation') return faults;
  need('minutes', Boolean(signature.minutes?.trim()), 'drafting:error.minutesMissing');
  need('votesFor', isCount(signature.votesFor), 'drafting:error.votesMissing');
  need('votesAgainst', isCount(signature.votesAgainst), 'drafting:error.votesMissing');
  need('votesAbstain', isCount(signature.votesAbstain), 'drafting:error.votesMissing');
  need('dissent', (signature.votesAgainst ?? 0) === 0 || Boolean(signature.dissent?.trim()), 'drafting:error.dissentMissing');
  return faults;
}
