import type { TenantTx } from '@platform/persistence';
import type { ConsultedProvision } from './public-consultation';

/** The clauses that a consultation asks about, in the order of the text; without their words but the first. */
export const consultedProvisions = (tx: TenantTx, consultationId: string): Promise<ConsultedProvision[]> =>
  tx.query<ConsultedProvision>(
    `SELECT p.clause_id AS "clauseId", p.parent_id AS "parentId", p.identity, p.kind, p.label, left(p.text, 30) AS text
     FROM consultation c JOIN provision p ON p.city_id = c.city_id AND p.version_id = c.version_id WHERE c.city_id = $1 AND c.id = $2 ORDER BY p.seq`, [tx.cityId, consultationId]);
