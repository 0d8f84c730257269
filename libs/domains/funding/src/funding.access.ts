import { type Actor, DomainError, type Role } from '@platform/kernel';
import type { Grants } from '@platform/identity';

/** Which roles come through which door; the second pair of eyes is asked for in each use case, by person. */
export const GRANTS: Grants = {
  'funding.read': ['fund_manager', 'finance_officer', 'department_head', 'overseer', 'drafter'],
  'funding.manage': ['fund_manager'],
  'funding.decide': ['department_head'],
  'funding.pay': ['finance_officer'],
  'funding.resolve': ['fund_manager', 'department_head'],
  'funding.review': ['expert'],
  'application.submit': ['enterprise'],
  'objection.post': ['enterprise', 'resident'],
};

const allows = (action: string, roles: readonly Role[]): boolean => roles.some((role) => GRANTS[action]?.includes(role) ?? false);

/** Whether a member of staff may do this with something of this department; anything unknown is no. */
export function can(actor: Actor, action: keyof typeof GRANTS & string, object: { tenantId: string }): boolean {
  return actor.tenantId === object.tenantId && allows(action, actor.roles);
}

/** As `can`, and refuses: another department's object is not found, a missing role is forbidden. */
export function requireStaff(actor: Actor, action: string, object: { tenantId: string }): asserts actor is Actor & { accountId: string; tenantId: string } {
  if (actor.tenantId !== object.tenantId || !actor.accountId) throw DomainError.notFound();
  if (!can(actor, action, object)) throw DomainError.forbidden();
}

/** For applicants and experts, who stand in no department. */
export function requireRole(actor: Actor, action: string): asserts actor is Actor & { accountId: string } {
  if (!actor.accountId || !allows(action, actor.roles)) throw DomainError.forbidden();
}
