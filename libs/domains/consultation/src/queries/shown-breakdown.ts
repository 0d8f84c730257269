import type { IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';

/** The shown opinions by what they are about and by when they came; the hidden ones are in neither. */
export interface ShownBreakdown {
  /** Null: on the whole draft. The most first. */
  byClause: { clauseId: string | null; count: number }[];
  /** Days in Asia/Shanghai on which there was one, in their order. */
  byDay: { day: IsoDate; count: number }[];
}

/** Counts the shown opinions of a consultation in one pass. */
export async function shownBreakdown(reader: PublicReader, cityId: string, consultationId: string): Promise<ShownBreakdown> {
  const rows = await reader.query<{ ofDay: boolean; clauseId: string | null; day: string | null; count: number }>(
    `SELECT grouping(s.clause_id) = 1 AS "ofDay", s.clause_id AS "clauseId", to_char(s.day, 'YYYY-MM-DD') AS day, count(*)::integer AS count
     FROM (SELECT o.clause_id, (o.received_at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM opinion o
       WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.moderation = 'shown') s
     GROUP BY GROUPING SETS ((s.clause_id), (s.day)) ORDER BY count DESC, s.clause_id`, [cityId, consultationId]);
  return {
    byClause: rows.filter(({ ofDay }) => !ofDay).map(({ clauseId, count }) => ({ clauseId, count })),
    byDay: rows.flatMap(({ ofDay, day, count }) => (ofDay && day ? [{ day, count }] : [])).sort((a, b) => (a.day < b.day ? -1 : 1)),
  };
}

export interface Participant {
  name: string;
  count: number;
}

const MAX_PARTICIPANTS = 500;

/** The enterprises whose opinions are shown, under the name that everybody reads, the most first; 500 at most. Persons are not named. */
export const publicParticipants = (reader: PublicReader, cityId: string, consultationId: string): Promise<Participant[]> =>
  reader.query<Participant>(
    `SELECT o.public_name AS name, count(*)::integer AS count FROM opinion o
     WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.moderation = 'shown' AND o.author_kind = 'enterprise' AND o.public_name IS NOT NULL
     GROUP BY o.public_name ORDER BY count DESC, o.public_name LIMIT ${MAX_PARTICIPANTS}`, [cityId, consultationId]);
