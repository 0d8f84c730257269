import type { Grants } from '@platform/identity';
import type { Actor } from '@platform/kernel';

/**
 * A department's head sets what holds for the department, who oversees the city what holds for all departments; who oversees confirms, and never
 * what he set himself. Everybody on the staff may read.
 */
export const STATUTES_GRANTS = {
  'statutes.read': [
    'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar', 'interpreter', 'fund_manager',
    'finance_officer', 'evaluator', 'overseer', 'audit_admin',
  ],
  'statutes.override': ['department_head', 'overseer'],
  'statutes.confirm': ['overseer'],
} as const satisfies Grants;

export const mayDo = (actor: Actor, action: keyof typeof STATUTES_GRANTS): boolean =>
  actor.roles.some((role) => (STATUTES_GRANTS[action] as readonly string[]).includes(role));
