/** A plan item waits for its decision: `{planItemId}`. */
export const PLAN_ITEM_PROPOSED = 'drafting.plan_item_proposed.v1';
/** A docket waits for its reviewer: `{policyId, docketId}`. */
export const DOCKET_OPENED = 'drafting.docket_opened.v1';
/** A docket was signed: `{policyId, docketId}`. */
export const DOCKET_SIGNED = 'drafting.docket_signed.v1';
/** A docket has a named reviewer: `{policyId, docketId}`. */
export const DOCKET_ASSIGNED = 'drafting.docket_assigned.v1';
/** An expert was given a seat: `{policyId, seatId}`. */
export const EXPERT_NAMED = 'drafting.expert_named.v1';
