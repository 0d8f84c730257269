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

/** What an officer has: the opinions `g` of the consultations `$4`, each looked up in sets that are made once, however little the planner knows of rows that were written just now. */
const COUNTED = `SELECT g.consultation_id, count(*)::integer AS assigned,
    count(*) FILTER (WHERE g.opinion_id NOT IN (SELECT a.opinion_id FROM opinion_answer a WHERE a.city_id = $1 AND a.consultation_id = ANY ($4::uuid[]))
      AND g.opinion_id NOT IN (SELECT w.opinion_id FROM opinion_withdrawal w WHERE w.city_id = $1 AND w.consultation_id = ANY ($4::uuid[])))::integer AS waiting,
    count(*) FILTER (WHERE g.opinion_id NOT IN (SELECT r.opinion_id FROM opinion_reading r WHERE r.city_id = $1 AND r.consultation_id = ANY ($4::uuid[]) AND r.account_id = $2))::integer AS unread
  FROM opinion_assignment g WHERE g.city_id = $1 AND g.account_id = $2 AND g.tenant_id = $3 AND g.consultation_id = ANY ($4::uuid[]) GROUP BY g.consultation_id`;

/** The opinions given to the person who looks, by consultation, the most waiting first; of the hundred consultations that opened last. */
export async function myOpinions(tx: TenantTx): Promise<MyOpinions[]> {
  const home = [tx.cityId, tx.actor.accountId, tx.actor.tenantId];
  const of = await tx.query<{ id: string; title: string }>(
    `SELECT c.id, c.title FROM consultation c WHERE c.city_id = $1 AND EXISTS (SELECT 1 FROM opinion_assignment g WHERE g.city_id = $1 AND g.account_id = $2 AND g.tenant_id = $3 AND g.consultation_id = c.id)
     ORDER BY c.opens_at DESC, c.id DESC LIMIT 100`, home);
  const counts = await tx.query<Omit<MyOpinions, 'consultationId' | 'title'> & { consultation_id: string }>(COUNTED, [...home, of.map(({ id }) => id)]);
  const titles = new Map(of.map(({ id, title }) => [id, title]));
  return counts.map(({ consultation_id: consultationId, ...rest }) => ({ consultationId, title: titles.get(consultationId) ?? '', ...rest })).sort((a, b) => b.waiting - a.waiting || (a.title < b.title ? -1 : 1));
}

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
