import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { isCased, likePatterns, NONE, type OpinionFilter, type OpinionState, saysAll } from '../domain/opinion-filter';
import { cleanText } from '../domain/opinion-text';
import { maskPersonal } from '../domain/personal-data';
import { parseCursor } from './public-consultations';

/** Joins an appeal `p` against the hiding that `o` is under now, not decided: one at most. */
export const APPEAL = `p.city_id = $1 AND p.opinion_id = o.id AND p.decision IS NULL AND p.hidden_at = o.moderated_at`;
export const APPEALED = `(o.moderation = 'hidden' AND EXISTS (SELECT 1 FROM opinion_appeal p WHERE ${APPEAL}))`;

/** Opinions with what a selection asks about: the answer `a` and the officer `g`. */
export const SELECTED_FROM = `opinion o LEFT JOIN opinion_answer a ON a.city_id = $1 AND a.consultation_id = $2 AND a.opinion_id = o.id
  LEFT JOIN opinion_assignment g ON g.city_id = $1 AND g.consultation_id = $2 AND g.opinion_id = o.id`;

/** `a.opinion_id` and not `a.id`: what the join is by tells the planner that it is one for opinions without an answer. */
const STATE_SQL: Readonly<Record<OpinionState, string>> = {
  unanswered: `a.opinion_id IS NULL AND o.moderation <> 'withdrawn'`,
  answered: 'a.opinion_id IS NOT NULL AND a.approved_at IS NULL',
  approved: 'a.approved_at IS NOT NULL',
  hidden: `o.moderation = 'hidden'`,
  withdrawn: `o.moderation = 'withdrawn'`,
  appealed: APPEALED,
};

/** A filter whose words have been looked for. */
export interface Selection {
  consultationId: string;
  filter: OpinionFilter;
  /** The opinions that say the words, where these are few; null where there is nothing to look for, or too many say it. */
  said: string[] | null;
  /** The words, where too many say them to be named one by one: each statement then looks for them itself. */
  words?: string;
}

/** Looks for the words of a filter, once for everything that a page asks of it. An unknown id is "not found". */
export async function resolveFilter(tx: TenantTx, consultationId: string, filter: OpinionFilter): Promise<Selection> {
  const { cluster, officer } = filter;
  if (!isId(consultationId) || (cluster && !isId(cluster)) || (officer && officer !== NONE && !isId(officer))) throw DomainError.notFound();
  const q = cleanText(filter.q ?? '', 'q');
  const wanted = { consultationId, filter: { ...filter, clause: cleanText(filter.clause ?? '', 'clause') } };
  if (likePatterns(q).length === 0) return { ...wanted, said: null };
  const said = await saying(tx, consultationId, q);
  return said ? { ...wanted, said } : { ...wanted, said: null, words: q };
}

/** SQL over `SELECTED_FROM` of what a selection asks for, and its parameters. */
export interface Condition {
  where: string;
  parameters: unknown[];
  /** Adds a parameter and answers its place in the SQL. */
  give(value: unknown): string;
}

/**
 * The condition of a selection. `$1` is the city, `$2` the consultation. What does not narrow is not in it: PostgreSQL then plans each kind of filter by itself, also when it plans
 * once for all values, and leaves out the tables that nothing asks about.
 */
