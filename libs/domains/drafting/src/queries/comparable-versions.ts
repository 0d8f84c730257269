import type { TenantTx } from '@platform/persistence';

/** A version that may stand in a comparison. */
export interface ComparableVersion {
  id: string;
  no: number;
  state: 'draft' | 'submitted';
  author: string;
  at: Date;
  textHash: string | null;
  /** The policy in force that this one amends; null for a version of the policy itself. */
  amended: { title: string; documentNumber: string } | null;
}

/** The versions of a policy that one may see, newest first, and behind them the text in force of each policy that it amends. */
export async function comparableVersions(tx: TenantTx, policyId: string): Promise<ComparableVersion[]> {
  const columns = `v.id, v.no, v.state, a.display_name AS author, coalesce(v.submitted_at, v.created_at) AS at, v.text_hash AS "textHash"`;
  const author = 'JOIN account a ON a.city_id = v.city_id AND a.id = coalesce(v.submitted_by, v.created_by)';
  const own = await tx.query<ComparableVersion>(
    `SELECT ${columns}, NULL AS amended FROM policy_version v ${author} WHERE v.city_id = $1 AND v.policy_id = $2 ORDER BY v.no DESC`, [tx.cityId, policyId]);
  const amended = await tx.query<ComparableVersion>(
    `SELECT ${columns}, json_build_object('title', p.title, 'documentNumber', coalesce(p.document_number, '')) AS amended
     FROM policy_link l JOIN policy p ON p.city_id = l.city_id AND p.id = l.target_id
     JOIN policy_version v ON v.city_id = p.city_id AND v.id = p.current_version_id ${author}
     WHERE l.city_id = $1 AND l.policy_id = $2 AND l.kind = 'amends' ORDER BY p.id`, [tx.cityId, policyId]);
  return [...own, ...amended];
}
