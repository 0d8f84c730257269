import type { NamedClause, PolicyKind, PolicyState, Validity } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { KNOWN_CHANGES } from './known-changes';
import { dayEnd, type LedgerAsked, type LedgerFlag, type LedgerSort } from './ledger-filter';

/** Either way of reading: a transaction of somebody who may, or everybody. */
export type LedgerReader = Pick<PublicReader, 'query'>;

/** One policy as it stood and was known at the end of a day. Title, kind and department are those of today: their earlier words are in the versions. */
export interface LedgerRow {
  id: string;
  title: string;
  kind: PolicyKind;
  department: string;
  /** From validity once it is out, and from the last step before. An end that is decided and has not come is no state yet: `endedOn` tells of it. */
  state: PolicyState;
  validity: Validity | null;
  documentNumber: string | null;
  publishedAt: Date | null;
  effectiveFrom: IsoDate | null;
  effectiveTo: IsoDate | null;
  endedOn: IsoDate | null;
  endedBy: 'abolished' | 'superseded' | null;
  /** The last day in force by whatever ends it first. */
  lastDay: IsoDate | null;
  amendedBy: string[];
  repealed: NamedClause[];
  /** Instants, as text. When work on it began, and its last step. */
  begunAt: string;
  movedAt: string;
  /** When it first came into each step before publication; null for one that it never came into. */
  draftingAt: string | null;
  consultingAt: string | null;
  reviewingAt: string | null;
  deliberatingAt: string | null;
  approvedAt: string | null;
  evaluatedAt: string | null;
  /** Calls for applications under it. */
  calls: number;
  flags: LedgerFlag[];
}

/** How an instant is written in the record of a life, so that the two can be compared as texts. */
const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', ${INSTANT})`;
const firstInto = (state: string): string => `min(e.at) FILTER (WHERE e.to_state = '${state}')`;

/** What the record of one policy (`p`) had said by the end of the day; `$4` is that instant as the record writes it. */
const RECORD = `SELECT (array_agg(e.to_state ORDER BY e.seq DESC))[1] AS state, min(e.at) AS begun, max(e.at) AS moved,
    ${firstInto('drafting')} AS drafting_at, ${firstInto('consulting')} AS consulting_at, ${firstInto('reviewing')} AS reviewing_at, ${firstInto('deliberating')} AS deliberating_at,
    ${firstInto('approved')} AS approved_at, max(e.at) FILTER (WHERE e.name = 'evaluation_published') AS evaluated_at, count(*) FILTER (WHERE e.name = 'call_opened')::int AS calls
  FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = p.id AND e.at < $4`;

/** Published by then. All that follows is of the day: number, time in force and ends are nothing before. */
const OUT = `coalesce(p.published_at < $2, false) AS out`;
const KNOWN = `SELECT p.id, p.title, p.kind, p.created_at, d.short_name AS department, o.out, r.state AS recorded, r.drafting_at, r.consulting_at, r.reviewing_at, r.deliberating_at, r.approved_at, r.evaluated_at,
    coalesce(r.calls, 0) AS calls, coalesce(r.begun, ${instant('least(p.created_at, p.published_at)')}) AS begun_at, coalesce(r.moved, ${instant('coalesce(p.published_at, p.created_at)')}) AS moved_at,
    CASE WHEN o.out THEN p.document_number END AS document_number, CASE WHEN o.out THEN p.published_at END AS published_at, CASE WHEN o.out THEN p.effective_from END AS effective_from,
    CASE WHEN o.out THEN coalesce(c.earlier_to, p.effective_to) END AS effective_to, CASE WHEN o.out AND e.ended_by IS NOT NULL THEN p.ended_on END AS ended_on, CASE WHEN o.out THEN e.ended_by END AS ended_by,
    coalesce(c.amended_by, '{}') AS amended_by, coalesce(c.repealed, '[]') AS repealed, coalesce(c.extended, false) AS extended
  FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id CROSS JOIN LATERAL (SELECT ${OUT}) o
  LEFT JOIN LATERAL (${RECORD}) r ON true LEFT JOIN LATERAL (${KNOWN_CHANGES}) c ON o.out
  CROSS JOIN LATERAL (SELECT CASE WHEN coalesce(c.ended_later, false) THEN NULL WHEN r.state IN ('abolished', 'superseded') THEN r.state
    WHEN c.ended_by = 'replaced' THEN 'superseded' ELSE c.ended_by END AS ended_by) e
  WHERE p.city_id = $1 AND ($5::uuid IS NULL OR p.tenant_id = $5) AND ($6::text IS NULL OR p.kind = $6) AND p.title ILIKE ALL ($7::text[])
    AND (r.state IS NOT NULL OR o.out OR (r.state IS NULL AND p.created_at < $2))`;

/** The rule of `validityOn` and what follows from it, in SQL. */
const STANDING = `SELECT k.*, v.validity, least(k.effective_to, k.ended_on - 1) AS last_day,
    CASE v.validity WHEN 'abolished' THEN 'abolished' WHEN 'superseded' THEN 'superseded' WHEN 'lapsed' THEN 'expired' WHEN 'in_force' THEN 'published' WHEN 'not_yet_effective' THEN 'published'
      ELSE coalesce(k.recorded, 'planned') END AS state
  FROM known k CROSS JOIN LATERAL (SELECT CASE WHEN NOT k.out THEN NULL WHEN k.effective_from > $3 THEN 'not_yet_effective' WHEN k.ended_on <= $3 THEN k.ended_by
    WHEN k.effective_to < $3 THEN 'lapsed' ELSE 'in_force' END AS validity) v`;

