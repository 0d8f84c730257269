import { canonicalJson, sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface AuditEntry {
  /** What was done, as `<domain>.<verb>`: `consultation.opened`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** The department whose matter it is; that of the actor unless given. */
  tenantId?: string | null;
  /** Facts that explain it; ids and figures, no personal data. */
  details?: Record<string, unknown>;
}

/**
 * Writes one line of the audit log in the transaction of the change itself. A city has sixteen chains, chosen by the subject, so that a
 * busy city does not queue at one lock; the lines are written last, in the order of the chains, so that two transactions cannot deadlock.
 */
export function recordAudit(tx: TenantTx, entry: AuditEntry): void {
  const chain = `audit/${sha256Hex(entry.subjectId).charAt(0)}`;
  const tenantId = entry.tenantId === undefined ? tx.actor.tenantId : entry.tenantId;
  const payload = canonicalJson({
    action: entry.action,
    actor: tx.actor.accountId,
    actorName: tx.actor.name,
    at: tx.at,
    details: entry.details,
    subjectId: entry.subjectId,
    subjectType: entry.subjectType,
    tenantId,
  });
  tx.beforeCommit(`z/${chain}`, async () => {
    // seq and hashes are set by the trigger link_chain.
    await tx.query(
      `INSERT INTO audit_entry (city_id, chain, seq, tenant_id, payload, prev_hash, hash) VALUES ($1, $2, 0, $3, $4, '', '')`,
      [tx.cityId, chain, tenantId, payload],
    );
  });
}
