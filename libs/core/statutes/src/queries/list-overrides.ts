import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface OverrideEntry {
  id: string;
  paramId: string;
  field: string;
  value: number;
  source: string;
  from: IsoDate;
  to: IsoDate | null;
  /** Null for the whole city. */
  department: string | null;
  setBy: string;
  setById: string;
  setAt: Date;
  confirmedBy: string | null;
  confirmedAt: Date | null;
}

const MOST = 200;

/** The overrides of a city, those that wait for a second person first; the newest two hundred. */
export const listOverrides = (tx: TenantTx): Promise<OverrideEntry[]> =>
  tx.query<OverrideEntry>(
    `SELECT o.id, o.param_id AS "paramId", o.field, o.value, o.source, o.valid_from::text AS from, o.valid_to::text AS to, d.short_name AS department,
       a.display_name AS "setBy", o.set_by AS "setById", o.set_at AS "setAt", b.display_name AS "confirmedBy", o.confirmed_at AS "confirmedAt"
     FROM statute_override o
     JOIN account a ON a.city_id = o.city_id AND a.id = o.set_by
     LEFT JOIN account b ON b.city_id = o.city_id AND b.id = o.confirmed_by
     LEFT JOIN department d ON d.city_id = o.city_id AND d.id = o.tenant_id
     WHERE o.city_id = $1 ORDER BY o.confirmed_at IS NOT NULL, o.set_at DESC, o.id DESC LIMIT ${MOST}`, [tx.cityId]);

export interface ConfirmationEntry {
  paramId: string;
  versionFrom: IsoDate;
  textSource: string;
  confirmedBy: string;
  confirmedAt: Date;
}

/** Who confirmed which rule, and where the text was read. */
export const listConfirmations = (tx: TenantTx): Promise<ConfirmationEntry[]> =>
  tx.query<ConfirmationEntry>(
    `SELECT c.param_id AS "paramId", c.version_from::text AS "versionFrom", c.text_source AS "textSource", a.display_name AS "confirmedBy", c.confirmed_at AS "confirmedAt"
     FROM statute_confirmation c JOIN account a ON a.city_id = c.city_id AND a.id = c.confirmed_by WHERE c.city_id = $1`, [tx.cityId]);
