import { sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface KeepFilter {
  /** Stand in the title or the number; empty for all. */
  words: string;
}

/** The documents of a department's list that have no proposal yet and go on, by the filter; `digest` is what they are, so that what is kept is what was shown. */
export async function keepable(tx: TenantTx, cleanupId: string, tenantId: string, { words }: KeepFilter): Promise<{ ids: string[]; titles: string[]; digest: string }> {
  const rows = await tx.query<{ id: string; title: string }>(
    `SELECT i.id, i.title FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id
     WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = $3 AND i.proposal IS NULL AND p.state = 'published' AND ($4 = '' OR strpos(i.title, $4) > 0 OR strpos(i.document_number, $4) > 0)
     ORDER BY i.no`, [tx.cityId, cleanupId, tenantId, words.trim()]);
  const ids = rows.map(({ id }) => id);
  return { ids, titles: rows.map(({ title }) => title), digest: sha256Hex(ids.join()) };
}
