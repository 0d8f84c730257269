import { canonicalJson, sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Disposition } from '../domain/figures';

/** One answer that some members of a cluster got, word for word. */
export interface ClusterAnswer {
  /** Tells this wording from any other: whoever approves names what was read. */
  key: string;
  disposition: Disposition;
  reason: string;
  adoptedIdentity: string | null;
  answeredBy: string;
  answeredByName: string;
  /** Answers of this wording that wait for a second person. */
  pendingIds: string[];
  approved: number;
}

/** The answers that the members of a cluster have, by wording, the most frequent first. */
export async function clusterAnswers(tx: TenantTx, clusterId: string): Promise<ClusterAnswer[]> {
  const rows = await tx.query<Omit<ClusterAnswer, 'key'>>(
    `SELECT a.disposition, a.reason, a.adopted_identity AS "adoptedIdentity", a.answered_by AS "answeredBy", x.display_name AS "answeredByName",
       coalesce(array_agg(a.id ORDER BY a.id) FILTER (WHERE a.approved_at IS NULL), '{}') AS "pendingIds", count(a.approved_at)::integer AS approved
     FROM opinion_cluster_member m JOIN opinion_answer a ON a.city_id = m.city_id AND a.opinion_id = m.opinion_id JOIN account x ON x.city_id = a.city_id AND x.id = a.answered_by
     WHERE m.city_id = $1 AND m.cluster_id = $2 GROUP BY 1, 2, 3, 4, 5 ORDER BY count(*) DESC, min(a.answered_at), 2`, [tx.cityId, clusterId]);
  return rows.map((row) => ({ key: sha256Hex(canonicalJson([row.disposition, row.reason, row.adoptedIdentity, row.answeredBy])), ...row }));
}
