import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';

/** Refuses `not_found` for an unknown consultation and `conflict` for one that takes no opinions at this instant. */
export async function requireOpen(reader: PublicReader, cityId: string, consultationId: string, at: Date): Promise<void> {
  if (!isId(consultationId)) throw DomainError.notFound();
  const [found] = await reader.query<{ open: boolean }>(
    `SELECT state = 'open' AND opens_at <= $3 AND closes_at > $3 AS open FROM consultation WHERE city_id = $1 AND id = $2`, [cityId, consultationId, at]);
  if (!found) throw DomainError.notFound();
  if (!found.open) throw DomainError.conflict('consultation:error.notOpen');
}
