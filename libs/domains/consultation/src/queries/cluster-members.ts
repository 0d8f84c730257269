import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Likeness, likenessOf } from '../domain/clusters';
import { parseCursor } from './public-consultations';
import { type StaffOpinion, staffOpinionsById } from './staff-opinions';

export interface ClusterMember extends StaffOpinion {
  /** Jaccard similarity with what the cluster shares, 0 to 1. */
  toCommon: number;
  toRepresentative: number;
  likeness: Likeness;
}

/** All members, those that wait for an answer, or those that have one. */
export const CLUSTER_PARTS = ['all', 'waiting', 'answered'] as const;
export type ClusterPart = (typeof CLUSTER_PARTS)[number];

const PART_SQL: Readonly<Record<ClusterPart, string>> = { all: 'true', waiting: `a.id IS NULL AND o.moderation <> 'withdrawn'`, answered: 'a.id IS NOT NULL' };
const PAGE = 20;

/** The members of a cluster, the least alike first: that is where an answer to all is most likely wrong. */
export async function listClusterMembers(
  tx: TenantTx, clusterId: string, { part = 'all', after, limit = PAGE }: { part?: ClusterPart; after?: string | undefined; limit?: number } = {},
): Promise<{ items: ClusterMember[]; next: string | null }> {
  const [alike, id] = memberCursor(after);
  const rows = await tx.query<{ id: string; toCommon: number; toRepresentative: number }>(
    `SELECT m.opinion_id AS id, m.to_common AS "toCommon", m.to_representative AS "toRepresentative" FROM opinion_cluster_member m
     JOIN opinion o ON o.city_id = m.city_id AND o.id = m.opinion_id LEFT JOIN opinion_answer a ON a.city_id = m.city_id AND a.opinion_id = m.opinion_id
     WHERE m.city_id = $1 AND m.cluster_id = $2 AND ${PART_SQL[part]} AND ($3::float8 IS NULL OR (m.to_common, m.opinion_id) > ($3::float8, $4::uuid))
     ORDER BY m.to_common, m.opinion_id LIMIT $5`, [tx.cityId, clusterId, alike, id, limit + 1]);
  const shown = rows.slice(0, limit);
  const words = new Map((await staffOpinionsById(tx, shown.map((row) => row.id))).map((opinion) => [opinion.id, opinion]));
  const items = shown.flatMap(({ id: opinionId, toCommon, toRepresentative }): ClusterMember[] => {
    const opinion = words.get(opinionId);
    return opinion ? [{ ...opinion, toCommon, toRepresentative, likeness: likenessOf(toCommon, toRepresentative) }] : [];
  });
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items, next: last ? `${last.toCommon}_${last.id}` : null };
}

function memberCursor(after: string | undefined): [number | null, string | null] {
  if (!after) return [null, null];
  const [alike, id] = after.split('_');
  if (!alike || !Number.isFinite(Number(alike)) || !isId(id)) throw DomainError.invalid('common:error.badCursor');
  return [Number(alike), id];
}

/** The opinions that are in no cluster of a run, newest first; those received after the run too. */
export async function listOutside(tx: TenantTx, consultationId: string, clusteringId: string, after?: string): Promise<{ items: StaffOpinion[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const rows = await tx.query<{ id: string }>(
    `SELECT o.id FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2
       AND NOT EXISTS (SELECT 1 FROM opinion_cluster_member m WHERE m.city_id = $1 AND m.clustering_id = $3 AND m.opinion_id = o.id)
       AND ($4::timestamptz IS NULL OR (o.received_at, o.id) < ($4::timestamptz, $5::uuid))
     ORDER BY o.received_at DESC, o.id DESC LIMIT ${PAGE + 1}`, [tx.cityId, consultationId, clusteringId, at, id]);
  const items = await staffOpinionsById(tx, rows.slice(0, PAGE).map((row) => row.id));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.receivedAt.toISOString()}_${last.id}` : null };
}
