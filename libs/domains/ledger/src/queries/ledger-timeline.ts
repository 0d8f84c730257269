import { policies } from '@core/policy';
import type { TenantTx } from '@platform/persistence';

export interface TimelineEntry {
  seq: number;
  name: string;
  from: string;
  to: string;
  at: Date;
  actorName: string;
  /** What explains the step: ids, figures, short words. */
  details: Record<string, unknown>;
  isPublic: boolean;
  hash: string;
  /** Its number in the city's log, and the first checkpoint that proves it; null while it has none, and for whoever does not oversee the city. */
  logNo: number | null;
  checkpoint: { no: number; size: number } | null;
}

interface Row {
  seq: string;
  payload: string;
  isPublic: boolean;
  hash: string;
  logNo: string | null;
  no: number | null;
  size: string | null;
}

/** Everything that was recorded about a policy, oldest first, with its place in the log; for other departments the public part of it. */
export async function ledgerTimeline(tx: TenantTx, policyId: string): Promise<TimelineEntry[]> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<Row>(
    `SELECT e.seq, e.payload, e.is_public AS "isPublic", e.hash, l.log_no AS "logNo", c.no, c.size FROM life_cycle_event e
     LEFT JOIN log_entry l ON l.city_id = e.city_id AND l.chain = e.chain AND l.seq = e.seq
     LEFT JOIN LATERAL (SELECT k.no, k.size FROM log_checkpoint k WHERE k.city_id = $1 AND k.size > l.log_no ORDER BY k.no LIMIT 1) c ON true
     WHERE e.city_id = $1 AND e.policy_id = $2 ORDER BY e.seq`, [tx.cityId, policy.id]);
  return rows.map((row) => {
    const payload = JSON.parse(row.payload) as { name: string; from: string; to: string; at: string; actorName: string; details: Record<string, unknown> };
    const { name, from, to, actorName, details } = payload;
    return {
      seq: Number(row.seq), name, from, to, at: new Date(payload.at), actorName, details, isPublic: row.isPublic, hash: row.hash,
      logNo: row.logNo === null ? null : Number(row.logNo), checkpoint: row.no === null ? null : { no: row.no, size: Number(row.size) },
    };
  });
}
