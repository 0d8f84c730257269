import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { CallState } from '../domain/call';

export interface PublicProgrammeCall {
  callId: string;
  title: string;
  state: CallState;
  closesAt: Date;
  /** The clause that grants the money. */
  clauseIdentity: string;
}

/** The public calls under one policy, with the clause that each stands on, newest first. */
export async function publicCallsOfPolicy(reader: PublicReader, cityId: string, policyId: string): Promise<PublicProgrammeCall[]> {
  if (!isId(policyId)) throw DomainError.notFound();
  return reader.query<PublicProgrammeCall>(
    `SELECT c.id AS "callId", c.title, c.state, least(c.closes_at, c.intake_ends_at) AS "closesAt", p.clause_identity AS "clauseIdentity"
     FROM funding_call c JOIN fund_programme p ON p.city_id = c.city_id AND p.id = c.programme_id
     WHERE c.city_id = $1 AND c.policy_id = $2 AND c.state <> 'draft' ORDER BY c.closes_at DESC, c.id DESC LIMIT 20`, [cityId, policyId]);
}
