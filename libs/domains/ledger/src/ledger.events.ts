/** A case of abolition waits for the head of the department. */
export const ABOLITION_OPENED = 'ledger.abolition_opened.v1';

export interface AbolitionOpened extends Record<string, string> {
  policyId: string;
  caseId: string;
}

/** The head decided a case, whichever way. */
export const ABOLITION_DECIDED = 'ledger.abolition_decided.v1';

/** A case waits for its legality review. */
export const ABOLITION_PREPARED = 'ledger.abolition_prepared.v1';

/** What evaluation emits; its payload is the contract between the rooms, which do not import each other. */
export const EVALUATION_PUBLISHED = 'evaluation.published.v1';
