import { chinaDate, type IsoDate } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import type { Parameter } from '../data/parameter';
import { type Confirmation, type Effective, effectiveOf, type Override } from '../effective';
import { parameter, type ParameterId, type PARAMETERS } from '../parameters';
import { isInForce } from './unverified-rules';

type Version<I extends ParameterId> = Extract<(typeof PARAMETERS)[number], { id: I }>;
type Query = <R>(sql: string, parameters: unknown[]) => Promise<R[]>;

interface Found {
  overrides: Override[] | null;
  confirmations: (Omit<Confirmation, 'confirmedAt'> & { confirmedAt: string })[] | null;
}

interface Additions {
  overrides: Override[];
  confirmations: Confirmation[];
}

/** What a city added to the parameters, and what its people confirmed: dozens of rows, so all of them in one statement, whoever asks. */
async function additions(query: Query, cityId: string): Promise<Additions> {
  const [row] = await query<Found>(
    `SELECT
       (SELECT json_agg(json_build_object('id', o.id, 'tenantId', o.tenant_id, 'paramId', o.param_id, 'field', o.field, 'value', o.value, 'source', o.source,
          'reason', o.reason, 'from', o.valid_from, 'to', o.valid_to))
        FROM statute_override o WHERE o.city_id = $1 AND o.confirmed_at IS NOT NULL) AS overrides,
       (SELECT json_agg(json_build_object('paramId', c.param_id, 'versionFrom', c.version_from, 'textSource', c.text_source, 'confirmedAt', c.confirmed_at))
        FROM statute_confirmation c WHERE c.city_id = $1) AS confirmations`, [cityId]);
  return { overrides: row?.overrides ?? [], confirmations: (row?.confirmations ?? []).map((one) => ({ ...one, confirmedAt: new Date(one.confirmedAt) })) };
}

const read = new WeakMap<TenantTx, Additions>();

/** The same for a transaction, read once in it: many rooms ask in one request, and nothing that confirms an override asks afterwards. */
async function additionsIn(tx: TenantTx): Promise<Additions> {
  const known = read.get(tx) ?? await additions((sql, values) => tx.query(sql, values), tx.cityId);
  read.set(tx, known);
  return known;
}

/**
 * The parameter as it holds for a department (that of the person who acts, unless told) on a day (today): its value with what the city and the
 * department set where the law leaves room, the citation of both, and whether it may block or only warns. Refuses what `parameter` refuses.
 */
export async function effectiveParameter<I extends ParameterId>(
  tx: TenantTx, id: I, on: IsoDate = chinaDate(tx.at), tenantId: string | null = tx.actor.tenantId): Promise<Effective<Version<I>>> {
  const [found] = await effectiveParameters(tx, [id], on, tenantId);
  return found as Effective<Version<I>>;
}

/** As `effectiveParameter` for several, in one statement, in the order asked. */
export async function effectiveParameters<I extends ParameterId>(
  tx: TenantTx, ids: readonly I[], on: IsoDate = chinaDate(tx.at), tenantId: string | null = tx.actor.tenantId): Promise<Effective<Version<I>>[]> {
  const versions = ids.map((id) => parameter(id, on));
  const { overrides, confirmations } = await additionsIn(tx);
  return versions.map((version) => effectiveOf<Version<I>>(version, on, tenantId, overrides, confirmations));
}

/**
 * As `effectiveParameter` for whichever department and day is asked afterwards, in one statement for all of them; null on a day on which no version of the
 * parameter was in force.
 */
export async function parametersAt<I extends ParameterId>(tx: TenantTx): Promise<<J extends I>(id: J, on: IsoDate, tenantId: string | null) => Effective<Version<J>> | null> {
  const { overrides, confirmations } = await additionsIn(tx);
  return (id, on, tenantId) => (isInForce(id, on) ? effectiveOf(parameter(id, on), on, tenantId, overrides, confirmations) : null) as never;
}

/** For everybody: the parameters of a city on a day, for the whole city or for one department. */
export async function publicParameters(reader: PublicReader, cityId: string, versions: readonly Parameter[], on: IsoDate, tenantId: string | null): Promise<Effective[]> {
  const { overrides, confirmations } = await additions((sql, values) => reader.query(sql, values), cityId);
  return versions.map((version) => effectiveOf(version, on, tenantId, overrides, confirmations));
}
