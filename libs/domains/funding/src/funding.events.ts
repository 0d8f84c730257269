/** What this room tells the others: types with a version, ids only. */
export const FUNDING_EVENTS = {
  callOpened: 'funding.call_opened.v1',
  applicationSubmitted: 'funding.application_submitted.v1',
  /** Checked, or offered another call: the applicant's turn or the end of it. */
  applicationChecked: 'funding.application_checked.v1',
  rerouteAnswered: 'funding.reroute_answered.v1',
  reviewAssigned: 'funding.review_assigned.v1',
  conflictDeclared: 'funding.conflict_declared.v1',
  noticePosted: 'funding.notice_posted.v1',
  objectionPosted: 'funding.objection_posted.v1',
  objectionResolved: 'funding.objection_resolved.v1',
  paid: 'funding.paid.v1',
} as const;
