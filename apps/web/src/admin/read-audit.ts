import type { TenantTx } from '@platform/persistence';

interface Row {
  at: string;
  action: string;
  subjectType: string;
  subjectId: string;
  actorName: string;
  chain: string;
  seq: string;
  hash: string;
}

/** The newest hundred entries of the city's audit log. */
export function readAudit(tx: TenantTx): Promise<Row[]> {
  return tx.query<Row>(
    `SELECT at, action, payload::jsonb ->> 'subjectType' AS "subjectType", subject_id AS "subjectId", payload::jsonb ->> 'actorName' AS "actorName", chain, seq, hash
     FROM audit_entry WHERE city_id = $1 ORDER BY at DESC LIMIT 100`, [tx.cityId]);
}
