import type { Actor } from '@platform/kernel';
import type { Grants } from '@platform/identity';
import { ASSESSOR_ROLES } from './domain/independence';

export type EvaluationAction = 'evaluation.read' | 'evaluation.write' | 'evaluation.publish' | 'evaluation.assess';

export const GRANTS = {
  'evaluation.read': ['drafter', 'interpreter', 'department_head', 'registrar', 'fund_manager', 'evaluator', 'overseer'],
  'evaluation.write': ['evaluator'],
  'evaluation.publish': ['department_head'],
  // Whoever was asked to; of what, is asked with the campaign in hand.
  'evaluation.assess': ASSESSOR_ROLES,
} as const satisfies Grants & Record<EvaluationAction, unknown>;

/** Writing is for the policy's own department; who drafted it, and that the approver is a second person, is asked with the rows in hand. */
export function can(actor: Actor, action: EvaluationAction, object: { tenantId: string }): boolean {
  return object.tenantId === actor.tenantId && actor.roles.some((role) => (GRANTS[action] as readonly string[]).includes(role));
}