export function conditionOf(tx: TenantTx, { consultationId, filter, said, words }: Selection): Condition {
  const parameters: unknown[] = [tx.cityId, consultationId];
  const give = (value: unknown): string => `$${parameters.push(value)}`;
  const given = [
    words && sayingSql(words, give),
    said && `o.id = ANY(${give(said)}::uuid[])`,
    filter.clause && (filter.clause === NONE ? 'o.clause_id IS NULL' : `o.clause_id = ${give(filter.clause)}`),
    filter.stance && `o.stance = ${give(filter.stance)}`,
    filter.kind && `o.author_kind = ${give(filter.kind)}`,
    filter.channel && `o.channel = ${give(filter.channel)}`,
    filter.state && STATE_SQL[filter.state],
    filter.officer && (filter.officer === NONE ? 'g.opinion_id IS NULL' : `g.account_id = ${give(filter.officer)}`),
    filter.unread && `NOT EXISTS (SELECT 1 FROM opinion_reading r WHERE r.city_id = $1 AND r.consultation_id = $2 AND r.opinion_id = o.id${filter.unread === 'me' ? ` AND r.account_id = ${give(tx.actor.accountId)}` : ''})`,
    filter.cluster && `EXISTS (SELECT 1 FROM opinion_cluster_member m WHERE m.city_id = $1 AND m.cluster_id = ${give(filter.cluster)} AND m.opinion_id = o.id)`,
  ];
  return { where: ['o.city_id = $1 AND o.consultation_id = $2', ...given.filter(Boolean)].join(' AND '), parameters, give };
}

/** Of the person's own department, unless they oversee the city. */
export const ofDepartment = (tx: TenantTx, give: Condition['give']): string => (tx.actor.scope === 'city' ? '' : ` AND o.tenant_id = ${give(tx.actor.tenantId)}`);

/** Says all the words. Those without a case are looked for as they are: folding takes most of the time of a search. */
function sayingSql(q: string, give: Condition['give'], named = true): string {
  const patterns = likePatterns(q);
  const text = [patterns.filter((one) => !isCased(one)), patterns.filter(isCased)].flatMap((some, cased) => (some.length > 0 ? [`o.text ${cased ? 'ILIKE' : 'LIKE'} ALL (${give(some)}::text[])`] : [])).join(' AND ');
  if (!named) return text;
  const all = give(patterns);
  return `((${text}) OR o.receipt_no ILIKE ALL (${all}::text[]) OR o.author_name ILIKE ALL (${all}::text[]))`;
}

/** Of more than so many opinions the ids are not carried to and fro. */
const MOST_SAID = 500;

/**
 * The opinions that say the words; null for more than a few hundred. Within one consultation rows are looked through one by one: behind row-level security PostgreSQL uses no index
 * of words (ADR 0028). Whoever reads texts masked also searches them masked, which PostgreSQL cannot, however many there are: a search is no way to guess a number.
 */
async function saying(tx: TenantTx, consultationId: string, q: string): Promise<string[] | null> {
  const masked = tx.actor.scope === 'city';
  const parameters: unknown[] = [tx.cityId, consultationId];
  const says = sayingSql(q, (value) => `$${parameters.push(value)}`, !masked);
  const rows = await tx.query<{ id: string; text: string }>(
    `SELECT o.id${masked ? ', o.text' : ''} FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND ${says}${masked ? '' : ` LIMIT ${MOST_SAID + 1}`}`, parameters);
  if (!masked) return rows.length > MOST_SAID ? null : rows.map(({ id }) => id);
  return rows.filter(({ text }) => saysAll(maskPersonal(text), q)).map(({ id }) => id);
}

const PAGE = 20;

/** The ids of those that fit, newest first, twenty a page: the words of the twenty are read by their ids, and not those of all that are sorted. */
export async function pageOf(tx: TenantTx, selection: Selection, after?: string): Promise<{ ids: string[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const { where, parameters, give } = conditionOf(tx, selection);
  const later = at === null ? '' : ` AND (o.received_at, o.id) < (${give(at)}::timestamptz, ${give(id)}::uuid)`;
  const rows = await tx.query<{ id: string; at: Date }>(
    `SELECT o.id, o.received_at AS at FROM ${SELECTED_FROM} WHERE ${where}${ofDepartment(tx, give)}${later} ORDER BY o.received_at DESC, o.id DESC LIMIT ${PAGE + 1}`, parameters);
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return { ids: shown.map((row) => row.id), next: last ? `${last.at.toISOString()}_${last.id}` : null };
}
