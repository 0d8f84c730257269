import { type EvaluationSources, type Part, versions } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Standing } from '../domain/independence';
import { mayEvaluate } from '../domain/report';

interface Account {
  kind: Standing['kind'];
  departmentIds: string[];
}

/** The person's kind and the departments in which he works now; "not found" for a closed account, as for none. */
export async function accountOf(tx: TenantTx, accountId: string): Promise<Account> {
  const [row] = await tx.query<Account>(
    `SELECT a.kind, coalesce((SELECT array_agg(DISTINCT m.tenant_id::text) FROM membership m WHERE m.city_id = $1 AND m.account_id = a.id AND m.revoked_at IS NULL), '{}') AS "departmentIds"
     FROM account a WHERE a.city_id = $1 AND a.id = $2 AND a.disabled_at IS NULL`, [tx.cityId, accountId]);
  if (!row) throw DomainError.notFound();
  return row;
}

/** What part a person had in the making of these policies, by their versions and by what the rooms know. */
export async function partIn(tx: TenantTx, sources: EvaluationSources, policyIds: readonly string[], accountId: string): Promise<Part | null> {
  for (const policyId of policyIds) if (!mayEvaluate(accountId, await versions.find(tx, { policyId }))) return 'drafted';
  return sources.partOf(tx, policyIds, accountId);
}

/** How a person stands towards the policies of a campaign. */
export async function standingOf(tx: TenantTx, sources: EvaluationSources, policyIds: readonly string[], accountId: string): Promise<Standing> {
  const account = await accountOf(tx, accountId);
  const part = await partIn(tx, sources, policyIds, accountId);
  return { ...account, drafted: part === 'drafted', assessedBefore: part === 'assessed' };
}
