import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { lastDayOf } from '../domain/window';

/** Which part of the public list: taking opinions now, being answered, or with its result. */
export const PUBLIC_STAGES = ['open', 'closed', 'result'] as const;
export type PublicStage = (typeof PUBLIC_STAGES)[number];

export interface PublicConsultationItem {
  id: string;
  policyId: string;
  title: string;
  purpose: string;
  department: string;
  opensAt: Date;
  /** The first instant that is too late. */
  closesAt: Date;
  lastDay: string;
  /** Computed at the instant of reading: a window is over when its instant has come, whether or not anybody has closed it. */
  stage: PublicStage;
  /** received = shown + hidden + withdrawn */
  received: number;
  shown: number;
  hidden: number;
  withdrawn: number;
}

/** A row as the statements below answer it. */
export type ConsultationItemRow = Omit<PublicConsultationItem, 'lastDay' | 'stage' | 'received'> & { state: string };

const PAGE = 20;

/** Columns of an item over `consultation c` and `department d`. */
export const ITEM_COLUMNS = `c.id, c.policy_id AS "policyId", c.title, c.purpose, d.name AS department, c.opens_at AS "opensAt", c.closes_at AS "closesAt", c.state,
  (SELECT count(*)::integer FROM opinion o WHERE o.city_id = c.city_id AND o.consultation_id = c.id AND o.moderation = 'shown') AS shown, c.hidden_count AS hidden, c.withdrawn_count AS withdrawn`;

const STAGE_SQL: Readonly<Record<PublicStage, string>> = {
  open: `c.state = 'open' AND c.closes_at > $2`,
  closed: `(c.state = 'closed' OR (c.state = 'open' AND c.closes_at <= $2))`,
  result: `c.state = 'result_published' AND c.result_published_at <= $2`,
};

export function itemOf<R extends ConsultationItemRow>(row: R, now: Date): Omit<R, 'state'> & PublicConsultationItem {
  const { state, ...rest } = row;
  const stage: PublicStage = state === 'result_published' ? 'result' : state === 'open' && now < row.closesAt ? 'open' : 'closed';
  return { ...rest, stage, lastDay: lastDayOf(row.closesAt), received: row.shown + row.hidden + row.withdrawn };
}

/** The consultations of a city in one stage, twenty a page: open ones by the nearest end, the others by the latest. */
export async function listPublicConsultations(
  reader: PublicReader, cityId: string, stage: PublicStage, now: Date, after?: string,
): Promise<{ items: PublicConsultationItem[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const [order, beyond] = stage === 'open' ? ['ASC', '>'] : ['DESC', '<'];
  const rows = await reader.query<ConsultationItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM consultation c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     WHERE c.city_id = $1 AND ${STAGE_SQL[stage]} AND ($3::timestamptz IS NULL OR (c.closes_at, c.id) ${beyond} ($3::timestamptz, $4::uuid))
     ORDER BY c.closes_at ${order}, c.id ${order} LIMIT ${PAGE + 1}`, [cityId, now, at, id]);
  const items = rows.slice(0, PAGE).map((row) => itemOf(row, now));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.closesAt.toISOString()}_${last.id}` : null };
}

/** A cursor `<instant>_<id>` as its two parts; nulls for the first page. */
export function parseCursor(after: string | undefined): [string | null, string | null] {
  if (!after) return [null, null];
  const [at, id] = after.split('_');
  if (!at || Number.isNaN(Date.parse(at)) || !isId(id)) throw DomainError.invalid('common:error.badCursor');
  return [at, id];
}
