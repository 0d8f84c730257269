import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { likePatterns, NONE, type OpinionFilter, saysAll } from '../domain/opinion-filter';
import { cleanText } from '../domain/opinion-text';
import { maskPersonal } from '../domain/personal-data';

/** An appeal `p` against the hiding that `o` is under now, not decided. */
export const APPEALED = `EXISTS (SELECT 1 FROM opinion_appeal p WHERE p.city_id = $1 AND p.opinion_id = o.id AND p.decision IS NULL AND o.moderation = 'hidden' AND p.hidden_at = o.moderated_at)`;

/** Opinions with what a selection asks about: the answer `a` and the officer `g`. */
export const SELECTED_FROM = `opinion o LEFT JOIN opinion_answer a ON a.city_id = $1 AND a.opinion_id = o.id LEFT JOIN opinion_assignment g ON g.city_id = $1 AND g.opinion_id = o.id`;

/**
 * One condition for every filter, so that PostgreSQL plans it once. `$1` city, `$2` consultation, `$3` to `$13` as `selectionParameters` has them. Within one
 * consultation rows are looked through one by one: behind row-level security PostgreSQL uses no index of words (ADR 0028).
 */
export const SELECTED = `o.city_id = $1 AND o.consultation_id = $2
  AND ($3::uuid[] IS NULL OR o.id = ANY($3::uuid[]))
  AND ($4::text[] IS NULL OR o.text ILIKE ALL ($4::text[]) OR o.receipt_no ILIKE ALL ($4::text[]) OR o.author_name ILIKE ALL ($4::text[]))
  AND ($5::text IS NULL OR coalesce(o.clause_id, '${NONE}') = $5) AND ($6::text IS NULL OR o.stance = $6) AND ($7::text IS NULL OR o.author_kind = $7) AND ($8::text IS NULL OR o.channel = $8)
  AND ($9::text IS NULL OR CASE $9 WHEN 'unanswered' THEN a.id IS NULL AND o.moderation <> 'withdrawn' WHEN 'answered' THEN a.id IS NOT NULL AND a.approved_at IS NULL
    WHEN 'approved' THEN a.approved_at IS NOT NULL WHEN 'appealed' THEN ${APPEALED} ELSE o.moderation = $9 END)
  AND ($10::text IS NULL OR coalesce(g.account_id::text, '${NONE}') = $10)
  AND ($11::text IS NULL OR NOT EXISTS (SELECT 1 FROM opinion_reading r WHERE r.city_id = $1 AND r.opinion_id = o.id AND ($11 = 'anybody' OR r.account_id = $12::uuid)))
  AND ($13::uuid IS NULL OR EXISTS (SELECT 1 FROM opinion_cluster_member m WHERE m.city_id = $1 AND m.cluster_id = $13 AND m.opinion_id = o.id))`;

/** What `SELECTED` is given. An unknown id selects nothing. */
export async function selectionParameters(tx: TenantTx, consultationId: string, filter: OpinionFilter): Promise<unknown[]> {
  if (!isId(consultationId)) throw DomainError.notFound();
  const { cluster, officer } = filter;
  if ((cluster && !isId(cluster)) || (officer && officer !== NONE && !isId(officer))) throw DomainError.notFound();
  const q = cleanText(filter.q ?? '', 'q');
  const clause = cleanText(filter.clause ?? '', 'clause');
  const patterns = likePatterns(q);
  // Whoever reads texts masked also searches them masked: a search is no way to guess a number.
  const ids = patterns.length > 0 && tx.actor.scope === 'city' ? await saidInPublic(tx, consultationId, q, patterns) : null;
  return [
    tx.cityId, consultationId, ids, patterns.length > 0 && ids === null ? patterns : null, clause || null, filter.stance ?? null, filter.kind ?? null, filter.channel || null, filter.state ?? null,
    officer || null, filter.unread ?? null, tx.actor.accountId, cluster || null,
  ];
}

async function saidInPublic(tx: TenantTx, consultationId: string, q: string, patterns: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string; text: string }>(
    'SELECT id, text FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.text ILIKE ALL ($3::text[])', [tx.cityId, consultationId, patterns]);
  return rows.filter(({ text }) => saysAll(maskPersonal(text), q)).map(({ id }) => id);
}
