import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Disposition, namesClause } from '../domain/figures';
import { requiredText } from '../domain/opinion-text';
import type { OpinionAnswerRow } from '../persistence/opinion.entity';

export interface AnswerInput {
  disposition: Disposition;
  /** Compulsory whatever the disposition; published with the result. */
  reason: string;
  /** Identity of the clause that changes; needed for adopted and partly adopted opinions, and only for them. */
  adoptedIdentity?: string;
}

export type AnswerContent = Pick<OpinionAnswerRow, 'disposition' | 'reason' | 'adoptedIdentity' | 'answeredBy' | 'answeredAt' | 'approvedBy' | 'approvedAt'>;

const MAX_REASON = 5000;

/** What an answer says, by whom and when, not yet approved: the same rules whether it is given to one opinion or to a cluster. */
export async function answerContent(tx: TenantTx, policyId: string, input: AnswerInput): Promise<AnswerContent> {
  const adoptedIdentity = await requireClause(tx, policyId, input);
  return {
    disposition: input.disposition, reason: requiredText(input.reason, 'reason', MAX_REASON), adoptedIdentity,
    answeredBy: tx.actor.accountId ?? '', answeredAt: tx.at, approvedBy: null, approvedAt: null,
  };
}

/** The identity that an adopted opinion names: a clause of any version of the policy, as a new clause may be what it led to. */
async function requireClause(tx: TenantTx, policyId: string, { disposition, adoptedIdentity }: AnswerInput): Promise<string | null> {
  if (!namesClause(disposition)) return null;
  const [known] = adoptedIdentity
    ? await tx.query(
      `SELECT 1 FROM policy_version v JOIN provision p ON p.city_id = v.city_id AND p.version_id = v.id
       WHERE v.city_id = $1 AND v.policy_id = $2 AND p.identity = $3 LIMIT 1`, [tx.cityId, policyId, adoptedIdentity])
    : [];
  if (!known) throw DomainError.invalid('consultation:error.nameClause', [{ field: 'adoptedIdentity', key: 'consultation:error.nameClause' }]);
  return adoptedIdentity ?? null;
}
