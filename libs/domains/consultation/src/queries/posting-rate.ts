import type { PublicReader } from '@platform/persistence';
import { postsPerMinute, previousSlot, slotOf } from '../domain/intake-limits';

/** Posts a minute that a consultation gets now. */
export async function postingRate(reader: PublicReader, cityId: string, consultationId: string, at: Date): Promise<number> {
  const [row] = await reader.query<{ now: number | null; before: number | null }>(
    `SELECT sum(posts) FILTER (WHERE slot = $3)::integer AS now, sum(posts) FILTER (WHERE slot = $4)::integer AS before
     FROM intake_count WHERE city_id = $1 AND kind = 'consultation' AND subject = $2 AND slot IN ($3, $4)`,
    [cityId, consultationId, slotOf(at), previousSlot(at)]);
  return postsPerMinute(at, row?.now ?? 0, row?.before ?? 0);
}
