import type { Actor } from '@platform/kernel';
import type { Grants } from '@platform/identity';

export type InterpretationAction = 'interpretation.read' | 'interpretation.plan' | 'interpretation.write' | 'interpretation.approve';

export const GRANTS = {
  'interpretation.read': [
    'drafter', 'interpreter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar', 'evaluator', 'overseer',
  ],
  'interpretation.plan': ['drafter', 'interpreter'],
  'interpretation.write': ['interpreter'],
  'interpretation.approve': ['interpreter', 'department_head'],
} as const satisfies Grants & Record<InterpretationAction, unknown>;

/** Writing is for the policy's own department; that the approver is not the author is asked with the material in hand. */
export function can(actor: Actor, action: InterpretationAction, object: { tenantId: string }): boolean {
  return object.tenantId === actor.tenantId && actor.roles.some((role) => (GRANTS[action] as readonly string[]).includes(role));
}
