import { chinaDate, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Parameter } from '../data/parameter';
import { mayBlock, PARAMETERS } from '../parameters';

const inForceOn = (version: Parameter, on: IsoDate): boolean => version.from <= on && (version.to === null || on <= version.to);

/** Whether any version of a parameter is in force on a day. */
export const isInForce = (id: string, on: IsoDate): boolean => PARAMETERS.some((version: Parameter) => version.id === id && inForceOn(version, on));

/** Those of these rules that were cited from memory and that nobody in the city has confirmed: what rests on them only warns, and says so. */
export async function unverifiedRules(tx: TenantTx, ids: readonly string[], on: IsoDate = chinaDate(tx.at)): Promise<ReadonlySet<string>> {
  const doubtful = PARAMETERS.filter((version: Parameter) => ids.includes(version.id) && !mayBlock(version) && inForceOn(version, on));
  if (doubtful.length === 0) return new Set();
  const confirmed = await tx.query<{ paramId: string; from: IsoDate }>(
    `SELECT param_id AS "paramId", version_from::text AS from FROM statute_confirmation WHERE city_id = $1 AND param_id = ANY ($2)`, [tx.cityId, doubtful.map(({ id }) => id)]);
  return new Set(doubtful.filter(({ id, from }) => !confirmed.some((one) => one.paramId === id && one.from === from)).map(({ id }) => id));
}
