import type { Actor } from '@platform/kernel';
import type { Grants } from '@platform/identity';

export type LedgerAction = 'ledger.read' | 'ledger.read_log' | 'ledger.open_abolition' | 'ledger.settle_dependent' | 'ledger.review_abolition' | 'ledger.decide_abolition' | 'ledger.compile_book' | 'ledger.publish_book'
  | 'ledger.propose_validity' | 'ledger.decide_validity';

export const GRANTS = {
  'ledger.read': [
    'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar', 'interpreter', 'fund_manager',
    'finance_officer', 'evaluator', 'overseer', 'audit_admin',
  ],
  'ledger.read_log': ['overseer', 'audit_admin'],
  'ledger.open_abolition': ['drafter'],
  'ledger.settle_dependent': ['drafter', 'fund_manager', 'interpreter', 'evaluator'],
  'ledger.review_abolition': ['legal_reviewer'],
  'ledger.decide_abolition': ['department_head'],
  'ledger.compile_book': ['drafter', 'department_head', 'registrar', 'legal_reviewer', 'overseer'],
  'ledger.publish_book': ['department_head', 'overseer'],
  'ledger.propose_validity': ['drafter'],
  'ledger.decide_validity': ['department_head'],
} as const satisfies Grants & Record<LedgerAction, unknown>;

/** A policy is ended by its own department; that the decider is not the opener is asked with the case in hand. */
export function can(actor: Actor, action: LedgerAction, object: { tenantId: string }): boolean {
  return object.tenantId === actor.tenantId && actor.roles.some((role) => (GRANTS[action] as readonly string[]).includes(role));
}
