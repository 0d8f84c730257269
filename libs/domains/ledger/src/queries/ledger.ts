import { lifeCycleLine, type LineEntry, type PolicyState } from '@core/policy';
import { chinaDate, DomainError, type IsoDate } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import { dayEnd, type LedgerAsked, type LedgerFilter, readLedgerFilter } from './ledger-filter';
import { type LedgerReader, type LedgerRow, ledgerRows } from './ledger-rows';

export interface LedgerItem extends LedgerRow {
  /** The nine steps with their days, as they were on the day. */
  line: LineEntry[];
}

export interface LedgerPage {
  /** The day whose ledger it is. */
  on: IsoDate;
  items: LedgerItem[];
  next: string | null;
  /** How many policies fit the filter, on all pages. */
  total: number;
}

const PAGE = 20;
/** More rows than one file is meant for. */
export const MOST_EXPORTED = 20_000;

/** Every policy of the department, or of the whole city for its overseer, with the dates of its whole cycle as of a day; twenty a page, three statements. */
export function ledgerList(tx: TenantTx, filter: LedgerFilter = {}): Promise<LedgerPage> {
  return pageOf(tx, tx.cityId, ofActor(tx, readLedgerFilter(filter, chinaDate(tx.at))), tx.at);
}

/** All rows of the same filter, for a file. @throws DomainError `invalid` for more than `MOST_EXPORTED`. */
export function ledgerExport(tx: TenantTx, filter: LedgerFilter = {}): Promise<{ on: IsoDate; rows: LedgerRow[] }> {
  return allOf(tx, tx.cityId, ofActor(tx, readLedgerFilter(filter, chinaDate(tx.at))));
}

/** The same of what everybody may know: policies that are public, and the public part of their record. */
export function publicLedger(reader: PublicReader, cityId: string, filter: LedgerFilter, now: Date): Promise<LedgerPage> {
  return pageOf(reader, cityId, readLedgerFilter(filter, chinaDate(now)), now);
}

export function publicLedgerExport(reader: PublicReader, cityId: string, filter: LedgerFilter, now: Date): Promise<{ on: IsoDate; rows: LedgerRow[] }> {
  return allOf(reader, cityId, readLedgerFilter(filter, chinaDate(now)));
}

/** Whoever does not oversee the city sees his own department's, whatever he asks for. */
const ofActor = (tx: TenantTx, asked: LedgerAsked): LedgerAsked => (tx.actor.scope === 'own' ? { ...asked, departmentId: tx.actor.tenantId } : asked);

async function pageOf(reader: LedgerReader, cityId: string, asked: LedgerAsked, now: Date): Promise<LedgerPage> {
  const { rows, lastKey, more, total } = await ledgerRows(reader, cityId, asked, PAGE);
  const [end, events] = [dayEnd(asked.on), await eventsOf(reader, cityId, rows.map(({ id }) => id), asked.on)];
  // Days spent in a step are counted to the end of the day that is asked for, and of today to this moment.
  const at = end < now ? new Date(end.getTime() - 1) : now;
  return {
    on: asked.on, total, next: more ? `${lastKey}_${rows.at(-1)?.id}` : null,
    items: rows.map((row) => ({ ...row, line: lifeCycleLine(row.state, events.get(row.id) ?? [], at) })),
  };
}

async function allOf(reader: LedgerReader, cityId: string, asked: LedgerAsked): Promise<{ on: IsoDate; rows: LedgerRow[] }> {
  const { rows, total } = await ledgerRows(reader, cityId, { ...asked, after: null }, MOST_EXPORTED);
  if (total > MOST_EXPORTED) throw DomainError.invalid('cityledger:error.tooMany', undefined, { most: MOST_EXPORTED });
  return { on: asked.on, rows };
}

/** The steps of a few policies up to the end of a day, oldest first; one statement. */
async function eventsOf(reader: LedgerReader, cityId: string, ids: readonly string[], on: IsoDate): Promise<Map<string, { name: string; to: PolicyState; at: Date }[]>> {
  const rows = ids.length === 0 ? [] : await reader.query<{ policyId: string; name: string; to: PolicyState; at: string }>(
    `SELECT policy_id AS "policyId", name, to_state AS "to", at FROM life_cycle_event WHERE city_id = $1 AND policy_id = ANY ($2::uuid[]) AND at < $3 ORDER BY policy_id, seq`,
    [cityId, ids, dayEnd(on).toISOString()]);
  const events = new Map<string, { name: string; to: PolicyState; at: Date }[]>();
  for (const { policyId, name, to, at } of rows) {
    const own = events.get(policyId) ?? [];
    own.push({ name, to, at: new Date(at) });
    events.set(policyId, own);
  }
  return events;
}
