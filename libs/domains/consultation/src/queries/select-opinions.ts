import type { TenantTx } from '@platform/persistence';
import type { Disposition } from '../domain/figures';
import { parseCursor } from './public-consultations';
import { APPEALED, parametersOf, SELECTED, SELECTED_FROM, type Selection } from './opinion-selection';
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

const PAGE = 20;

/** The opinions of a consultation of one's department that fit, newest first, twenty a page. */
export async function selectOpinions(tx: TenantTx, selection: Selection, after?: string): Promise<{ items: ListedOpinion[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const found = await tx.query<{ id: string }>(
    `SELECT o.id FROM ${SELECTED_FROM} WHERE ${SELECTED} AND ($13::uuid IS NULL OR o.tenant_id = $13) AND ($14::timestamptz IS NULL OR (o.received_at, o.id) < ($14::timestamptz, $15::uuid))
     ORDER BY o.received_at DESC, o.id DESC LIMIT ${PAGE + 1}`,
    [...parametersOf(tx, selection), tx.actor.scope === 'city' ? null : tx.actor.tenantId, at, id]);
  const items = await listed(tx, found.slice(0, PAGE).map((row) => row.id));
  const last = found.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.receivedAt.toISOString()}_${last.id}` : null };
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

/** Everything that fits, for work on many at once. */
export interface OpinionSelection {
  ids: string[];
  /** Of those, how many have no answer and want one; how many are shown; the answers that somebody else has given and that wait for a second person. */
  unanswered: number;
  shown: number;
  pendingIds: string[];
  /** Tells this selection from any other: whoever acts names what was previewed. */
  key: string;
}

/**
 * All that fit, in the order of their ids, and the key of exactly these in exactly these states. Of one's own department's consultation alone, which the caller has asked.
 */
export async function selectAll(tx: TenantTx, selection: Selection): Promise<OpinionSelection> {
  // Of an answer the version counts: a rewritten one is another.
  const [found] = await tx.query<OpinionSelection>(
    `SELECT coalesce(array_agg(s.id), '{}') AS ids, count(*) FILTER (WHERE s.answer IS NULL AND s.moderation <> 'withdrawn')::integer AS unanswered, count(*) FILTER (WHERE s.moderation = 'shown')::integer AS shown,
       coalesce(array_agg(s.answer) FILTER (WHERE s.pending), '{}') AS "pendingIds",
       encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', s.id, s.moderation, s.version, s.approved), ','), ''), 'UTF8')), 'hex') AS key
     FROM (SELECT o.id, o.moderation, a.id AS answer, a.row_version AS version, a.approved_at IS NOT NULL AS approved, a.approved_at IS NULL AND a.answered_by <> $11::uuid AS pending
       FROM ${SELECTED_FROM} WHERE ${SELECTED} AND o.tenant_id = $13 ORDER BY o.id) s`, [...parametersOf(tx, selection), tx.actor.tenantId]);
  return found ?? { ids: [], unanswered: 0, shown: 0, pendingIds: [], key: '' };
}

/** One wording among the answers that wait for approval. */
export interface Wording {
  disposition: Disposition;
  reason: string;
  answeredByName: string;
  count: number;
}

const MOST_WORDINGS = 100;

/** What a second person reads before approving these answers: each wording once, the most frequent first; a hundred at most. */
export const wordingsOf = (tx: TenantTx, answerIds: readonly string[]): Promise<Wording[]> =>
  tx.query<Wording>(
    `SELECT a.disposition, a.reason, x.display_name AS "answeredByName", count(*)::integer AS count FROM opinion_answer a JOIN account x ON x.city_id = a.city_id AND x.id = a.answered_by
     WHERE a.city_id = $1 AND a.id = ANY($2::uuid[]) GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2 LIMIT ${MOST_WORDINGS}`, [tx.cityId, answerIds]);
