import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { OpinionFilter } from '../domain/opinion-filter';
import { resolveFilter } from '../queries/opinion-selection';
import { type OpinionSelection, selectAll } from '../queries/select-opinions';

/**
 * What a filter selects now, locked, if it is what the person previewed: the same opinions in the same states. The consultation is locked already.
 *
 * @throws DomainError conflict `opinion-desk:error.changed` with how many there are now; invalid `opinion-desk:error.nothing` where nothing fits
 */
export async function lockSelection(tx: TenantTx, consultationId: string, filter: OpinionFilter, key: string): Promise<OpinionSelection> {
  const { ids } = await selectAll(tx, await resolveFilter(tx, consultationId, filter));
  if (ids.length === 0) throw DomainError.invalid('opinion-desk:error.nothing');
  await tx.query('SELECT 1 FROM opinion WHERE city_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE', [tx.cityId, ids]);
  // A statement of its own, as the one above may have waited and still sees what was before.
  const locked = await selectAll(tx, await resolveFilter(tx, consultationId, filter));
  if (locked.key !== key) throw DomainError.conflict('opinion-desk:error.changed', { count: locked.ids.length });
  return locked;
}
