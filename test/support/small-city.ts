import { PolicyModule } from '@core/policy';
import { EvaluationModule } from '@domains/evaluation';
import { InterpretationModule } from '@domains/interpretation';
import { LedgerModule } from '@domains/ledger';
import { type Actor, type Role, systemActor } from '@platform/kernel';
import { type Office, openOffice } from './office';
import { insertPolicy, insertVersion, type NewPolicy } from './policies';

export interface SmallCity extends Omit<Office, 'person'> {
  system: Actor;
  /** A new person of the drafting department, or of another, with these roles. */
  person(roles: Role[], tenantId?: string): Promise<Actor>;
  /** A policy of the drafting department in a state, with no version. */
  policy(values?: Partial<NewPolicy>): Promise<string>;
  /** A submitted version whose articles have these texts; identities are `a1`, `a2` … Answers its text hash. */
  version(policyId: string, articles: string[], by: Actor): Promise<string>;
}

/** The rooms of a policy's later life alone, whose gates are then the only ones. */
export async function openSmallCity(): Promise<SmallCity> {
  const office = await openOffice(PolicyModule, InterpretationModule, EvaluationModule, LedgerModule);
  const person = (roles: Role[], tenantId?: string): Promise<Actor> => office.person(roles.join(' '), roles, tenantId);
  const home = { cityId: office.cityId, tenantId: office.drafting, keeperId: (await person(['drafter'])).accountId as string };
  return {
    ...office, person, system: systemActor(office.cityId),
    policy: (values) => insertPolicy(office.unitOfWork, home, values),
    version: (policyId, articles, by) => insertVersion(office.unitOfWork, home, policyId, articles, by.accountId as string),
  };
}
