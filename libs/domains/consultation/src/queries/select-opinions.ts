import { sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Disposition } from '../domain/figures';
import type { OpinionFilter } from '../domain/opinion-filter';
import { parseCursor } from './public-consultations';
import { SELECTED, SELECTED_FROM, selectionParameters } from './opinion-selection';
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
export async function selectOpinions(tx: TenantTx, consultationId: string, filter: OpinionFilter, after?: string): Promise<{ items: ListedOpinion[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const found = await tx.query<{ id: string }>(
    `SELECT o.id FROM ${SELECTED_FROM} WHERE ${SELECTED} AND ($14::uuid IS NULL OR o.tenant_id = $14) AND ($15::timestamptz IS NULL OR (o.received_at, o.id) < ($15::timestamptz, $16::uuid))
     ORDER BY o.received_at DESC, o.id DESC LIMIT ${PAGE + 1}`,
    [...await selectionParameters(tx, consultationId, filter), tx.actor.scope === 'city' ? null : tx.actor.tenantId, at, id]);
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
    `SELECT o.id, x.display_name AS "officerName", coalesce(r.mine, false) AS read, coalesce(r.readers, 0) AS readers, p.id IS NOT NULL AS appealed
     FROM opinion o LEFT JOIN opinion_assignment g ON g.city_id = $1 AND g.opinion_id = o.id LEFT JOIN account x ON x.city_id = $1 AND x.id = g.account_id
     LEFT JOIN LATERAL (SELECT bool_or(q.account_id = $3) AS mine, count(*)::integer AS readers FROM opinion_reading q WHERE q.city_id = $1 AND q.opinion_id = o.id) r ON true
     LEFT JOIN opinion_appeal p ON p.city_id = $1 AND p.opinion_id = o.id AND p.decision IS NULL AND o.moderation = 'hidden' AND p.hidden_at = o.moderated_at
     WHERE o.city_id = $1 AND o.id = ANY($2::uuid[])`, [tx.cityId, ids, tx.actor.accountId]);
  const byId = new Map(work.map(({ id, ...rest }) => [id, rest]));
  return opinions.map((opinion) => ({ ...opinion, officerName: null, read: false, readers: 0, appealed: false, ...byId.get(opinion.id) }));
}

interface Selected {
  id: string;
  moderation: string;
  answer: string | null;
  by: string | null;
  approved: boolean;
  /** Of the answer: a rewritten one is another. */
  version: number | null;
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
export async function selectAll(tx: TenantTx, consultationId: string, filter: OpinionFilter): Promise<OpinionSelection> {
  const rows = await tx.query<Selected>(
    `SELECT o.id, o.moderation, a.id AS answer, a.answered_by AS by, a.approved_at IS NOT NULL AS approved, a.row_version AS version FROM ${SELECTED_FROM} WHERE ${SELECTED} AND o.tenant_id = $14 ORDER BY o.id`, [...await selectionParameters(tx, consultationId, filter), tx.actor.tenantId]);
  return {
    ids: rows.map(({ id }) => id),
    unanswered: rows.filter(({ moderation, answer }) => !answer && moderation !== 'withdrawn').length,
    shown: rows.filter(({ moderation }) => moderation === 'shown').length,
    pendingIds: rows.flatMap(({ answer, approved, by }) => (answer && !approved && by !== tx.actor.accountId ? [answer] : [])),
    key: sha256Hex(rows.map(({ id, moderation, version, approved }) => `${id} ${moderation} ${version ?? ''} ${approved}`).join('\n')),
  };
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
