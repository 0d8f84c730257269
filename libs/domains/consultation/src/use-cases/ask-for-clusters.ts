import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { CLUSTERS_WANTED, type ClustersWanted } from '../consultation.events';
import { CLUSTER_THRESHOLD, JOB_LOST_MS, requireThreshold } from '../domain/clusters';
import { consultations } from '../persistence/repositories';

/** Writes down that the opinions of a consultation are to be put together; the worker does it. One at a time for each consultation. */
@Injectable()
export class AskForClusters {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @throws DomainError invalid `clusters:error.threshold`; conflict `clusters:error.running` while an earlier wish is not done
   */
  async run(actor: Actor, consultationId: string, { threshold = CLUSTER_THRESHOLD.usual }: { threshold?: number } = {}): Promise<{ jobId: string }> {
    requireThreshold(threshold);
    return this.unitOfWork.run(actor, (tx) => this.ask(tx, consultationId, threshold));
  }

  private async ask(tx: TenantTx, consultationId: string, threshold: number): Promise<{ jobId: string }> {
    const { id, tenantId, versionId } = await consultations.require(tx, consultationId);
    assertCan(tx.actor, 'consultation.cluster', { cityId: tx.cityId, tenantId });
    // What no worker has done after so long is given up: its event became a dead letter.
    await tx.query(
      `UPDATE opinion_clustering_job SET ended_at = $3, failure = 'clusters:error.lost' WHERE city_id = $1 AND consultation_id = $2 AND ended_at IS NULL AND asked_at <= $4`,
      [tx.cityId, id, tx.at, new Date(tx.at.getTime() - JOB_LOST_MS)]);
    const jobId = newId();
    const asked = await tx.query(
      `INSERT INTO opinion_clustering_job (city_id, id, tenant_id, consultation_id, version_id, threshold, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (city_id, consultation_id) WHERE ended_at IS NULL DO NOTHING RETURNING 1`, [tx.cityId, jobId, tenantId, id, versionId, threshold, tx.actor.accountId, tx.at]);
    if (asked.length === 0) throw DomainError.conflict('clusters:error.running');
    const payload: ClustersWanted = { jobId, consultationId: id };
    await emit(tx, { type: CLUSTERS_WANTED, tenantId, payload });
    recordAudit(tx, { action: 'consultation.clusters_asked', subjectType: 'consultation', subjectId: id, details: { jobId, threshold } });
    return { jobId };
  }
}
