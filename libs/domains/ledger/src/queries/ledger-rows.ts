import type { NamedClause, PolicyKind, PolicyState, Validity } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { knownChanges } from './known-changes';
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
  begunAt: Date;
  /** Its last step; this and those below as the record writes instants. */
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

/** An instant as a text that compares in the same order. */
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const firstInto = (state: string): string => `min(e.at) FILTER (WHERE e.to_state = '${state}')`;
const FEW = 100;
/** Numbers of a record are padded to this, so that the greatest text is the last step. */
const DIGITS = 12;

/** What the records had said by the end of the day; `$4` is that instant as they write it. All at once: a look at each policy's own record costs three times as much. */
const records = (ids: string): string => `SELECT e.policy_id, substr(max(lpad(e.seq::text, ${DIGITS}, '0') || e.to_state), ${DIGITS + 1}) AS state, max(e.at) AS moved,
    ${firstInto('drafting')} AS drafting_at, ${firstInto('consulting')} AS consulting_at, ${firstInto('reviewing')} AS reviewing_at, ${firstInto('deliberating')} AS deliberating_at,
    ${firstInto('approved')} AS approved_at, max(e.at) FILTER (WHERE e.name = 'evaluation_published') AS evaluated_at, count(*) FILTER (WHERE e.name = 'call_opened')::int AS calls
  FROM life_cycle_event e WHERE e.city_id = $1 AND e.at < $4 AND ($5::uuid IS NULL OR e.policy_id IN (SELECT o.id FROM policy o WHERE o.city_id = $1 AND o.tenant_id = $5)) ${ids && `AND e.policy_id = ${ids}`} GROUP BY e.policy_id`;

/** In the place of the records where nothing is asked of them, which is most of what a ledger is narrowed by. */
const NO_RECORDS = `SELECT NULL::uuid AS policy_id, NULL::text AS state, NULL::text AS moved, NULL::text AS drafting_at, NULL::text AS consulting_at, NULL::text AS reviewing_at, NULL::text AS deliberating_at,
    NULL::text AS approved_at, NULL::text AS evaluated_at, NULL::int AS calls WHERE $4::text IS NULL`;

/** What can be asked of the policies' own columns alone: the first four of these never change, and work on a policy begins once. */
const PLAIN = `p.city_id = $1 AND p.created_at < $2 AND ($5::uuid IS NULL OR p.tenant_id = $5) AND ($6::text IS NULL OR p.kind = $6) AND p.title ILIKE ALL ($7::text[])
  AND ($8::timestamptz IS NULL OR p.created_at >= $8) AND ($9::timestamptz IS NULL OR p.created_at < $9)`;

/** Number, time in force and ends are of a policy that is out (`o.out`); before, there are none. An extension that came later has not moved the last day yet, and an end that was decided later has not come. */
const known = (ids: string, lives: boolean): string => `SELECT p.id, p.title, p.kind, p.created_at, d.short_name AS department, o.out, r.state AS recorded, r.drafting_at, r.consulting_at, r.reviewing_at, r.deliberating_at,
    r.approved_at, r.evaluated_at, coalesce(r.calls, 0) AS calls, coalesce(r.moved, ${instant('p.created_at')}) AS moved_at,
    CASE WHEN o.out THEN p.document_number END AS document_number, CASE WHEN o.out THEN p.published_at END AS published_at, CASE WHEN o.out THEN p.effective_from END AS effective_from,
    CASE WHEN o.out THEN CASE WHEN c.moved_later THEN c.earlier_to ELSE p.effective_to END END AS effective_to, CASE WHEN o.out AND e.ended_by IS NOT NULL THEN p.ended_on END AS ended_on, CASE WHEN o.out THEN e.ended_by END AS ended_by,
    coalesce(c.amended_by, '{}') AS amended_by, coalesce(c.repealed, '[]') AS repealed, coalesce(c.extended, false) AS extended
  FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id CROSS JOIN LATERAL (SELECT coalesce(p.published_at < $2, false) AS out) o
  LEFT JOIN (${lives ? records(ids) : NO_RECORDS}) r ON r.policy_id = p.id LEFT JOIN (${knownChanges(ids)}) c ON c.policy_id = p.id AND o.out
  CROSS JOIN LATERAL (SELECT CASE WHEN coalesce(c.ended_later, false) THEN NULL WHEN r.state IN ('abolished', 'superseded') THEN r.state
    WHEN c.ended_by = 'replaced' THEN 'superseded' ELSE c.ended_by END AS ended_by) e
  WHERE ${PLAIN} ${ids && `AND p.id = ${ids}`}`;

