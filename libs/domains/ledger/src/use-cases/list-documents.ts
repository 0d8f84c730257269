import { type IsoDate, newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CleanupScope } from '../domain/cleanup';
import { effectiveExport } from '../queries/effective-list';

export interface ListedDocument {
  id: string;
  tenantId: string;
}

/** The documents of the effective list of a day that a scope asks for, by department and then oldest first. */
export async function documentsInScope(tx: TenantTx, on: IsoDate, scope: CleanupScope, only: string | null = null): Promise<ListedDocument[]> {
  const inForce = await effectiveExport(tx, tx.cityId, on);
  const words = scope.words.trim();
  return tx.query<ListedDocument>(
    `SELECT p.id, p.tenant_id AS "tenantId" FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     WHERE p.city_id = $1 AND p.id = ANY ($2::uuid[]) AND (cardinality($3::uuid[]) = 0 OR p.tenant_id = ANY ($3)) AND (cardinality($4::text[]) = 0 OR p.kind = ANY ($4))
       AND ($5::date IS NULL OR (p.published_at AT TIME ZONE 'Asia/Shanghai')::date >= $5) AND ($6::date IS NULL OR (p.published_at AT TIME ZONE 'Asia/Shanghai')::date <= $6)
       AND ($7 = '' OR strpos(p.title, $7) > 0 OR EXISTS (SELECT 1 FROM provision o WHERE o.city_id = $1 AND o.version_id = p.current_version_id AND strpos(o.text, $7) > 0))
       AND ($8::uuid IS NULL OR p.id = $8)
     ORDER BY d.name, d.id, p.published_at, p.id`,
    [tx.cityId, inForce.map(({ id }) => id), scope.departmentIds, scope.kinds, scope.publishedFrom, scope.publishedTo, words, only]);
}

/** Puts documents into a clean-up as they are now, numbered on from what it has; a department that is new to it gets its list. The caller holds the clean-up. */
export async function listDocuments(tx: TenantTx, cleanupId: string, documents: readonly ListedDocument[], addedBy: string | null): Promise<void> {
  const departments = [...new Set(documents.map(({ tenantId }) => tenantId))];
  await tx.query(
    `INSERT INTO cleanup_sheet (city_id, id, tenant_id, cleanup_id, state) SELECT $1, s.id, s.tenant_id, $2, 'open' FROM unnest($3::uuid[], $4::uuid[]) AS s (id, tenant_id)
     ON CONFLICT (city_id, cleanup_id, tenant_id) DO NOTHING`, [tx.cityId, cleanupId, departments.map(() => newId()), departments]);
  await tx.query(
    `INSERT INTO cleanup_item (city_id, id, tenant_id, cleanup_id, policy_id, no, title, kind, document_number, published_at, effective_from, effective_to, added_by, added_at)
     SELECT $1, n.id, p.tenant_id, $2, p.id, n.place + (SELECT coalesce(max(i.no), 0) FROM cleanup_item i WHERE i.city_id = $1 AND i.cleanup_id = $2), p.title, p.kind, p.document_number, p.published_at,
       p.effective_from, p.effective_to, $5, $6
     FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS n (id, policy_id, place) JOIN policy p ON p.city_id = $1 AND p.id = n.policy_id`,
    [tx.cityId, cleanupId, documents.map(() => newId()), documents.map(({ id }) => id), addedBy, tx.at]);
}
