import type { TenantTx } from '@platform/persistence';

/** What an officer has of one consultation. */
export interface MyOpinions {
  consultationId: string;
  title: string;
  assigned: number;
  /** Without an answer, and not taken back. */
  waiting: number;
  /** Not read by the officer. */
  unread: number;
}

/** The opinions given to the person who looks, by consultation, the most waiting first; a hundred consultations at most. */
export const myOpinions = (tx: TenantTx): Promise<MyOpinions[]> =>
  tx.query<MyOpinions>(
    `SELECT c.id AS "consultationId", c.title, count(*)::integer AS assigned, count(*) FILTER (WHERE a.id IS NULL AND o.moderation <> 'withdrawn')::integer AS waiting,
       count(*) FILTER (WHERE r.opinion_id IS NULL)::integer AS unread
     FROM opinion_assignment g JOIN consultation c ON c.city_id = $1 AND c.id = g.consultation_id JOIN opinion o ON o.city_id = $1 AND o.id = g.opinion_id
     LEFT JOIN opinion_answer a ON a.city_id = $1 AND a.opinion_id = g.opinion_id LEFT JOIN opinion_reading r ON r.city_id = $1 AND r.opinion_id = g.opinion_id AND r.account_id = $2
     WHERE g.city_id = $1 AND g.account_id = $2 AND g.tenant_id = $3 GROUP BY c.id, c.title ORDER BY 4 DESC, 2, 1 LIMIT 100`, [tx.cityId, tx.actor.accountId, tx.actor.tenantId]);

/** How an opinion is worked on: by whom, and who has read it since when. */
export interface OpinionWork {
  officer: { accountId: string; name: string } | null;
  readers: { name: string; readAt: Date }[];
  /** Whether the person who looks is among them. */
  read: boolean;
}

const MOST_READERS = 50;

/** Of an opinion that the person may read. */
export async function opinionWork(tx: TenantTx, opinionId: string): Promise<OpinionWork> {
  const [officer] = await tx.query<{ accountId: string; name: string }>(
    'SELECT x.id AS "accountId", x.display_name AS name FROM opinion_assignment g JOIN account x ON x.city_id = g.city_id AND x.id = g.account_id WHERE g.city_id = $1 AND g.opinion_id = $2', [tx.cityId, opinionId]);
  const readers = await tx.query<{ accountId: string; name: string; readAt: Date }>(
    `SELECT x.id AS "accountId", x.display_name AS name, r.read_at AS "readAt" FROM opinion_reading r JOIN account x ON x.city_id = r.city_id AND x.id = r.account_id
     WHERE r.city_id = $1 AND r.opinion_id = $2 ORDER BY r.read_at, x.id LIMIT ${MOST_READERS}`, [tx.cityId, opinionId]);
  return { officer: officer ?? null, readers: readers.map(({ name, readAt }) => ({ name, readAt })), read: readers.some(({ accountId }) => accountId === tx.actor.accountId) };
}
