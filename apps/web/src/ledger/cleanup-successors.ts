import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

/** The document that takes the place of another, by the number that people know it by; null for none. */
export async function successorId(tx: TenantTx, number: string): Promise<string | null> {
  if (number.trim() === '') return null;
  const [found] = await tx.query<{ id: string }>(`SELECT id FROM policy WHERE city_id = $1 AND document_number = $2 AND state = 'published' AND public_since IS NOT NULL LIMIT 1`, [tx.cityId, number.trim()]);
  if (!found) throw DomainError.invalid('cleanup:error.noSuccessor', [{ field: 'replacedBy', key: 'cleanup:error.noSuccessor' }]);
  return found.id;
}

/** The same items with the numbers of what takes their place. */
export async function successorNumbers<T extends { replacedBy: string | null }>(tx: TenantTx, items: readonly T[]): Promise<(T & { successorNumber: string | null })[]> {
  const ids = items.flatMap(({ replacedBy }) => (replacedBy ? [replacedBy] : []));
  const rows = ids.length === 0 ? [] : await tx.query<{ id: string; number: string }>('SELECT id, document_number AS number FROM policy WHERE city_id = $1 AND id = ANY ($2::uuid[])', [tx.cityId, ids]);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return items.map((item) => ({ ...item, successorNumber: item.replacedBy ? numbers.get(item.replacedBy) ?? null : null }));
}
