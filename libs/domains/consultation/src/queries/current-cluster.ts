import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

/** SQL over an `opinion_clustering r`: no later run of its consultation is there. */
export const IS_CURRENT = `NOT EXISTS (SELECT 1 FROM opinion_clustering later WHERE later.city_id = r.city_id AND later.consultation_id = r.consultation_id AND later.no > r.no)`;

/**
 * The consultation of a cluster that may be acted upon.
 *
 * @throws DomainError not_found; conflict `clusters:error.replaced` for a cluster of an earlier run
 */
export async function requireCurrentCluster(tx: TenantTx, clusterId: string): Promise<{ consultationId: string }> {
  const [found] = isId(clusterId)
    ? await tx.query<{ consultationId: string; current: boolean }>(
      `SELECT r.consultation_id AS "consultationId", ${IS_CURRENT} AS current FROM opinion_cluster k
       JOIN opinion_clustering r ON r.city_id = k.city_id AND r.id = k.clustering_id WHERE k.city_id = $1 AND k.id = $2`, [tx.cityId, clusterId])
    : [];
  if (!found) throw DomainError.notFound();
  if (!found.current) throw DomainError.conflict('clusters:error.replaced');
  return { consultationId: found.consultationId };
}
