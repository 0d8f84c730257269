/** A case of abolition waits for the head of the department. */
export const ABOLITION_OPENED = 'ledger.abolition_opened.v1';

export interface AbolitionOpened extends Record<string, string> {
  policyId: string;
  caseId: string;
}

/** The head decided a case, whichever way. */
export const ABOLITION_DECIDED = 'ledger.abolition_decided.v1';

/** A clean-up was opened, or a department's list was sent back: `{cleanupId, tenantId?}`. */
export const CLEANUP_ASKED = 'ledger.cleanup_asked.v1';
/** A clean-up was decided: `{cleanupId}`; the worker carries it out. */
export const CLEANUP_DECIDED = 'ledger.cleanup_decided.v1';
/** A clean-up decided that a document is amended, in the plan of a year: `{policyId, itemId, year}`; drafting takes it up. */
export const CLEANUP_AMENDS = 'ledger.cleanup_amends.v1';

/** What drafting and the spine tell, after which an amendment of a clean-up may have come further, or what stood in the way of an end be gone. */
export const MAY_ADVANCE_CLEANUPS = [
  'drafting.plan_item_proposed.v1', 'drafting.plan_item_decided.v1', 'drafting.city_plan_approved.v1', 'drafting.city_plan_changed.v1', 'policy.advanced.v1',
] as const;
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
/** A case waits for its legality review. */
export const ABOLITION_PREPARED = 'ledger.abolition_prepared.v1';

/** What evaluation emits; its payload is the contract between the rooms, which do not import each other. */
export const EVALUATION_PUBLISHED = 'evaluation.published.v1';
