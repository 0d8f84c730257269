import { policies, type PolicyRow, type PolicyState } from '@core/policy';
import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { circulationArticle } from '../domain/articles';
import type { CirculationRow } from '../persistence/circulation.entity';
import { circulations } from '../persistence/repositories';

/** While departments may still be heard and their opinions handled; what was approved stands. */
const ON_ITS_WAY: ReadonlySet<PolicyState> = new Set(['drafting', 'consulting', 'reviewing', 'deliberating']);

const MAX_TEXT = 20_000;

export interface CirculationAtHand {
  policy: PolicyRow;
  circulation: CirculationRow;
}

/** Refuses a policy that is past hearing other departments, or not yet there. */
export function assertOnItsWay(policy: PolicyRow): void {
  if (!ON_ITS_WAY.has(policy.state)) throw new DomainError('conflict', 'circulation:error.policyPast', { article: circulationArticle(policy.kind) });
}

/**
 * A circulation that the department of the person who acts was asked in, with its policy, both shared: whoever ends it or sends the policy on
 * waits, and this act sees what they did. Not found for a department that was not asked.
 */
export async function askedAtHand(tx: TenantTx, circulationId: string): Promise<CirculationAtHand> {
  const [asked] = isId(circulationId)
    ? await tx.query<{ policyId: string }>('SELECT policy_id AS "policyId" FROM circulation_invitation WHERE city_id = $1 AND circulation_id = $2 AND tenant_id = $3', [tx.cityId, circulationId, tx.actor.tenantId])
    : [];
  if (!asked) throw DomainError.notFound();
  const policy = await policies.lockForShare(tx, asked.policyId);
  return { policy, circulation: await circulations.lockForShare(tx, circulationId) };
}

/** A text that must be there, and is no longer than a page can show. */
export function requiredWords(text: string | undefined, field: string, key: string): string {
  const words = (text ?? '').replace(/\r\n?/g, '\n').trim();
  if (words === '') throw DomainError.invalid(key, [{ field, key }]);
  if (words.length > MAX_TEXT) throw DomainError.invalid('drafting:error.long', [{ field, key: 'drafting:error.long' }]);
  return words;
}