/** The rule of `validityOn` and what follows from it, in SQL. */
const standing = (ids: string, lives = true): string => `SELECT k.*, v.validity, least(k.effective_to, k.ended_on - 1) AS last_day,
    CASE v.validity WHEN 'abolished' THEN 'abolished' WHEN 'superseded' THEN 'superseded' WHEN 'lapsed' THEN 'expired' WHEN 'in_force' THEN 'published' WHEN 'not_yet_effective' THEN 'published'
      ELSE coalesce(k.recorded, 'planned') END AS state
  FROM (${known(ids, lives)}) k CROSS JOIN LATERAL (SELECT CASE WHEN NOT k.out THEN NULL WHEN k.effective_from > $3 THEN 'not_yet_effective' WHEN k.ended_on <= $3 THEN k.ended_by
    WHEN k.effective_to < $3 THEN 'lapsed' ELSE 'in_force' END AS validity) v`;

const within = (column: string, from: string, to: string): string => `AND (${from}::date IS NULL OR ${column} >= ${from}) AND (${to}::date IS NULL OR ${column} <= ${to})`;
/** What only the standing of the day can answer. */
const STANDS = `($10::text IS NULL OR s.state = $10) AND ($11::text IS NULL OR s.validity = $11) AND ($12::text IS NULL OR s.document_number ILIKE $12)
  ${within(`(s.published_at AT TIME ZONE 'Asia/Shanghai')::date`, '$13', '$14')} ${within('s.effective_from', '$15', '$16')} ${within('s.last_day', '$17', '$18')}
  AND ($19::int IS NULL OR (s.validity IN ('in_force', 'not_yet_effective') AND s.last_day >= $3 AND (s.last_day - make_interval(months => $19))::date <= $3))
  AND (NOT 'amended' = ANY ($20::text[]) OR cardinality(s.amended_by) > 0) AND (NOT 'partly_repealed' = ANY ($20) OR s.repealed <> '[]') AND (NOT 'extended' = ANY ($20) OR s.extended)
  AND (NOT 'evaluated' = ANY ($20) OR s.evaluated_at IS NOT NULL) AND (NOT 'funded' = ANY ($20) OR s.calls > 0)`;

/** By what rows are sorted, as a text that compares in the same order: what has no such day comes last. Of a row `s`. */
const SORT: Readonly<Record<LedgerSort, string>> = {
  begun: instant('s.created_at'), moved: 's.moved_at', published: `coalesce(${instant('s.published_at')}, '')`, expires: `coalesce(s.last_day::text, '9999-12-31')`,
  number: `coalesce(s.document_number, '\u{10ffff}')`, title: 's.title',
};

const COLUMNS = `s.id, s.title, s.kind, s.department, s.state, s.validity, s.document_number AS "documentNumber", s.published_at AS "publishedAt", s.effective_from::text AS "effectiveFrom",
  s.effective_to::text AS "effectiveTo", s.ended_on::text AS "endedOn", s.ended_by AS "endedBy", s.last_day::text AS "lastDay", s.amended_by AS "amendedBy", s.repealed, s.extended, s.created_at AS "begunAt",
  s.moved_at AS "movedAt", s.drafting_at AS "draftingAt", s.consulting_at AS "consultingAt", s.reviewing_at AS "reviewingAt", s.deliberating_at AS "deliberatingAt", s.approved_at AS "approvedAt",
  s.evaluated_at AS "evaluatedAt", s.calls`;

interface Place {
  id: string;
  sortKey: string;
  total: number;
}

interface Found extends Omit<LedgerRow, 'flags' | 'repealed'> {
  repealed: NamedClause[][];
  extended: boolean;
}

