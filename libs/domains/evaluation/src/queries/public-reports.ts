import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { Conclusion, Rating } from '../domain/report';

export interface PublicReportItem {
  id: string;
  policyId: string;
  policyTitle: string;
  department: string;
  periodFrom: IsoDate;
  periodTo: IsoDate;
  conclusion: Conclusion;
  publishedAt: Date;
}

export interface PublicReport extends PublicReportItem {
  summary: string;
  reason: string;
  nextReviewOn: IsoDate | null;
  ratings: Rating[];
}

const PAGE = 20;
const COLUMNS = `r.id, r.policy_id AS "policyId", p.title AS "policyTitle", d.short_name AS department, r.period_from::text AS "periodFrom", r.period_to::text AS "periodTo",
  r.conclusion, r.published_at AS "publishedAt"`;
const JOINS = `evaluation_report r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id JOIN department d ON d.city_id = r.city_id AND d.id = r.tenant_id`;

/** Published reports of a city, newest first, twenty a page. `after` is the last entry of the page before. */
export async function listPublicReports(reader: PublicReader, cityId: string, after?: string): Promise<{ items: PublicReportItem[]; next: string | null }> {
  const [at, id] = after ? after.split('_') : [null, null];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const rows = await reader.query<PublicReportItem>(
    `SELECT ${COLUMNS} FROM ${JOINS}
     WHERE r.city_id = $1 AND r.state = 'published' AND ($2::timestamptz IS NULL OR (r.published_at, r.id) < ($2::timestamptz, $3::uuid))
     ORDER BY r.published_at DESC, r.id DESC LIMIT ${PAGE + 1}`, [cityId, at, id]);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.publishedAt.toISOString()}_${last.id}` : null };
}

/** One published report with the ratings of every side. */
export async function readPublicReport(reader: PublicReader, cityId: string, id: string): Promise<PublicReport> {
  if (!isId(id)) throw DomainError.notFound();
  const [report] = await reader.query<PublicReport>(
    `SELECT ${COLUMNS}, r.summary, r.reason, r.next_review_on::text AS "nextReviewOn",
       coalesce((SELECT json_agg(json_build_object('side', a.side, 'rating', a.rating, 'evidence', a.evidence) ORDER BY array_position(ARRAY['department', 'authority', 'enterprises'], a.side))
        FROM evaluation_rating a WHERE a.city_id = $1 AND a.report_id = r.id), '[]') AS ratings
     FROM ${JOINS} WHERE r.city_id = $1 AND r.id = $2 AND r.state = 'published'`, [cityId, id]);
  if (!report) throw DomainError.notFound();
  return report;
}

/** The published reports on one policy, newest first. */
export async function publicReportsOf(reader: PublicReader, cityId: string, policyId: string): Promise<PublicReportItem[]> {
  if (!isId(policyId)) throw DomainError.notFound();
  return reader.query<PublicReportItem>(
    `SELECT ${COLUMNS} FROM ${JOINS} WHERE r.city_id = $1 AND r.policy_id = $2 AND r.state = 'published' ORDER BY r.published_at DESC, r.id DESC LIMIT 20`, [cityId, policyId]);
}
