import type { PublicReader } from '@platform/persistence';
import { lastDayOf } from '../domain/window';

/** What one can subscribe to: consultations that take opinions now, or published results. */
export type FeedKind = 'open' | 'result';

export interface FeedItem {
  id: string;
  title: string;
  purpose: string;
  department: string;
  opensAt: Date;
  lastDay: string;
  extensionNotice: string | null;
  resultText: string | null;
  resultPublishedAt: Date | null;
  /** When what the feed says of it last changed. */
  updatedAt: Date;
}

export interface ConsultationFeed {
  /** When an item last came, changed or went; null if there never was one. */
  updatedAt: Date | null;
  /** The one that changed last comes first; a hundred at most. */
  items: FeedItem[];
}

const MAX_ITEMS = 100;
const OPENED = 'greatest(c.opens_at, c.extended_at)';

const FEEDS: Readonly<Record<FeedKind, { updated: string; where: string; last: string }>> = {
  open: {
    updated: OPENED, where: `c.state = 'open' AND c.closes_at > $2`,
    // An open one goes when its instant has come, whether or not anybody has closed it.
    last: `max(greatest(${OPENED}, CASE WHEN c.closes_at <= $2 THEN c.closes_at END, c.closed_at))`,
  },
  result: {
    updated: 'c.result_published_at', where: `c.state = 'result_published' AND c.result_published_at <= $2`,
    last: 'max(c.result_published_at) FILTER (WHERE c.result_published_at <= $2)',
  },
};

/** The consultations of a city for subscribers. */
export async function consultationFeed(reader: PublicReader, cityId: string, kind: FeedKind, now: Date): Promise<ConsultationFeed> {
  const { updated, where, last } = FEEDS[kind];
  const rows = await reader.query<Omit<FeedItem, 'lastDay'> & { closesAt: Date }>(
    `SELECT c.id, c.title, c.purpose, d.name AS department, c.opens_at AS "opensAt", c.closes_at AS "closesAt", c.extension_notice AS "extensionNotice",
       c.result_text AS "resultText", c.result_published_at AS "resultPublishedAt", ${updated} AS "updatedAt"
     FROM consultation c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     WHERE c.city_id = $1 AND ${where} ORDER BY "updatedAt" DESC, c.id DESC LIMIT ${MAX_ITEMS}`, [cityId, now]);
  const [changed] = await reader.query<{ at: Date | null }>(`SELECT ${last} AS at FROM consultation c WHERE c.city_id = $1 AND c.opens_at <= $2`, [cityId, now]);
  return { updatedAt: changed?.at ?? null, items: rows.map(({ closesAt, ...row }) => ({ ...row, lastDay: lastDayOf(closesAt) })) };
}
