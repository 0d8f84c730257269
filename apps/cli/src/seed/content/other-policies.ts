import { chenghuPolicies } from './other-policies-chenghu';
import { endedPolicies } from './other-policies-ended';
import { openPolicies } from './other-policies-open';
import { reviewedPolicies } from './other-policies-review';
import type { OtherPolicyContent } from './other-policy-type';

/** Short policies of both cities; with the industry policy the first city has one in every state. */
export const otherPolicies: readonly OtherPolicyContent[] = [...openPolicies, ...reviewedPolicies, ...endedPolicies, ...chenghuPolicies];
