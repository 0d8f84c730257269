import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

/** First and last day of a call's public notice; null before it is posted. */
export async function noticeOf(tx: TenantTx, callId: string): Promise<{ startsOn: IsoDate; endsOn: IsoDate } | null> {
  const [row] = await tx.query<{ startsOn: IsoDate; endsOn: IsoDate }>(
    `SELECT starts_on::text AS "startsOn", ends_on::text AS "endsOn" FROM funding_notice WHERE city_id = $1 AND call_id = $2`, [tx.cityId, callId]);
  return row ?? null;
}
