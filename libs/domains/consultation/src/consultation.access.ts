import type { Actor } from '@platform/kernel';
import { DomainError } from '@platform/kernel';
import type { Grants } from '@platform/identity';

export type ConsultationAction =
  | 'consultation.read' | 'consultation.open' | 'consultation.extend' | 'consultation.close' | 'consultation.answer' | 'consultation.approve'
    | 'consultation.cluster' | 'consultation.ask' | 'consultation.moderate' | 'consultation.publish_result' | 'consultation.withdraw_own' | 'consultation.register'
    | 'consultation.keep_draft' | 'consultation.appeal_own' | 'consultation.assign' | 'consultation.decide_appeal' | 'consultation.mark_read';

export const GRANTS: Grants & Record<ConsultationAction, Grants[string]> = {
  'consultation.read': ['drafter', 'department_head', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar', 'interpreter', 'overseer'],
  'consultation.appeal_own': ['enterprise', 'resident'],
  'consultation.assign': ['drafter', 'department_head'],
  'consultation.decide_appeal': ['department_head', 'overseer'],
  'consultation.mark_read': ['drafter', 'department_head'],
  'consultation.open': ['drafter'],
  'consultation.extend': ['drafter', 'department_head'],
  'consultation.close': ['drafter', 'department_head'],
  'consultation.answer': ['drafter'],
  'consultation.approve': ['department_head'],
  'consultation.cluster': ['drafter', 'department_head'],
  'consultation.ask': ['drafter'],
  'consultation.moderate': ['drafter', 'department_head'],
  'consultation.publish_result': ['drafter', 'department_head'],
  'consultation.withdraw_own': ['enterprise', 'resident'],
  'consultation.register': ['drafter', 'department_head'],
  'consultation.keep_draft': ['enterprise', 'resident', 'expert'],
};

/** Whether a person may do this to a consultation (or the policy it is about) of that department. Everything else is no. */
export function can(actor: Actor, action: ConsultationAction, object: { cityId: string; tenantId: string }): boolean {
  if (actor.cityId !== object.cityId) return false;
  if (actor.scope === 'system') return action === 'consultation.close';
  return actor.tenantId === object.tenantId && actor.roles.some((role) => GRANTS[action].includes(role));
}

/** Another department's consultation is not found; one's own without the role is forbidden. */
export function assertCan(actor: Actor, action: ConsultationAction, object: { cityId: string; tenantId: string }): void {
  if (can(actor, action, object)) return;
  throw actor.tenantId === object.tenantId && actor.cityId === object.cityId ? DomainError.forbidden() : DomainError.notFound();
}
