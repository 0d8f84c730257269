/** Kinds of document, with what the law asks of each in every city; what a city's rule pack adds is in `packs/`. */
export const POLICY_KINDS = ['normative_document', 'major_decision', 'policy_document'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

export interface KindRules {
  /** Whether the public must be asked. */
  consultation: boolean;
  /** Whether an interpretation must go out with it. */
  interpretation: boolean;
}

export const KIND_RULES: Readonly<Record<PolicyKind, KindRules>> = {
  normative_document: { consultation: true, interpretation: true },
  major_decision: { consultation: true, interpretation: true },
  policy_document: { consultation: false, interpretation: true },
};

/** What says that no step of the procedure may be left out or taken before its turn. */
export const orderArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? '《重大行政决策程序暂行条例》第七条' : '国办发〔2018〕37号');