export interface LedgerFound {
  rows: LedgerRow[];
  /** What the last row is sorted by, and whether more follow it. */
  lastKey: string | null;
  more: boolean;
  total: number;
}

/**
 * The rows of a ledger behind the cursor, at most `limit`, with how many there are in all: one statement for which rows they are, and one for how they stood. Every state is made of the record of the life and
 * of the changes of validity that were known at the end of the day; the columns of today lend the day of publication and the days that were set with it.
 */
export async function ledgerRows(reader: LedgerReader, cityId: string, asked: LedgerAsked, limit: number): Promise<LedgerFound> {
  const end = dayEnd(asked.on);
  const base = [cityId, end, asked.on, end.toISOString(), asked.departmentId, asked.kind, asked.words, asked.begunFrom, asked.begunBefore];
  const places = await placesOf(reader, asked, base, limit + 1);
  const shown = places.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  // A page names its few; for a whole file it is quicker to read everything once.
  const found = ids.length === 0 ? [] : ids.length <= FEW
    ? await reader.query<Found>(`SELECT ${COLUMNS} FROM (${standing('ANY ($10::uuid[])')}) s`, [...base, ids])
    : await reader.query<Found>(`SELECT ${COLUMNS} FROM (${standing('')}) s`, base);
  const byId = new Map(found.map((row) => [row.id, rowOf(row)]));
  return { rows: shown.flatMap(({ id }) => byId.get(id) ?? []), lastKey: shown.at(-1)?.sortKey ?? null, more: places.length > limit, total: places[0]?.total ?? 0 };
}

/** Which rows, in their order. What the policies' own columns can answer is not asked of their lives. */
function placesOf(reader: LedgerReader, asked: LedgerAsked, base: unknown[], limit: number): Promise<Place[]> {
  const [key, direction, than] = [SORT[asked.sort], asked.descending ? 'DESC' : 'ASC', asked.descending ? '<' : '>'];
  const cursor = (first: number): string => `($${first}::text IS NULL OR (x.sort_key, x.id) ${than} ($${first}::text COLLATE "C", $${first + 1}::uuid))`;
  const query = (rows: string, first: number): string =>
    `SELECT x.id, x.sort_key AS "sortKey", x.total FROM (SELECT s.id, (${key}) COLLATE "C" AS sort_key, count(*) OVER ()::int AS total FROM ${rows}) x
     WHERE ${cursor(first)} ORDER BY x.sort_key ${direction}, x.id ${direction} LIMIT ${limit}`;
  const behind = [asked.after?.key ?? null, asked.after?.id ?? null];
  const days = [...asked.published, ...asked.effective, ...asked.expires];
  const plain = [asked.state, asked.validity, asked.number, asked.expiringMonths, ...days].every((one) => one === null) && asked.flags.length === 0 && (asked.sort === 'begun' || asked.sort === 'title');
  return plain
    // All parameters are named, as each has to have its type.
    ? reader.query<Place>(query(`(SELECT p.id, p.title, p.created_at FROM policy p WHERE ${PLAIN} AND $3::date IS NOT NULL AND $4::text IS NOT NULL) s`, 10), [...base, ...behind])
    : reader.query<Place>(query(`(${standing('', asksLives(asked))}) s WHERE ${STANDS}`, 21), [...base, asked.state, asked.validity, asked.number, ...days, asked.expiringMonths, asked.flags, ...behind]);
}

/** States of a document that is out follow from its validity; what came before, and what its life holds beside, only the record tells. */
const asksLives = ({ state, flags, sort }: LedgerAsked): boolean =>
  (state !== null && !['published', 'expired', 'abolished', 'superseded'].includes(state)) || flags.includes('evaluated') || flags.includes('funded') || sort === 'moved';

function rowOf({ repealed, extended, ...row }: Found): LedgerRow {
  const clauses = repealed.flat();
  const has: Readonly<Record<LedgerFlag, boolean>> = { amended: row.amendedBy.length > 0, partly_repealed: clauses.length > 0, extended, evaluated: row.evaluatedAt !== null, funded: row.calls > 0 };
  return { ...row, repealed: clauses, flags: (Object.keys(has) as LedgerFlag[]).filter((flag) => has[flag]) };
}
