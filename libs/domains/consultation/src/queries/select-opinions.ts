import type { TenantTx } from '@platform/persistence';
import type { Disposition } from '../domain/figures';
import { APPEALED, conditionOf, pageOf, SELECTED_FROM, type Selection } from './opinion-selection';
import { type StaffOpinion, staffOpinionsById } from './staff-opinions';

/** An opinion of the department as its list has it: with who works on it and whether one has read it. */
export interface ListedOpinion extends StaffOpinion {
  officerName: string | null;
  /** Whether the person who looks has read it. */
  read: boolean;
  /** How many persons have. */
  readers: number;
  appealed: boolean;
}

/** The opinions of a consultation of one's department that fit, newest first, twenty a page. */
export async function selectOpinions(tx: TenantTx, selection: Selection, after?: string): Promise<{ items: ListedOpinion[]; next: string | null }> {
  const { ids, next } = await pageOf(tx, selection, after);
  return { items: await listed(tx, ids), next };
}

interface Work {
  id: string;
  officerName: string | null;
  read: boolean;
  readers: number;
  appealed: boolean;
}

async function listed(tx: TenantTx, ids: readonly string[]): Promise<ListedOpinion[]> {
  const opinions = await staffOpinionsById(tx, ids);
  const work = await tx.query<Work>(
    `SELECT o.id, (SELECT x.display_name FROM opinion_assignment g JOIN account x ON x.city_id = $1 AND x.id = g.account_id WHERE g.city_id = $1 AND g.opinion_id = o.id) AS "officerName",
       EXISTS (SELECT 1 FROM opinion_reading r WHERE r.city_id = $1 AND r.opinion_id = o.id AND r.account_id = $3) AS read,
       (SELECT count(*)::integer FROM opinion_reading r WHERE r.city_id = $1 AND r.opinion_id = o.id) AS readers, ${APPEALED} AS appealed
     FROM opinion o WHERE o.city_id = $1 AND o.id = ANY($2::uuid[])`, [tx.cityId, ids, tx.actor.accountId]);
  const byId = new Map(work.map(({ id, ...rest }) => [id, rest]));
  return opinions.map((opinion) => ({ ...opinion, officerName: null, read: false, readers: 0, appealed: false, ...byId.get(opinion.id) }));
}

/** What a person is shown before they work on many at once. */
export interface SelectionPreview {
  selected: number;
  /** Of those, how many have no answer and want one; how many are shown; how many have an answer that somebody else has given and that waits for a second person. */
  unanswered: number;
  shown: number;
  pending: number;
  /** Tells this selection from any other: whoever acts names what was previewed. */
  key: string;
}

/** Everything that fits, for work on many at once. */
export interface OpinionSelection {
  ids: string[];
  /** The answers that wait for a second person. */
  pendingIds: string[];
  key: string;
}

const PENDING = (me: string): string => `a.approved_at IS NULL AND a.answered_by <> ${me}::uuid`;
/** The ids of `s` in their order, with the states that they are in; of an answer the version counts: a rewritten one is another. */
const KEY = `encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', s.id, s.moderation, s.version, s.approved), ',' ORDER BY s.id), ''), 'UTF8')), 'hex')`;

/** `s`: all that fit. Of one's own department's consultation alone, which the caller has asked. */
function fitting(tx: TenantTx, selection: Selection): { sql: string; parameters: unknown[] } {
  const { where, parameters, give } = conditionOf(tx, selection);
  return {
    sql: `(SELECT o.id, o.moderation, a.id AS answer, a.row_version AS version, a.approved_at IS NOT NULL AS approved, ${PENDING(give(tx.actor.accountId))} AS pending
      FROM ${SELECTED_FROM} WHERE ${where} AND o.tenant_id = ${give(tx.actor.tenantId)}) s`,
    parameters,
  };
}

/** Figures of all that fit, and the key of exactly these in exactly these states. */
export async function previewSelection(tx: TenantTx, selection: Selection): Promise<SelectionPreview> {
  const { sql, parameters } = fitting(tx, selection);
  const [found] = await tx.query<SelectionPreview>(
    `SELECT count(*)::integer AS selected, count(*) FILTER (WHERE s.answer IS NULL AND s.moderation <> 'withdrawn')::integer AS unanswered, count(*) FILTER (WHERE s.moderation = 'shown')::integer AS shown,
       count(*) FILTER (WHERE s.pending)::integer AS pending, ${KEY} AS key FROM ${sql}`, parameters);
  return found ?? { selected: 0, unanswered: 0, shown: 0, pending: 0, key: '' };
}

/** All that fit, in the order of their ids, and the key that `previewSelection` answers for them. */
export async function selectAll(tx: TenantTx, selection: Selection): Promise<OpinionSelection> {
  const { sql, parameters } = fitting(tx, selection);
  const [found] = await tx.query<OpinionSelection>(
    `SELECT coalesce(array_agg(s.id ORDER BY s.id), '{}') AS ids, coalesce(array_agg(s.answer ORDER BY s.id) FILTER (WHERE s.pending), '{}') AS "pendingIds", ${KEY} AS key FROM ${sql}`, parameters);
  return found ?? { ids: [], pendingIds: [], key: '' };
}

/** One wording among the answers that wait for approval. */
export interface Wording {
  disposition: Disposition;
  reason: string;
  answeredByName: string;
  count: number;
}

const MOST_WORDINGS = 100;

/** What a second person reads before approving the answers of a selection that wait for them: each wording once, the most frequent first; a hundred at most. */
export function wordingsOf(tx: TenantTx, selection: Selection): Promise<Wording[]> {
  const { where, parameters, give } = conditionOf(tx, selection);
  return tx.query<Wording>(
    `SELECT w.disposition, w.reason, x.display_name AS "answeredByName", sum(w.count)::integer AS count
     FROM (SELECT a.disposition, a.reason, a.answered_by, count(*) AS count FROM ${SELECTED_FROM} WHERE ${where} AND o.tenant_id = ${give(tx.actor.tenantId)} AND ${PENDING(give(tx.actor.accountId))} GROUP BY 1, 2, 3) w
     JOIN account x ON x.city_id = $1 AND x.id = w.answered_by GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2 LIMIT ${MOST_WORDINGS}`, parameters);
}
