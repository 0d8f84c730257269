import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { isCased, likePatterns, NONE, type OpinionFilter, saysAll } from '../domain/opinion-filter';
import { cleanText } from '../domain/opinion-text';
import { maskPersonal } from '../domain/personal-data';

/** An appeal `p` against the hiding that `o` is under now, not decided. */
export const APPEALED = `EXISTS (SELECT 1 FROM opinion_appeal p WHERE p.city_id = $1 AND p.opinion_id = o.id AND p.decision IS NULL AND o.moderation = 'hidden' AND p.hidden_at = o.moderated_at)`;

/** Opinions with what a selection asks about: the answer `a` and the officer `g`. */
export const SELECTED_FROM = `opinion o LEFT JOIN opinion_answer a ON a.city_id = $1 AND a.opinion_id = o.id LEFT JOIN opinion_assignment g ON g.city_id = $1 AND g.opinion_id = o.id`;

/**
 * One condition for every filter, so that PostgreSQL plans it once. `$1` city, `$2` consultation, `$3` to `$12` as
 * `parametersOf` has them.
 */
export const SELECTED = `o.city_id = $1 AND o.consultation_id = $2
  AND ($3::uuid[] IS NULL OR o.id = ANY($3::uuid[]))
  AND ($4::text IS NULL OR coalesce(o.clause_id, '${NONE}') = $4) AND ($5::text IS NULL OR o.stance = $5) AND ($6::text IS NULL OR o.author_kind = $6) AND ($7::text IS NULL OR o.channel = $7)
  AND ($8::text IS NULL OR CASE $8 WHEN 'unanswered' THEN a.id IS NULL AND o.moderation <> 'withdrawn' WHEN 'answered' THEN a.id IS NOT NULL AND a.approved_at IS NULL
    WHEN 'approved' THEN a.approved_at IS NOT NULL WHEN 'appealed' THEN ${APPEALED} ELSE o.moderation = $8 END)
  AND ($9::text IS NULL OR coalesce(g.account_id::text, '${NONE}') = $9)
  AND ($10::text IS NULL OR NOT EXISTS (SELECT 1 FROM opinion_reading r WHERE r.city_id = $1 AND r.opinion_id = o.id AND ($10 = 'anybody' OR r.account_id = $11::uuid)))
  AND ($12::uuid IS NULL OR EXISTS (SELECT 1 FROM opinion_cluster_member m WHERE m.city_id = $1 AND m.cluster_id = $12 AND m.opinion_id = o.id))`;

/** A filter whose words have been looked for. */
export interface Selection {
  consultationId: string;
  filter: OpinionFilter;
  /** The opinions that say the words; null where there are none to look for. */
  said: string[] | null;
}

/** Looks for the words of a filter, once for everything that a page asks of it. An unknown id is "not found". */
export async function resolveFilter(tx: TenantTx, consultationId: string, filter: OpinionFilter): Promise<Selection> {
  const { cluster, officer } = filter;
  if (!isId(consultationId) || (cluster && !isId(cluster)) || (officer && officer !== NONE && !isId(officer))) throw DomainError.notFound();
  const q = cleanText(filter.q ?? '', 'q');
  return { consultationId, filter: { ...filter, clause: cleanText(filter.clause ?? '', 'clause') }, said: likePatterns(q).length > 0 ? await saying(tx, consultationId, q) : null };
}

/** What `SELECTED` is given. */
export const parametersOf = (tx: TenantTx, { consultationId, filter, said }: Selection): unknown[] => [
  tx.cityId, consultationId, said, filter.clause || null, filter.stance ?? null, filter.kind ?? null, filter.channel || null, filter.state ?? null, filter.officer || null, filter.unread ?? null, tx.actor.accountId,
  filter.cluster || null,
];

/**
 * Within one consultation rows are looked through one by one: behind row-level security PostgreSQL uses no index of words (ADR 0028). Whoever reads texts masked also searches
 * them masked: a search is no way to guess a number.
 */
async function saying(tx: TenantTx, consultationId: string, q: string): Promise<string[]> {
  const patterns = likePatterns(q);
  const masked = tx.actor.scope === 'city';
  const rows = await tx.query<{ id: string; text: string }>(
    `SELECT o.id${masked ? ', o.text' : ''} FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2
       AND ((o.text LIKE ALL ($3::text[]) AND o.text ILIKE ALL ($4::text[]))${masked ? '' : ' OR o.receipt_no ILIKE ALL ($5::text[]) OR o.author_name ILIKE ALL ($5::text[])'})`,
    [tx.cityId, consultationId, patterns.filter((one) => !isCased(one)), patterns.filter((one) => isCased(one)), ...(masked ? [] : [patterns])]);
  return rows.filter(({ text }) => !masked || saysAll(maskPersonal(text), q)).map(({ id }) => id);
}
