import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Stance } from '../domain/figures';
import type { ConsultationState } from '../domain/transitions';
import { IS_CURRENT } from './current-cluster';

/** What a page about the clusters of a consultation says of it. */
export interface StaffConsultationRef {
  id: string;
  policyId: string;
  title: string;
  state: ConsultationState;
  /** Opinions until now. */
  received: number;
}

/** A consultation of one's department, or of the city for who oversees it; or "not found". */
export async function staffConsultationRef(tx: TenantTx, consultationId: string): Promise<StaffConsultationRef> {
  const [found] = isId(consultationId)
    ? await tx.query<StaffConsultationRef>(
      `SELECT c.id, c.policy_id AS "policyId", c.title, c.state, coalesce(c.received_count, (SELECT count(*)::integer FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = c.id)) AS received
       FROM consultation c WHERE c.city_id = $1 AND c.id = $2 AND (c.tenant_id = $3 OR $4)`, [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city'])
    : [];
  if (!found) throw DomainError.notFound();
  return found;
}

/** One computation over all opinions of its moment. */
export interface ClusterRun {
  id: string;
  threshold: number;
  /** Length of the compared runs of characters. */
  shingle: number;
  opinions: number;
  computedAt: Date;
  computedByName: string;
  clusters: number;
  inClusters: number;
}

/** The current run of a consultation; null before the first. */
export async function currentClusters(tx: TenantTx, consultationId: string): Promise<ClusterRun | null> {
  const [run] = await tx.query<ClusterRun>(
    `SELECT r.id, r.threshold, r.shingle, r.opinions, r.computed_at AS "computedAt", x.display_name AS "computedByName", n.*
     FROM opinion_clustering r JOIN account x ON x.city_id = r.city_id AND x.id = r.computed_by
     LEFT JOIN LATERAL (SELECT count(*)::integer AS clusters, coalesce(sum(k.size), 0)::integer AS "inClusters" FROM opinion_cluster k WHERE k.city_id = $1 AND k.clustering_id = r.id) n ON true
     WHERE r.city_id = $1 AND r.consultation_id = $2 ORDER BY r.no DESC LIMIT 1`, [tx.cityId, consultationId]);
  return run ?? null;
}

export interface ClauseCount {
  /** Null: on the whole. */
  label: string | null;
  count: number;
}

export interface ClusterItem {
  id: string;
  /** Its place in the run, the largest first. */
  no: number;
  size: number;
  /** How many ways of writing it there are, apart from punctuation and the like. */
  wordings: number;
  /** Passages of the representative that many members have too. */
  passages: string[];
  /** Not by likeness: choices of a questionnaire were ticked and nothing was written. */
  ticksOnly: boolean;
  representativeId: string;
  representative: string;
  byStance: Record<Stance, number>;
  /** The most frequent first. */
  byClause: ClauseCount[];
  answered: number;
  approved: number;
  hidden: number;
  /** Without an answer, and not taken back by their authors. */
  waiting: number;
}

/** Members that are alike in stance and clause. */
interface Group {
  stance: Stance;
  label: string | null;
  count: number;
  answered: number;
  approved: number;
  hidden: number;
  waiting: number;
}

type Counts = Pick<ClusterItem, 'byStance' | 'byClause' | 'answered' | 'approved' | 'hidden' | 'waiting'>;
type Grouped<T extends ClusterItem> = Omit<T, keyof Counts> & { groups: Group[] };

const COLUMNS = `k.id, k.no, k.size, k.wordings, k.passages, k.ticks_only AS "ticksOnly", k.representative_id AS "representativeId", o.text AS representative, n.groups`;
/** What the members are, counted when the page is read, as answers come after the run; in one pass over them. */
const COUNTS = `JOIN opinion o ON o.city_id = k.city_id AND o.id = k.representative_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('stance', g.stance, 'label', coalesce(nullif(v.label, ''), g.clause_id), 'count', g.count, 'answered', g.answered, 'approved', g.approved, 'hidden', g.hidden, 'waiting', g.waiting)) AS groups
    FROM (
      SELECT p.stance, p.version_id, p.clause_id, count(*) AS count, count(a.id) AS answered, count(a.approved_at) AS approved, count(*) FILTER (WHERE p.moderation = 'hidden') AS hidden,
        count(*) FILTER (WHERE a.id IS NULL AND p.moderation <> 'withdrawn') AS waiting
      FROM opinion_cluster_member m JOIN opinion p ON p.city_id = m.city_id AND p.id = m.opinion_id LEFT JOIN opinion_answer a ON a.city_id = m.city_id AND a.opinion_id = m.opinion_id
      WHERE m.city_id = k.city_id AND m.cluster_id = k.id GROUP BY 1, 2, 3) g
    LEFT JOIN provision v ON v.city_id = k.city_id AND v.version_id = g.version_id AND v.clause_id = g.clause_id) n ON true`;

function summed(groups: readonly Group[]): Counts {
  const total = (of: (group: Group) => number): number => groups.reduce((sum, group) => sum + of(group), 0);
  const stance = (one: Stance): number => total((group) => (group.stance === one ? group.count : 0));
  const clauses = new Map<string | null, number>();
  for (const { label, count } of groups) clauses.set(label, (clauses.get(label) ?? 0) + count);
  return {
    byStance: { support: stance('support'), oppose: stance('oppose'), suggest: stance('suggest') },
    byClause: [...clauses].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count || (a.label ?? '').localeCompare(b.label ?? '')),
    answered: total((group) => group.answered), approved: total((group) => group.approved), hidden: total((group) => group.hidden),
    waiting: total((group) => group.waiting),
  };
}

const PAGE = 20;

/** The clusters of a run, the largest first, twenty a page. `after` is the number of the last one shown. */
export async function listClusters(tx: TenantTx, clusteringId: string, after = 0): Promise<{ items: ClusterItem[]; next: number | null }> {
  const rows = await tx.query<Grouped<ClusterItem>>(
    `SELECT ${COLUMNS} FROM (SELECT * FROM opinion_cluster WHERE city_id = $1 AND clustering_id = $2 AND no > $3 ORDER BY no LIMIT ${PAGE + 1}) k ${COUNTS} ORDER BY k.no`,
    [tx.cityId, clusteringId, after]);
  const items = rows.slice(0, PAGE).map(({ groups, ...row }): ClusterItem => ({ ...row, ...summed(groups) }));
  return { items, next: rows.length > PAGE ? items.at(-1)?.no ?? null : null };
}

export interface ClusterPage extends ClusterItem {
  consultationId: string;
  clusteringId: string;
  threshold: number;
  shingle: number;
  /** False once a later run is there: then it may be read and no longer acted upon. */
  current: boolean;
}

/** One cluster of the department, also of an earlier run; or "not found". */
export async function readCluster(tx: TenantTx, clusterId: string): Promise<ClusterPage> {
  const [found] = isId(clusterId)
    ? await tx.query<Grouped<ClusterPage>>(
      `SELECT ${COLUMNS}, r.consultation_id AS "consultationId", r.id AS "clusteringId", r.threshold, r.shingle, ${IS_CURRENT} AS current
       FROM opinion_cluster k JOIN opinion_clustering r ON r.city_id = k.city_id AND r.id = k.clustering_id ${COUNTS}
       WHERE k.city_id = $1 AND k.id = $2 AND (k.tenant_id = $3 OR $4)`, [tx.cityId, clusterId, tx.actor.tenantId, tx.actor.scope === 'city'])
    : [];
  if (!found) throw DomainError.notFound();
  const { groups, ...cluster } = found;
  return { ...cluster, ...summed(groups) };
}

/** The cluster of the current run that an opinion is in, or null. */
export async function clusterOfOpinion(tx: TenantTx, { id, consultationId }: { id: string; consultationId: string }): Promise<{ id: string; no: number; size: number } | null> {
  const [found] = await tx.query<{ id: string; no: number; size: number }>(
    `SELECT k.id, k.no, k.size FROM (SELECT id FROM opinion_clustering WHERE city_id = $1 AND consultation_id = $2 ORDER BY no DESC LIMIT 1) r
     JOIN opinion_cluster_member m ON m.city_id = $1 AND m.clustering_id = r.id AND m.opinion_id = $3 JOIN opinion_cluster k ON k.city_id = $1 AND k.id = m.cluster_id`, [tx.cityId, consultationId, id]);
  return found ?? null;
}
