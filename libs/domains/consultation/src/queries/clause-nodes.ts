import type { TenantTx } from '@platform/persistence';
import type { ClauseNode } from '@core/documents';

/** The clauses of a version in the order of the text, as far as the actor may see them. */
export function clauseNodes(tx: TenantTx, versionId: string): Promise<ClauseNode[]> {
  return tx.query<ClauseNode>(
    `SELECT clause_id AS "clauseId", parent_id AS "parentId", identity, label, text FROM provision
     WHERE city_id = $1 AND version_id = $2 ORDER BY seq`, [tx.cityId, versionId]);
}
