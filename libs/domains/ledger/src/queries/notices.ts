import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { noticeTitle } from '../domain/notice';

/** A notice of abolition (废止公告) as everybody sees it. */
export interface AbolitionNotice {
  id: string;
  /** Null for those that were given before notices had numbers. */
  number: string | null;
  /** What it is called: 关于废止《…》的公告. */
  title: string;
  department: string;
  policyId: string;
  policyTitle: string;
  documentNumber: string | null;
  noticeText: string;
  publishedAt: Date;
  /** First day on which the policy no longer holds. */
  effectOn: IsoDate;
  replacedBy: { id: string; title: string; number: string | null } | null;
  /** What holds for what was begun under the policy. */
  transition: string;
}

const PAGE = 20;
const SELECT = `SELECT c.id, c.notice_number AS number, d.name AS department, p.id AS "policyId", p.title AS "policyTitle", p.document_number AS "documentNumber", c.notice_text AS "noticeText",
    c.decided_at AS "publishedAt", c.effect_on::text AS "effectOn", c.transition,
    CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'title', r.title, 'number', r.document_number) END AS "replacedBy"
  FROM abolition_case c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
  LEFT JOIN policy r ON r.city_id = c.city_id AND r.id = c.replaced_by WHERE c.city_id = $1 AND c.decision = 'abolish'`;

const titled = (row: Omit<AbolitionNotice, 'title'>): AbolitionNotice => ({ ...row, title: noticeTitle(row.policyTitle) });

/** The notices of a city, newest first, twenty a page. `after` is `<publication instant>_<id>` of the last one seen. */
export async function abolitionNotices(reader: PublicReader, cityId: string, after?: string): Promise<{ items: AbolitionNotice[]; next: string | null }> {
  const [at, id] = after ? after.split('_') : [];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const rows = await reader.query<Omit<AbolitionNotice, 'title'>>(
    `${SELECT} AND ($2::timestamptz IS NULL OR (c.decided_at, c.id) < ($2::timestamptz, $3::uuid)) ORDER BY c.decided_at DESC, c.id DESC LIMIT ${PAGE + 1}`, [cityId, at ?? null, id ?? null]);
  const items = rows.slice(0, PAGE).map(titled);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.publishedAt.toISOString()}_${last.id}` : null };
}

/** One notice; "not found" for what is not decided. */
export async function readAbolitionNotice(reader: PublicReader, cityId: string, id: string): Promise<AbolitionNotice> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await reader.query<Omit<AbolitionNotice, 'title'>>(`${SELECT} AND c.id = $2`, [cityId, id]);
  if (!row) throw DomainError.notFound();
  return titled(row);
}

/** The notice with which a policy was abolished, or null. */
export async function abolitionNotice(reader: PublicReader, cityId: string, policyId: string): Promise<AbolitionNotice | null> {
  if (!isId(policyId)) throw DomainError.notFound();
  const [row] = await reader.query<Omit<AbolitionNotice, 'title'>>(`${SELECT} AND c.policy_id = $2`, [cityId, policyId]);
  return row ? titled(row) : null;
}
