import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { JOB_LOST_MS } from '../domain/clusters';

/** A wish for clusters: on its way, done (with its run), failed (with a key of the catalogue), or lost, as no worker did it in time. */
export interface ClusterJob {
  id: string;
  consultationId: string;
  state: 'computing' | 'done' | 'failed';
  threshold: number;
  askedAt: Date;
  askedByName: string;
  endedAt: Date | null;
  clusteringId: string | null;
  failure: string | null;
}

type Row = Omit<ClusterJob, 'state'>;

const SELECT = `SELECT j.id, j.consultation_id AS "consultationId", j.threshold, j.asked_at AS "askedAt", x.display_name AS "askedByName", j.ended_at AS "endedAt", j.clustering_id AS "clusteringId", j.failure
  FROM opinion_clustering_job j JOIN account x ON x.city_id = j.city_id AND x.id = j.asked_by`;

function jobOf(row: Row, at: Date): ClusterJob {
  if (row.clusteringId) return { ...row, state: 'done' };
  if (row.failure) return { ...row, state: 'failed' };
  return at.getTime() - row.askedAt.getTime() < JOB_LOST_MS ? { ...row, state: 'computing' } : { ...row, state: 'failed', failure: 'clusters:error.lost' };
}

/** The last wish for clusters of a consultation; null before the first. */
export async function lastClusterJob(tx: TenantTx, consultationId: string): Promise<ClusterJob | null> {
  const [row] = await tx.query<Row>(`${SELECT} WHERE j.city_id = $1 AND j.consultation_id = $2 ORDER BY j.asked_at DESC, j.id DESC LIMIT 1`, [tx.cityId, consultationId]);
  return row ? jobOf(row, tx.at) : null;
}

/** One wish of the department, under its consultation; or "not found". */
export async function readClusterJob(tx: TenantTx, consultationId: string, jobId: string): Promise<ClusterJob> {
  const [row] = isId(consultationId) && isId(jobId)
    ? await tx.query<Row>(`${SELECT} WHERE j.city_id = $1 AND j.consultation_id = $2 AND j.id = $3 AND (j.tenant_id = $4 OR $5)`, [tx.cityId, consultationId, jobId, tx.actor.tenantId, tx.actor.scope === 'city'])
    : [];
  if (!row) throw DomainError.notFound();
  return jobOf(row, tx.at);
}
