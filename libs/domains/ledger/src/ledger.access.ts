import { type Actor, DomainError } from '@platform/kernel';
import type { Grants } from '@platform/identity';

export type LedgerAction = 'ledger.read' | 'ledger.oversee' | 'ledger.read_log' | 'ledger.open_abolition' | 'ledger.settle_dependent' | 'ledger.review_abolition' | 'ledger.decide_abolition' | 'ledger.compile_book' | 'ledger.publish_book'
  | 'ledger.propose_validity' | 'ledger.decide_validity'
  | 'ledger.read_cleanup' | 'ledger.propose_cleanup' | 'ledger.sign_cleanup' | 'ledger.answer_cleanup' | 'ledger.run_cleanup'
  | 'ledger.read_scorecard' | 'ledger.keep_scorecard' | 'ledger.appeal_score';

export const GRANTS = {
  'ledger.read': [
    'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar', 'interpreter', 'fund_manager',
    'finance_officer', 'evaluator', 'overseer', 'audit_admin',
  ],
  'ledger.oversee': ['overseer'],
  'ledger.read_log': ['overseer', 'audit_admin'],
  'ledger.open_abolition': ['drafter'],
  'ledger.settle_dependent': ['drafter', 'fund_manager', 'interpreter', 'evaluator'],
  'ledger.review_abolition': ['legal_reviewer'],
  'ledger.decide_abolition': ['department_head'],
  'ledger.compile_book': ['drafter', 'department_head', 'registrar', 'legal_reviewer', 'overseer'],
  'ledger.publish_book': ['department_head', 'overseer'],
  'ledger.propose_validity': ['drafter'],
  'ledger.decide_validity': ['department_head'],
  'ledger.read_cleanup': ['drafter', 'department_head', 'registrar', 'legal_reviewer', 'overseer', 'audit_admin'],
  'ledger.propose_cleanup': ['drafter', 'registrar'],
  'ledger.sign_cleanup': ['department_head'],
  'ledger.answer_cleanup': ['department_head', 'legal_reviewer'],
  'ledger.run_cleanup': ['overseer'],
  'ledger.read_scorecard': [
    'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar', 'interpreter', 'evaluator', 'overseer', 'audit_admin',
  ],
  'ledger.keep_scorecard': ['overseer'],
  'ledger.appeal_score': ['drafter', 'department_head'],
} as const satisfies Grants & Record<LedgerAction, unknown>;

/** A policy is ended by its own department; that the decider is not the opener is asked with the case in hand. */
export function can(actor: Actor, action: LedgerAction, object: { tenantId: string }): boolean {
  return object.tenantId === actor.tenantId && actor.roles.some((role) => (GRANTS[action] as readonly string[]).includes(role));
}

/** Clean-ups and the scorecard are kept for the whole city: by its overseers, whichever department they sit in, and not by auditors, who see as much. */
export const oversees = (actor: Actor): boolean => actor.accountId !== null && actor.scope === 'city' && actor.roles.includes('overseer');

export function assertOversees(actor: Actor): string {
  if (!actor.accountId || !oversees(actor)) throw DomainError.forbidden();
  return actor.accountId;
}
