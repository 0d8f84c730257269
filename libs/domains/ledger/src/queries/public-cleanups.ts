import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { CleanupTrigger, Effect, Outcome } from '../domain/cleanup';

/** The three lists that are published: 继续有效, 废止和失效, 拟修改. */
export const PUBLIC_LISTS = ['keep', 'end', 'amend'] as const;
export type PublicList = (typeof PUBLIC_LISTS)[number];

export interface PublicCleanup {
  id: string;
  title: string;
  trigger: CleanupTrigger;
  reason: string;
  listedOn: IsoDate;
  decisionNumber: string;
  decisionText: string;
  decidedAt: Date;
  counts: Record<PublicList, number>;
}

export interface PublicCleanupItem {
  no: number;
  policyId: string;
  title: string;
  documentNumber: string;
  department: string;
  publishedAt: Date;
  effectiveTo: IsoDate | null;
  outcome: Outcome;
  reason: string;
  amendWhat: string;
  amendBy: IsoDate | null;
  /** First day without it, as decided. */
  effectOn: IsoDate | null;
  successor: string | null;
  effect: Effect | null;
  /** The day on which it really ended, where that is later than decided or it ended by other means. */
  endedOn: IsoDate | null;
}

const LIST = `CASE i.outcome WHEN 'keep' THEN 'keep' WHEN 'amend' THEN 'amend' ELSE 'end' END`;
const PAGE = 50;

const CLEANUP = `SELECT c.id, c.title, c.trigger, c.reason, c.listed_on::text AS "listedOn", c.decision_number AS "decisionNumber", c.decision_text AS "decisionText", c.decided_at AS "decidedAt",
    json_build_object('keep', count(*) FILTER (WHERE ${LIST} = 'keep'), 'end', count(*) FILTER (WHERE ${LIST} = 'end'), 'amend', count(*) FILTER (WHERE ${LIST} = 'amend')) AS counts
  FROM cleanup c JOIN cleanup_item i ON i.city_id = c.city_id AND i.cleanup_id = c.id WHERE c.city_id = $1 AND c.state = 'decided' AND i.is_public`;
const GROUPED = 'GROUP BY c.city_id, c.id, c.title, c.trigger, c.reason, c.listed_on, c.decision_number, c.decision_text, c.decided_at';

/** The decided clean-ups of a city, newest first; there is one in a year or two. */
export const publicCleanups = (reader: PublicReader, cityId: string): Promise<PublicCleanup[]> =>
  reader.query<PublicCleanup>(`${CLEANUP} ${GROUPED} ORDER BY c.decided_at DESC, c.id DESC LIMIT 100`, [cityId]);

export async function publicCleanup(reader: PublicReader, cityId: string, id: string): Promise<PublicCleanup> {
  const [found] = isId(id) ? await reader.query<PublicCleanup>(`${CLEANUP} AND c.id = $2 ${GROUPED}`, [cityId, id]) : [];
  if (!found) throw DomainError.notFound();
  return found;
}

const ITEMS = `SELECT i.no, i.policy_id AS "policyId", i.title, i.document_number AS "documentNumber", d.name AS department, i.published_at AS "publishedAt", i.effective_to::text AS "effectiveTo", i.outcome, i.reason,
    i.amend_what AS "amendWhat", i.amend_by::text AS "amendBy", i.effect_on::text AS "effectOn", coalesce(r.document_number, r.title) AS successor, i.effect, i.ended_on::text AS "endedOn"
  FROM cleanup_item i JOIN department d ON d.city_id = i.city_id AND d.id = i.tenant_id LEFT JOIN policy r ON r.city_id = i.city_id AND r.id = i.replaced_by
  WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.is_public AND ($3::text IS NULL OR ${LIST} = $3)`;

/** One of the three lists, fifty at a time, as it was decided; `after` is the number of the last one shown. */
export async function publicCleanupItems(reader: PublicReader, cityId: string, id: string, list: PublicList, after = 0): Promise<{ items: PublicCleanupItem[]; next: number | null }> {
  const rows = await reader.query<PublicCleanupItem>(`${ITEMS} AND i.no > $4 ORDER BY i.no LIMIT ${PAGE + 1}`, [cityId, id, list, after]);
  return { items: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1]?.no ?? null : null };
}

/** All lists whole, for files. */
export const publicCleanupExport = (reader: PublicReader, cityId: string, id: string): Promise<PublicCleanupItem[]> =>
  reader.query<PublicCleanupItem>(`${ITEMS} ORDER BY i.no`, [cityId, id, null]);
