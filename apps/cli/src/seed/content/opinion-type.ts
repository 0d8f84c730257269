/** Who wrote: the n-th enterprise or resident of the city, counting from 0, or nobody named. */
export type OpinionAuthor = { kind: 'enterprise' | 'resident'; index: number } | { kind: 'anonymous' };

export interface OpinionContent {
  key: string;
  author: OpinionAuthor;
  stance: 'support' | 'oppose' | 'suggest';
  /** Clause id in the first version; null: on the whole. */
  clauseId: string | null;
  text: string;
  disposition: 'adopted' | 'partly' | 'not_adopted' | 'noted';
  reason: string;
  /** The clause that changed because of it: with `adopted` and `partly`, and only then. */
  changedClauseId?: string;
  /** Opinions of one campaign share this name. */
  campaign?: 'revenue-threshold' | 'local-products';
}
