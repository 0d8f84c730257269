import type { IsoDate } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import { type OverrideTerms, TERMS_COLUMNS } from '../override-terms';

/** What everybody may read of an override: what it says, for whom, and which two departments stand for it. */
export interface PublicOverride extends OverrideTerms {
  id: string;
  /** Null for the whole city. */
  department: string | null;
  setIn: string | null;
  confirmedIn: string | null;
  confirmedAt: Date | null;
}

export interface OverrideEntry extends PublicOverride {
  setBy: string;
  setById: string;
  setAt: Date;
  confirmedBy: string | null;
}

const MOST = 200;
const SHOWN = `o.id, ${TERMS_COLUMNS}, d.short_name AS department, s.short_name AS "setIn", e.short_name AS "confirmedIn", o.confirmed_at AS "confirmedAt"`;
const DEPARTMENTS = `LEFT JOIN department d ON d.city_id = o.city_id AND d.id = o.tenant_id
     LEFT JOIN department s ON s.city_id = o.city_id AND s.id = o.set_in
     LEFT JOIN department e ON e.city_id = o.city_id AND e.id = o.confirmed_in`;

/** The overrides of a city, those that wait for a second person first; the newest two hundred. */
export const listOverrides = (tx: TenantTx): Promise<OverrideEntry[]> =>
  tx.query<OverrideEntry>(
    `SELECT ${SHOWN}, a.display_name AS "setBy", o.set_by AS "setById", o.set_at AS "setAt", b.display_name AS "confirmedBy"
     FROM statute_override o
     JOIN account a ON a.city_id = o.city_id AND a.id = o.set_by
     LEFT JOIN account b ON b.city_id = o.city_id AND b.id = o.confirmed_by
     ${DEPARTMENTS}
     WHERE o.city_id = $1 ORDER BY o.confirmed_at IS NOT NULL, o.set_at DESC, o.id DESC LIMIT ${MOST}`, [tx.cityId]);

/** The confirmed overrides of a city, those with the latest first day first. */
export const publicOverrides = (reader: PublicReader, cityId: string): Promise<PublicOverride[]> =>
  reader.query<PublicOverride>(
    `SELECT ${SHOWN} FROM statute_override o ${DEPARTMENTS}
     WHERE o.city_id = $1 AND o.confirmed_at IS NOT NULL ORDER BY o.valid_from DESC, o.id DESC LIMIT ${MOST}`, [cityId]);

/** What everybody may read of a confirmation. */
export interface PublicConfirmation {
  paramId: string;
  versionFrom: IsoDate;
  textSource: string;
  confirmedIn: string | null;
  confirmedAt: Date;
}

export interface ConfirmationEntry extends PublicConfirmation {
  confirmedBy: string;
}

const CONFIRMED = `c.param_id AS "paramId", c.version_from::text AS "versionFrom", c.text_source AS "textSource", e.short_name AS "confirmedIn", c.confirmed_at AS "confirmedAt"`;
const CONFIRMER = 'LEFT JOIN department e ON e.city_id = c.city_id AND e.id = c.confirmed_in';

/** Who confirmed which rule, and where the text was read. */
export const listConfirmations = (tx: TenantTx): Promise<ConfirmationEntry[]> =>
  tx.query<ConfirmationEntry>(
    `SELECT ${CONFIRMED}, a.display_name AS "confirmedBy"
     FROM statute_confirmation c JOIN account a ON a.city_id = c.city_id AND a.id = c.confirmed_by ${CONFIRMER} WHERE c.city_id = $1`, [tx.cityId]);

/** Which rules a city confirmed, in which department, and where the text was read. */
export const publicConfirmations = (reader: PublicReader, cityId: string): Promise<PublicConfirmation[]> =>
  reader.query<PublicConfirmation>(`SELECT ${CONFIRMED} FROM statute_confirmation c ${CONFIRMER} WHERE c.city_id = $1`, [cityId]);
