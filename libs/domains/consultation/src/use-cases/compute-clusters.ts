import { type Cluster, clusterInThread, type Clustering, type Text } from '@core/similarity';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { CLUSTER_THRESHOLD, requireThreshold } from '../domain/clusters';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { consultations } from '../persistence/repositories';

export interface ComputedClusters {
  clusteringId: string;
  /** Opinions that were read, hidden ones too. */
  opinions: number;
  clusters: number;
  /** Opinions that are in a cluster. */
  inClusters: number;
}

/** Longer than the thread is given; a run whose program was killed stands in nobody's way after that. */
const CLAIM_MS = 10 * 60_000;

/** An opinion that is compared by its author's own words; in a questionnaire there may be none. */
interface Compared extends Text {
  /** The whole, with the questions. */
  whole: string;
}

interface Started {
  token: string;
  texts: Compared[];
  /** The draft that was asked about, which everybody may quote. */
  quotable: string;
}

/**
 * Puts the opinions of a consultation together by what they share, and makes that the current run. Earlier runs stay as they were; answers belong to opinions and are
 * not touched. The same opinions give the same clusters.
 */
@Injectable()
export class ComputeClusters {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * No transaction is open while the thread works.
   *
   * @throws DomainError invalid `clusters:error.threshold`; conflict `clusters:error.running` while somebody else's run of this consultation is under way;
   *   and as `clusterInThread`
   */
  async run(actor: Actor, consultationId: string, { threshold = CLUSTER_THRESHOLD.usual }: { threshold?: number } = {}): Promise<ComputedClusters> {
    requireThreshold(threshold);
    const { token, texts, quotable } = await this.unitOfWork.run(actor, (tx) => start(tx, consultationId));
    try {
      const clustering = await clusterInThread(texts.filter(({ text }) => text !== '').map(({ id, text }) => ({ id, text })), { threshold, quotable });
      return await this.unitOfWork.run(actor, (tx) => store(tx, consultationId, token, texts, clustering));
    } catch (error) {
      // Where even this fails the claim ends by itself, and the first failure is the one to tell.
      await this.unitOfWork.run(actor, (tx) => release(tx, consultationId, token)).catch(() => undefined);
      throw error;
    }
  }
}

async function start(tx: TenantTx, consultationId: string): Promise<Started> {
  const consultation = await consultations.require(tx, consultationId);
  assertCan(tx.actor, 'consultation.cluster', consultation);
  const token = newId();
  await claim(tx, consultation, token);
  const texts = await tx.query<Compared>(`SELECT id, coalesce(own_words, text) AS text, text AS whole FROM opinion WHERE city_id = $1 AND consultation_id = $2 AND moderation <> 'withdrawn' ORDER BY id`, [tx.cityId, consultation.id]);
  const draft = await tx.query<{ text: string }>('SELECT lead || text AS text FROM provision WHERE city_id = $1 AND version_id = $2 ORDER BY seq', [tx.cityId, consultation.versionId]);
  return { token, texts, quotable: draft.map(({ text }) => text).join('\n') };
}

async function claim(tx: TenantTx, { id, tenantId, versionId }: ConsultationRow, token: string): Promise<void> {
  const claimed = await tx.query(
    `INSERT INTO opinion_clustering_claim AS mine (city_id, consultation_id, tenant_id, version_id, token, claimed_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (city_id, consultation_id) DO UPDATE SET token = excluded.token, claimed_by = excluded.claimed_by, expires_at = excluded.expires_at WHERE mine.expires_at <= $8
     RETURNING 1`,
    [tx.cityId, id, tenantId, versionId, token, tx.actor.accountId, new Date(tx.at.getTime() + CLAIM_MS), tx.at]);
  if (claimed.length === 0) throw DomainError.conflict('clusters:error.running');
}

/** Answers whether the claim was still this run's own. */
async function release(tx: TenantTx, consultationId: string, token: string): Promise<boolean> {
  const released = await tx.query('DELETE FROM opinion_clustering_claim WHERE city_id = $1 AND consultation_id = $2 AND token = $3 RETURNING 1', [tx.cityId, consultationId, token]);
  return released.length === 1;
}

async function store(tx: TenantTx, consultationId: string, token: string, texts: readonly Compared[], { clusters, threshold, shingle }: Clustering): Promise<ComputedClusters> {
  const { id, tenantId, versionId } = await consultations.lockForShare(tx, consultationId);
  if (!await release(tx, id, token)) throw DomainError.conflict('clusters:error.running');
  const clusteringId = newId();
  await tx.query(
    `INSERT INTO opinion_clustering (city_id, id, tenant_id, consultation_id, version_id, no, threshold, shingle, opinions, computed_at, computed_by)
     SELECT $1, $2, $3, $4, $5, coalesce(max(no), 0) + 1, $6, $7, $8, $9, $10 FROM opinion_clustering WHERE city_id = $1 AND consultation_id = $4`,
    [tx.cityId, clusteringId, tenantId, id, versionId, threshold, shingle, texts.length, tx.at, tx.actor.accountId]);
  const all = [...clusters.map((cluster) => ({ ...cluster, ticksOnly: false })), ...ticksOnly(texts)].sort((a, b) => b.ids.length - a.ids.length);
  const rows = all.map((cluster, at) => ({ ...cluster, id: newId(), no: at + 1 }));
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
  const figures = { clusteringId, opinions: texts.length, clusters: rows.length, inClusters: members.length };
  recordAudit(tx, { action: 'consultation.clusters_computed', subjectType: 'consultation', subjectId: id, details: { threshold, shingle, ...figures } });
  return figures;
}

/** Those who ticked choices and wrote nothing: no words to compare, and one group, so that they are answered together. Alike are those that ticked the same. */
function ticksOnly(texts: readonly Compared[]): (Cluster & { ticksOnly: boolean })[] {
  const ticked = texts.filter(({ text }) => text === '');
  const [first] = ticked;
  if (!first || ticked.length < 2) return [];
  const alike = ({ whole }: Compared): number => (whole === first.whole ? 1 : 0);
  return [{
    ids: ticked.map(({ id }) => id), representative: { id: first.id, text: first.whole }, wordings: new Set(ticked.map(({ whole }) => whole)).size, passages: [], ticksOnly: true,
    members: ticked.map((one) => ({ id: one.id, similarity: 1, toRepresentative: alike(one) })),
  }];
}
