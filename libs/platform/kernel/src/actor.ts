/** Roles of the mission: each is granted to a person in one department, or belongs to a kind of account. */
export const ROLES = [
  'drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'argument_convener', 'risk_assessor', 'deliberation_secretary', 'registrar',
  'interpreter', 'fund_manager', 'finance_officer', 'evaluator', 'overseer',
  'system_admin', 'security_admin', 'audit_admin',
  'enterprise', 'resident', 'expert',
] as const;
export type Role = (typeof ROLES)[number];

/** How far a transaction may see: one's own department and matters, the whole city (reading), or the machinery itself. */
export type Scope = 'own' | 'city' | 'system';

/** Who acts: a person of one city, in one department or in none; or the machinery of that city. */
export interface Actor {
  readonly cityId: string;
  /** The department (tenant) in which the person acts; null for enterprises, residents, experts and the machinery. */
  readonly tenantId: string | null;
  /** Null for the machinery. */
  readonly accountId: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scope: Scope;
}

/** The machinery of one city: relay, schedules, seeds. It acts under its own name in the audit log. */
export function systemActor(cityId: string, tenantId: string | null = null): Actor {
  return { cityId, tenantId, accountId: null, name: 'system', roles: [], scope: 'system' };
}

/** Somebody who has not signed in, on the pages of one city. */
export function anonymousActor(cityId: string): Actor {
  return { cityId, tenantId: null, accountId: null, name: 'anonymous', roles: [], scope: 'own' };
}
