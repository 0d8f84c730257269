import type { FactsInput } from '@domains/drafting';
import type { PolicyKind, PolicyState } from '@core/policy';
import type { CityCode, DepartmentKey } from './keys';

/** A report that an evaluator files: three sides with their ratings from 0 to 100, and what follows. */
export interface EvaluationContent {
  conclusion: 'keep' | 'amend' | 'abolish';
  summary: string;
  reason: string;
  ratings: Readonly<Record<'department' | 'authority' | 'enterprises', { rating: number; evidence: string }>>;
}

export interface OtherPolicyContent {
  key: string;
  city: CityCode;
  department: DepartmentKey;
  /** The state in which the demonstration leaves it. */
  state: PolicyState;
  kind: PolicyKind;
  affectsMarket: boolean;
  title: string;
  titleEn: string;
  summary: string;
  topics: readonly string[];
  audience: readonly string[];
  /** Null for a policy that is only planned: it has no draft yet. */
  text: string | null;
  /** Null as long as there is no draft. */
  draftingNote: string | null;
  /** The text interpretation; null before the department has written it. */
  interpretation: string | null;
  /** Three sentences at most; for those that ask the public. */
  purpose?: string;
  /** Years in force from publication; null where the dates below say it. */
  validYears: number | null;
  /** Days that the text itself names. */
  inForce?: { from: string; to: string };
  evaluation?: EvaluationContent;
  /** Why it ends before its time: for abolished and withdrawn ones. */
  endReason?: string;
  /** What its reviews follow from, where they differ from the usual. */
  facts?: FactsInput;
  /** Key of the policy that it amends and leaves in force. */
  amends?: string;
  /** Key of the policy that replaces it. */
  supersededBy?: string;
}
