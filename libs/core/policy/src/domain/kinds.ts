/** Kinds of document, with the steps that the law asks of each. */
export const POLICY_KINDS = ['normative_document', 'major_decision', 'policy_document'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

export type Docket = 'legality' | 'fair_competition' | 'collective_deliberation';

export interface KindRules {
  /** Whether the public must be asked. */
  consultation: boolean;
  /** The reviews that must be passed, in order of the steps. */
  dockets: readonly Docket[];
  /** Whether an interpretation must go out with it. */
  interpretation: boolean;
  /** The longest time in force, in years; null where no rule sets one. */
  maxYears: number | null;
}

export const KIND_RULES: Readonly<Record<PolicyKind, KindRules>> = {
  normative_document: { consultation: true, dockets: ['legality', 'fair_competition', 'collective_deliberation'], interpretation: true, maxYears: 5 },
  major_decision: { consultation: true, dockets: ['legality', 'fair_competition', 'collective_deliberation'], interpretation: true, maxYears: null },
  policy_document: { consultation: false, dockets: ['legality', 'fair_competition', 'collective_deliberation'], interpretation: true, maxYears: 5 },
};

/** What says that no step of the procedure may be left out or taken before its turn. */
export const orderArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? '《重大行政决策程序暂行条例》第七条' : '国办发〔2018〕37号');
