import { lastDayInForce, type NamedClause, type PolicyKind, type PolicyState, type Validity, validityOn } from '@core/policy';
import { chinaInstant, DomainError, isDay, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { KNOWN_CHANGES } from './known-changes';

export interface EffectiveItem {
  id: string;
  title: string;
  kind: PolicyKind;
  documentNumber: string;
  department: string;
  publishedAt: Date;
  effectiveFrom: IsoDate;
  /** Last day set for it, with the extensions that were decided by the end of the day asked for. */
  effectiveTo: IsoDate | null;
  /** First day on which an abolition or replacement holds, if it was decided by then. */
  endedOn: IsoDate | null;
  /** Last day in force by either of them; null if no end was set. */
  to: IsoDate | null;
  /** Numbers of the documents that amend it and have taken effect by the day, in the order in which they did. */
  amendedBy: string[];
  /** The document that takes its place on the day on which it ends, where one was named by then. */
  replacedBy: { id: string; title: string; number: string | null } | null;
  /** Clauses that no longer hold on the day. */
  repealed: NamedClause[];
  /** On the day asked for: always `in_force`, computed by the spine's own rule. */
  validity: Validity | null;
}

export interface EffectiveFilter {
  kind?: string | undefined;
  departmentId?: string | undefined;
  /** The last entry of the page before: `<publication instant>_<id>`. */
  after?: string | undefined;
}

const PAGE = 20;
const DAY_MS = 86_400_000;

/** Published on or before the day, begun, and neither abolished, replaced nor lapsed on it: `validityOn` said in SQL, so that pages come out full. */
const IN_FORCE = `p.city_id = $1 AND p.public_since IS NOT NULL AND p.published_at < $2 AND p.effective_from <= $3
  AND (p.effective_to IS NULL OR p.effective_to >= $3)
  AND NOT (p.state IN ('abolished', 'superseded') AND p.ended_on IS NOT NULL AND p.ended_on <= $3)
  AND ($4::text IS NULL OR p.kind = $4) AND ($5::uuid IS NULL OR p.tenant_id = $5)`;

function parameters(cityId: string, on: IsoDate, filter: EffectiveFilter): unknown[] {
  if (filter.departmentId && !isId(filter.departmentId)) throw DomainError.notFound();
  return [cityId, new Date(dayStart(on).getTime() + DAY_MS), on, filter.kind || null, filter.departmentId || null];
}

export function dayStart(on: IsoDate): Date {
  if (!isDay(on)) throw DomainError.invalid('ledger:error.badDay', [{ field: 'on', key: 'ledger:error.badDay' }]);
  return chinaInstant(on);
}

async function rows(reader: Pick<PublicReader, 'query'>, values: unknown[], on: IsoDate, after: string | undefined, limit: number | null): Promise<EffectiveItem[]> {
  const [at, id] = after ? after.split('_') : [null, null];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const found = await reader.query<Omit<EffectiveItem, 'repealed'> & { state: PolicyState; repealed: NamedClause[][] }>(
    `SELECT p.id, p.title, p.kind, p.state, p.document_number AS "documentNumber", d.short_name AS department, p.published_at AS "publishedAt",
       p.effective_from::text AS "effectiveFrom", (CASE WHEN c.moved_later THEN c.earlier_to ELSE p.effective_to END)::text AS "effectiveTo",
       CASE WHEN c.ended_later OR p.state NOT IN ('abolished', 'superseded') THEN NULL ELSE p.ended_on END::text AS "endedOn",
       coalesce(c.amended_by, '{}') AS "amendedBy", c.replaced_by AS "replacedBy", coalesce(c.repealed, '[]') AS repealed
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id LEFT JOIN LATERAL (${KNOWN_CHANGES}) c ON true
     WHERE ${IN_FORCE} AND ($6::timestamptz IS NULL OR (p.published_at, p.id) < ($6::timestamptz, $7::uuid))
     ORDER BY p.published_at DESC, p.id DESC LIMIT $8`, [...values, at, id, limit]);
  return found.map(({ state, ...item }) => ({ ...item, repealed: item.repealed.flat(), to: lastDayInForce(item), validity: validityOn({ ...item, state }, on) }));
}

/** The policies of a city that are in force on a day, newest first, twenty a page, with their number. Any day may be asked for. */
export async function effectiveList(
  reader: PublicReader, cityId: string, on: IsoDate, filter: EffectiveFilter = {},
): Promise<{ items: EffectiveItem[]; next: string | null; total: number }> {
  const values = parameters(cityId, on, filter);
  const [page, [counted]] = await Promise.all([
    rows(reader, values, on, filter.after, PAGE + 1),
    reader.query<{ total: number }>(`SELECT count(*)::int AS total FROM policy p WHERE ${IN_FORCE}`, values),
  ]);
  const items = page.slice(0, PAGE);
  const last = page.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.publishedAt.toISOString()}_${last.id}` : null, total: counted?.total ?? 0 };
}

/** The whole list of that day at once, for export. */
export async function effectiveExport(reader: Pick<PublicReader, 'query'>, cityId: string, on: IsoDate, filter: EffectiveFilter = {}): Promise<EffectiveItem[]> {
  return rows(reader, parameters(cityId, on, filter), on, undefined, null);
}
