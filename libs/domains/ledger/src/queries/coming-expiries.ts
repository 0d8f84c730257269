import { chinaDate, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

/** Months ahead that are looked at. */
const MONTHS = 12;
const NEAR_MONTHS = 6;

export interface ComingExpiries {
  within6: number;
  within12: number;
  /** How many lapse in each of the next months, this one first: `2026-03`. */
  months: { month: string; count: number }[];
  /** The next ones. */
  next: { id: string; title: string; department: string; lastDay: IsoDate; documentNumber: string }[];
}

interface Row {
  id: string;
  title: string;
  department: string;
  lastDay: IsoDate;
  documentNumber: string;
  near: boolean;
}

const SHOWN = 8;

/** Documents of the city that lapse within a year if nobody extends them; what an end was decided for ends by that and is not told. One statement. */
export async function comingExpiries(tx: TenantTx): Promise<ComingExpiries> {
  const today = chinaDate(tx.at);
  const rows = await tx.query<Row>(
    `SELECT p.id, p.title, d.short_name AS department, p.effective_to::text AS "lastDay", p.document_number AS "documentNumber", (p.effective_to - make_interval(months => ${NEAR_MONTHS}))::date <= $2::date AS near
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     WHERE p.city_id = $1 AND p.state = 'published' AND p.effective_to >= $2::date AND (p.effective_to - make_interval(months => ${MONTHS}))::date <= $2::date
     ORDER BY p.effective_to, p.id`, [tx.cityId, today]);
  const [year, month] = today.split('-').map(Number) as [number, number];
  const months = Array.from({ length: MONTHS + 1 }, (_, n) => new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 7));
  return {
    within6: rows.filter(({ near }) => near).length, within12: rows.length,
    months: months.map((one) => ({ month: one, count: rows.filter(({ lastDay }) => lastDay.startsWith(one)).length })),
    next: rows.slice(0, SHOWN).map(({ near: _near, ...row }) => row),
  };
}