const within = (column: string, from: string, to: string): string => `AND (${from}::date IS NULL OR ${column} >= ${from}) AND (${to}::date IS NULL OR ${column} <= ${to})`;
const FILTERED = `($8::text IS NULL OR s.state = $8) AND ($9::text IS NULL OR s.validity = $9) AND ($10::text IS NULL OR s.document_number ILIKE $10)
  AND ($11::text IS NULL OR s.begun_at >= $11) AND ($12::text IS NULL OR s.begun_at < $12)
  ${within(`(s.published_at AT TIME ZONE 'Asia/Shanghai')::date`, '$13', '$14')} ${within('s.effective_from', '$15', '$16')} ${within('s.last_day', '$17', '$18')}
  AND ($19::int IS NULL OR (s.validity IN ('in_force', 'not_yet_effective') AND s.last_day >= $3 AND (s.last_day - make_interval(months => $19))::date <= $3))
  AND (NOT 'amended' = ANY ($20::text[]) OR cardinality(s.amended_by) > 0) AND (NOT 'partly_repealed' = ANY ($20) OR s.repealed <> '[]') AND (NOT 'extended' = ANY ($20) OR s.extended)
  AND (NOT 'evaluated' = ANY ($20) OR s.evaluated_at IS NOT NULL) AND (NOT 'funded' = ANY ($20) OR s.calls > 0)`;

/** By what rows are sorted, as a text that compares in the same order: what has no such day comes last. */
const SORT: Readonly<Record<LedgerSort, string>> = {
  begun: 's.begun_at', moved: 's.moved_at', published: `coalesce(${instant('s.published_at')}, '')`, expires: `coalesce(s.last_day::text, '9999-12-31')`,
  number: `coalesce(s.document_number, '\u{10ffff}')`, title: 's.title',
};

const COLUMNS = `s.id, s.title, s.kind, s.department, s.state, s.validity, s.document_number AS "documentNumber", s.published_at AS "publishedAt", s.effective_from::text AS "effectiveFrom",
  s.effective_to::text AS "effectiveTo", s.ended_on::text AS "endedOn", s.ended_by AS "endedBy", s.last_day::text AS "lastDay", s.amended_by AS "amendedBy", s.repealed, s.extended, s.begun_at AS "begunAt",
  s.moved_at AS "movedAt", s.drafting_at AS "draftingAt", s.consulting_at AS "consultingAt", s.reviewing_at AS "reviewingAt", s.deliberating_at AS "deliberatingAt", s.approved_at AS "approvedAt",
  s.evaluated_at AS "evaluatedAt", s.calls, s.sort_key AS "sortKey", s.total`;

interface Found extends Omit<LedgerRow, 'flags' | 'repealed'> {
  repealed: NamedClause[][];
  extended: boolean;
  sortKey: string;
  total: number;
}

/**
 * The rows of a ledger in one statement, at most `limit` behind the cursor, with how many there are in all. Every state is made of the record of the life and of the changes of validity that were known at
 * the end of the day; the columns of today lend the day of publication and the days that were set with it.
 */
export async function ledgerRows(reader: LedgerReader, cityId: string, asked: LedgerAsked, limit: number): Promise<{ rows: (LedgerRow & { sortKey: string })[]; total: number }> {
  const end = dayEnd(asked.on);
  const [key, than] = [SORT[asked.sort], asked.descending ? '<' : '>'];
  const found = await reader.query<Found>(
    `WITH known AS (${KNOWN}), standing AS (${STANDING}), sorted AS (SELECT s.*, (${key}) COLLATE "C" AS sort_key, count(*) OVER ()::int AS total FROM standing s WHERE ${FILTERED})
     SELECT ${COLUMNS} FROM sorted s WHERE ($21::text IS NULL OR (s.sort_key, s.id) ${than} ($21::text COLLATE "C", $22::uuid))
     ORDER BY s.sort_key ${asked.descending ? 'DESC' : 'ASC'}, s.id ${asked.descending ? 'DESC' : 'ASC'} LIMIT ${limit}`,
    [cityId, end, asked.on, end.toISOString(), asked.departmentId, asked.kind, asked.words, asked.state, asked.validity, asked.number, asked.begunFrom?.toISOString() ?? null,
      asked.begunBefore?.toISOString() ?? null, ...asked.published, ...asked.effective, ...asked.expires, asked.expiringMonths, asked.flags, asked.after?.key ?? null, asked.after?.id ?? null]);
  return { rows: found.map(rowOf), total: found[0]?.total ?? 0 };
}

function rowOf({ repealed, extended, total: _total, ...row }: Found): LedgerRow & { sortKey: string } {
  const clauses = repealed.flat();
  const has: Readonly<Record<LedgerFlag, boolean>> = { amended: row.amendedBy.length > 0, partly_repealed: clauses.length > 0, extended, evaluated: row.evaluatedAt !== null, funded: row.calls > 0 };
  return { ...row, repealed: clauses, flags: (Object.keys(has) as LedgerFlag[]).filter((flag) => has[flag]) };
}
