/** A plan item waits for its decision: `{planItemId}`. */
export const PLAN_ITEM_PROPOSED = 'drafting.plan_item_proposed.v1';
/** The head took an item into the plan of his department, or refused it: `{planItemId}`. */
export const PLAN_ITEM_DECIDED = 'drafting.plan_item_decided.v1';
/** An entry of a city's plan was refused, put off or taken off, or added to it: `{planId}`. */
export const CITY_PLAN_CHANGED = 'drafting.city_plan_changed.v1';
/** A city's plan for a year was approved: `{planId}`. */
export const CITY_PLAN_APPROVED = 'drafting.city_plan_approved.v1';
/** A supplement or a cancellation waits for the overseer: `{planId, changeId}`. */
export const PLAN_CHANGE_REQUESTED = 'drafting.plan_change_requested.v1';
/** A docket waits for its reviewer: `{policyId, docketId}`. */
export const DOCKET_OPENED = 'drafting.docket_opened.v1';
/** A docket was signed: `{policyId, docketId}`. */
export const DOCKET_SIGNED = 'drafting.docket_signed.v1';
/** A docket has a named reviewer: `{policyId, docketId}`. */
export const DOCKET_ASSIGNED = 'drafting.docket_assigned.v1';
/** Other departments were asked for their opinion: `{policyId, circulationId}`. */
export const CIRCULATION_OPENED = 'drafting.circulation_opened.v1';
/** An asked department signed its reply: `{policyId, circulationId, replyId}`. */
export const CIRCULATION_REPLIED = 'drafting.circulation_replied.v1';
/** A coordination of a disagreement was recorded: `{policyId, coordinationId}`. */
export const COORDINATION_RECORDED = 'drafting.coordination_recorded.v1';
/** An expert was given a seat: `{policyId, seatId}`. */
export const EXPERT_NAMED = 'drafting.expert_named.v1';
