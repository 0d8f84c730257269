import type { Docket } from '@core/policy';
import { type Actor, DomainError } from '@platform/kernel';
import type { Grants } from '@platform/identity';
import { type Capacity, SIGNERS } from './domain/dockets';

const STAFF = [
  'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'argument_convener', 'risk_assessor', 'deliberation_secretary', 'registrar',
  'interpreter', 'fund_manager', 'finance_officer', 'evaluator', 'overseer',
] as const;

const REVIEWERS = ['legal_reviewer', 'fair_competition_reviewer', 'argument_convener', 'risk_assessor', 'deliberation_secretary'] as const;

/** Which role may do which action of this room. */
export const GRANTS = {
  'drafting.read': STAFF,
  'drafting.read_plan': STAFF,
  'drafting.read_register': STAFF,
  'drafting.propose': ['drafter', 'department_head'],
  'drafting.decide_plan': ['department_head'],
  'drafting.city_plan': ['overseer'],
  'drafting.change_plan': ['department_head', 'overseer'],
  'drafting.write': ['drafter'],
  'drafting.review': REVIEWERS,
  'drafting.assign': ['department_head', ...REVIEWERS],
  'drafting.attach': ['drafter', ...REVIEWERS],
  'drafting.coordinate': ['drafter', 'overseer'],
  'drafting.reply': ['drafter', 'department_head'],
  'drafting.sign_reply': ['department_head'],
  'drafting.argue': ['expert'],
  'drafting.approve': ['department_head'],
  'drafting.withdraw': ['department_head'],
  'drafting.publish': ['registrar'],
} as const satisfies Grants;

export type DraftingAction = keyof typeof GRANTS;

/**
 * Whether a person may do an action to a matter of this room. No by default; a matter of another department only where that department was
 * invited (`invitedAs`), and then to read and to review.
 */
export function can(actor: Actor, action: DraftingAction, matter: { tenantId: string }, invitedAs: readonly Capacity[] = []): boolean {
  const roles: readonly string[] = GRANTS[action];
  if (!actor.roles.some((role) => roles.includes(role))) return false;
  if (actor.tenantId === matter.tenantId) return true;
  return invitedAs.length > 0 && ['drafting.read', 'drafting.review', 'drafting.assign', 'drafting.attach'].includes(action);
}

/**
 * Whether a person may sign a docket, as far as roles go: the docket's own role, in the drafting department or in one invited to this very
 * review. That he had no hand in the text is asked of the record.
 */
export function canSign(actor: Actor, docket: Docket, matter: { tenantId: string }, invitedAs: readonly Capacity[]): boolean {
  const { role, capacity } = SIGNERS[docket];
  const invited = capacity !== null && invitedAs.includes(capacity);
  return can(actor, 'drafting.review', matter, invitedAs) && actor.roles.includes(role) && (actor.tenantId === matter.tenantId || invited);
}

/** Refuses whoever does not oversee the city: its plan belongs to no department. */
export function assertOverseer(actor: Actor): void {
  if (actor.scope !== 'city' || !actor.roles.includes('overseer')) throw DomainError.forbidden();
}

/** Refuses what `can` refuses: another department's matter is not found, one's own without the role is forbidden. */
export function assertCan(actor: Actor, action: DraftingAction, matter: { tenantId: string }): void {
  if (actor.tenantId !== matter.tenantId) throw DomainError.notFound();
  if (!can(actor, action, matter)) throw DomainError.forbidden();
}
