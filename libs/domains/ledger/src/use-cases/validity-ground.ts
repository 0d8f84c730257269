import { type NamedClause, type PolicyRow } from '@core/policy';
import { chinaDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ValidityGround } from '../domain/validity-case';

interface Row {
  articles: NamedClause[] | null;
  repealed: string[] | null;
  evaluated: boolean;
}

/** What a proposal on a published policy is judged by, in one statement. The conclusion of an evaluation stands in the policy's own record. */
export async function validityGround(tx: TenantTx, policy: PolicyRow): Promise<ValidityGround> {
  const [row] = await tx.query<Row>(
    `SELECT (SELECT jsonb_agg(jsonb_build_object('identity', o.identity, 'label', o.label) ORDER BY o.seq) FROM provision o WHERE o.city_id = $1 AND o.version_id = $3 AND o.kind = 'article') AS articles,
       (SELECT array_agg(k.clause ->> 'identity') FROM validity_change c CROSS JOIN LATERAL jsonb_array_elements(c.clauses) AS k (clause)
        WHERE c.city_id = $1 AND c.policy_id = $2 AND c.kind = 'partly_repealed') AS repealed,
       EXISTS (SELECT 1 FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = $2 AND e.name = 'evaluation_published'
               AND e.payload::jsonb #>> '{details,conclusion}' = 'keep') AS evaluated`, [tx.cityId, policy.id, policy.currentVersionId]);
  return {
    today: chinaDate(tx.at), effectiveFrom: policy.effectiveFrom ?? '', effectiveTo: policy.effectiveTo, articles: row?.articles ?? [], repealed: new Set(row?.repealed ?? []),
    evaluated: row?.evaluated ?? false,
  };
}
