import { POLICY_KINDS, type PolicyState, POLICY_STATES } from '@core/policy';
import { LEDGER_FLAGS, LEDGER_ORDERS, LEDGER_SORTS, LEDGER_VALIDITIES, type LedgerItem, type LedgerPage } from '@domains/ledger';
import type { IsoDate } from '@platform/kernel';
import { TONE_OF_VALIDITY } from '../policy/policy-view';
import { type LedgerDto, ledgerQuery } from './ledger-filter.dto';

const ENDED: readonly PolicyState[] = ['abolished', 'expired', 'superseded', 'withdrawn'];
/** What narrows further than the fields that are always open; one that is used keeps the rest open. */
const MORE = ['validity', 'year', 'publishedFrom', 'publishedTo', 'effectiveFrom', 'effectiveTo', 'expiresFrom', 'expiresTo', 'expiring'] as const;
/** Months that are offered. */
const MONTHS = [1, 3, 6, 12, 24];

/** A row: the line in small, the dates of the steps that were taken, and what marks it. */
function rowOf(item: LedgerItem, on: IsoDate, home: string) {
  // Decided is not yet come about: until its day a policy that will end is shown as it holds.
  const ends = item.endedOn && item.endedBy && item.endedOn > on && item.state === 'published' ? { kind: item.endedBy, on: item.endedOn } : null;
  const over = ENDED.includes(item.state);
  const line = ends ? item.line.map((entry) => (entry.step === 'dispose' ? { ...entry, status: 'future' as const } : entry)) : item.line;
  return {
    ...item, ends, href: `${home}/${item.id}`, tone: item.validity && TONE_OF_VALIDITY[item.validity],
    mini: { steps: line.map((entry) => entry.status), ...(over ? { terminal: item.state } : {}) },
    // Evaluated and not ended: the line stands at no step, and the state says where it is.
    settled: !over && item.line.every((entry) => entry.status !== 'current'),
    dates: item.line.filter((entry) => entry.from !== null).map((entry) => ({ step: entry.step, from: entry.from })),
  };
}

/** Data of `ledger/list`; `action` is the page's address, `home` the one under which each policy has its own, `api` where machines ask. */
export function ledgerView(dto: LedgerDto, page: LedgerPage, today: IsoDate, places: { action: string; home: string; api: string }) {
  const { on, items, next, total } = page;
  const query = ledgerQuery(dto);
  const file = (format: string): string => `${places.action}.${format}${query && '?'}${query}`;
  return {
    title: 'ledger:list.title', on, isToday: on === today, total, items: items.map((item) => rowOf(item, on, places.home)), next: next && `?${ledgerQuery(dto, { after: next })}`, filter: dto, action: places.action,
    states: POLICY_STATES, validities: LEDGER_VALIDITIES, kinds: POLICY_KINDS, months: MONTHS.map((value) => ({ value, chosen: value === dto.expiring })),
    flags: LEDGER_FLAGS.map((flag) => ({ flag, ticked: (dto.flags ?? []).includes(flag) })), sorts: LEDGER_SORTS.map((sort) => ({ sort, chosen: sort === dto.sort })), orders: LEDGER_ORDERS.map((order) => ({ order, chosen: order === dto.order })),
    opened: MORE.some((name) => dto[name] !== undefined && dto[name] !== '') || (dto.flags ?? []).length > 0, filtered: query !== '',
    csvHref: file('csv'), xlsxHref: file('xlsx'), jsonHref: `${places.api}${query && '?'}${query}`,
  };
}
