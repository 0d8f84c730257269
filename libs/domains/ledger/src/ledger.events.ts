/** A case of abolition waits for the head of the department. */
export const ABOLITION_OPENED = 'ledger.abolition_opened.v1';

export interface AbolitionOpened extends Record<string, string> {
  policyId: string;
  caseId: string;
}

/** The head decided a case, whichever way. */
export const ABOLITION_DECIDED = 'ledger.abolition_decided.v1';

/** A period of the scorecard was closed: departments may object for some days. */
export const SCORES_CLOSED = 'ledger.scores_closed.v1';
/** A period of the scorecard was published to all departments. */
export const SCORES_PUBLISHED = 'ledger.scores_published.v1';

export interface ScoresClosed extends Record<string, string> {
  periodId: string;
}

/** An appeal against a case of the scorecard was decided, whichever way. */
export const SCORE_APPEAL_DECIDED = 'ledger.score_appeal_decided.v1';

export interface ScoreAppealDecided extends Record<string, string> {
  appealId: string;
}

/** What evaluation emits; its payload is the contract between the rooms, which do not import each other. */
export const EVALUATION_PUBLISHED = 'evaluation.published.v1';
