import { type Cluster, clusterInThread, type Clustering, type Text } from '@core/similarity';
import { DomainError, newId, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { notify } from '@platform/notify';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { consultations } from '../persistence/repositories';

/** Which wish it is about, as its event names it. */
export interface WantedClusters {
  cityId: string;
  consultationId: string;
  jobId: string;
}

/** What came of the thread's work: clusters over so many opinions, or why there are none and never will be. */
export type ClusterOutcome = { clusters: (Cluster & { ticksOnly: boolean })[]; threshold: number; shingle: number; opinions: number } | { failure: string };

/** An opinion that is compared by its author's own words; in a questionnaire there may be none. */
interface Compared extends Text {
  /** The whole, with the questions. */
  whole: string;
}

interface Job {
  threshold: number;
  asked_by: string;
}

interface Started extends Job {
  texts: Compared[];
  /** The draft that was asked about, which everybody may quote. */
  quotable: string;
}

/**
 * Puts the opinions of a consultation together by what they share, and makes that the current run. Earlier runs stay as they were; answers belong to opinions and are
 * not touched. The same opinions give the same clusters. The worker calls `compute` and then `store`; a worker that is killed in between leaves nothing, and another does both again.
 */
@Injectable()
export class ComputeClusters {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Without effect, and with no transaction open while the thread works. Null where the wish is done or given up.
   *
   * @throws whatever may be over when it is tried again: the database away, too many before it
   */
  async compute(wanted: WantedClusters): Promise<ClusterOutcome | null> {
    const started = await this.unitOfWork.run(systemActor(wanted.cityId), (tx) => start(tx, wanted));
    if (!started) return null;
    const { texts, quotable, threshold } = started;
    try {
      return withTicks(await clusterInThread(texts.filter(({ text }) => text !== '').map(({ id, text }) => ({ id, text })), { threshold, quotable }), texts);
    } catch (error) {
      if (error instanceof DomainError && error.problem === 'invalid') return { failure: error.key };
      throw error;
    }
  }

  /** In the transaction of the event: the run, the end of the wish, and a message to who asked; nothing where the wish was done or given up meanwhile. */
  async store(tx: TenantTx, { jobId, consultationId }: WantedClusters, outcome: ClusterOutcome): Promise<void> {
    const [job] = await tx.query<Job>('SELECT threshold, asked_by FROM opinion_clustering_job WHERE city_id = $1 AND id = $2 AND ended_at IS NULL FOR UPDATE', [tx.cityId, jobId]);
    if (!job) return;
    const clusteringId = 'failure' in outcome ? null : await storeRun(tx, consultationId, job.asked_by, outcome);
    await tx.query('UPDATE opinion_clustering_job SET ended_at = $3, clustering_id = $4, failure = $5 WHERE city_id = $1 AND id = $2',
      [tx.cityId, jobId, tx.at, clusteringId, 'failure' in outcome ? outcome.failure : null]);
    const { title } = await consultations.require(tx, consultationId);
    await notify(tx, {
      accountId: job.asked_by, effectKey: `consultation.clusters/${jobId}`, messageKey: clusteringId ? 'opinion-desk:notice.clustered' : 'opinion-desk:notice.notClustered', params: { title },
      href: `/console/consultations/${consultationId}/clusters`,
    });
  }
}

async function start(tx: TenantTx, { consultationId, jobId }: WantedClusters): Promise<Started | null> {
  const [job] = await tx.query<Job>(
    'SELECT threshold, asked_by FROM opinion_clustering_job WHERE city_id = $1 AND id = $2 AND consultation_id = $3 AND ended_at IS NULL', [tx.cityId, jobId, consultationId]);
  if (!job) return null;
  const consultation = await consultations.require(tx, consultationId);
  const texts = await tx.query<Compared>(`SELECT id, coalesce(own_words, text) AS text, text AS whole FROM opinion WHERE city_id = $1 AND consultation_id = $2 AND moderation <> 'withdrawn' ORDER BY id`, [tx.cityId, consultation.id]);
  const draft = await tx.query<{ text: string }>('SELECT lead || text AS text FROM provision WHERE city_id = $1 AND version_id = $2 ORDER BY seq', [tx.cityId, consultation.versionId]);
  return { ...job, texts, quotable: draft.map(({ text }) => text).join('\n') };
}

async function storeRun(tx: TenantTx, consultationId: string, askedBy: string, { opinions, clusters, threshold, shingle }: Exclude<ClusterOutcome, { failure: string }>): Promise<string> {
  const { id, tenantId, versionId } = await consultations.lockForShare(tx, consultationId);
  const clusteringId = newId();
  await tx.query(
    `INSERT INTO opinion_clustering (city_id, id, tenant_id, consultation_id, version_id, no, threshold, shingle, opinions, computed_at, computed_by)
     SELECT $1, $2, $3, $4, $5, coalesce(max(no), 0) + 1, $6, $7, $8, $9, $10 FROM opinion_clustering WHERE city_id = $1 AND consultation_id = $4`,
    [tx.cityId, clusteringId, tenantId, id, versionId, threshold, shingle, opinions, tx.at, askedBy]);
  const rows = clusters.map((cluster, at) => ({ ...cluster, id: newId(), no: at + 1 }));
  const home = [tx.cityId, tenantId, id, clusteringId];
  await tx.query(
    `INSERT INTO opinion_cluster (city_id, tenant_id, consultation_id, clustering_id, id, no, representative_id, size, wordings, passages, ticks_only)
     SELECT $1, $2, $3, $4, k.* FROM jsonb_to_recordset($5::jsonb) AS k (id uuid, no integer, representative uuid, size integer, wordings integer, passages jsonb, ticks_only boolean)`,
    [...home, JSON.stringify(rows.map(({ ids, representative, ...row }) => ({ id: row.id, no: row.no, representative: representative.id, size: ids.length, wordings: row.wordings, passages: row.passages, ticks_only: row.ticksOnly })))]);
  const members = rows.flatMap(({ id: clusterId, members: of }) => of.map((member) => ({ clusterId, ...member })));
  await tx.query(
    `INSERT INTO opinion_cluster_member (city_id, tenant_id, consultation_id, clustering_id, cluster_id, opinion_id, to_common, to_representative)
     SELECT $1, $2, $3, $4, m.* FROM unnest($5::uuid[], $6::uuid[], $7::float8[], $8::float8[]) m`,
    [...home, members.map(({ clusterId }) => clusterId), members.map(({ id: opinionId }) => opinionId), members.map(({ similarity }) => similarity), members.map(({ toRepresentative }) => toRepresentative)]);
  const figures = { clusteringId, opinions, clusters: rows.length, inClusters: members.length };
  recordAudit(tx, { action: 'consultation.clusters_computed', subjectType: 'consultation', subjectId: id, tenantId, details: { threshold, shingle, askedBy, ...figures } });
  return clusteringId;
}

/** Those who ticked choices and wrote nothing: no words to compare, and one group, so that they are answered together. Alike are those that ticked the same. */
function withTicks({ clusters, threshold, shingle }: Clustering, texts: readonly Compared[]): Exclude<ClusterOutcome, { failure: string }> {
  const all = clusters.map((cluster) => ({ ...cluster, ticksOnly: false }));
  const ticked = texts.filter(({ text }) => text === '');
  const [first] = ticked;
  if (first && ticked.length > 1) {
    const alike = ({ whole }: Compared): number => (whole === first.whole ? 1 : 0);
    all.push({
      ids: ticked.map(({ id }) => id), representative: { id: first.id, text: first.whole }, wordings: new Set(ticked.map(({ whole }) => whole)).size, passages: [], ticksOnly: true,
      members: ticked.map((one) => ({ id: one.id, similarity: 1, toRepresentative: alike(one) })),
    });
  }
  return { clusters: all.sort((a, b) => b.ids.length - a.ids.length), threshold, shingle, opinions: texts.length };
}
