import type { TenantTx } from '@platform/persistence';

export interface ClauseNames {
  policyTitle: string;
  /** Clause identity → its label in the text in force, as `第五条`. */
  labels: Map<string, string>;
}

/** How the clauses of a policy in force are called, for refusals and pages that name them. */
export async function clauseNames(tx: TenantTx, policyId: string): Promise<ClauseNames> {
  const rows = await tx.query<{ title: string; identity: string | null; label: string | null }>(
    `SELECT p.title, o.identity, o.label FROM policy p
     LEFT JOIN provision o ON o.city_id = p.city_id AND o.version_id = p.current_version_id
     WHERE p.city_id = $1 AND p.id = $2 ORDER BY o.seq`, [tx.cityId, policyId]);
  return {
    policyTitle: rows[0]?.title ?? '',
    labels: new Map(rows.flatMap(({ identity, label }) => (identity ? [[identity, label || identity] as const] : []))),
  };
}

/** `《…》第五条`, or the identity itself where the text has no such clause any more. */
export const articleOf = (names: ClauseNames, identity: string): string => `《${names.policyTitle}》${names.labels.get(identity) ?? identity}`;
