import { POLICY_KINDS, POLICY_STATES, type PolicyKind, type PolicyState, type Validity } from '@core/policy';
import { chinaInstant, DomainError, type FieldError, isDay, isId, type IsoDate } from '@platform/kernel';

export const LEDGER_VALIDITIES = ['not_yet_effective', 'in_force', 'superseded', 'lapsed', 'abolished'] as const satisfies readonly Validity[];
/** What a policy of the ledger may be marked by, each as it was known on the day. */
export const LEDGER_FLAGS = ['amended', 'partly_repealed', 'extended', 'evaluated', 'funded'] as const;
export type LedgerFlag = (typeof LEDGER_FLAGS)[number];
export const LEDGER_SORTS = ['begun', 'moved', 'published', 'expires', 'number', 'title'] as const;
export type LedgerSort = (typeof LEDGER_SORTS)[number];
export const LEDGER_ORDERS = ['asc', 'desc'] as const;
/** Most months ahead that may be asked for. */
export const MOST_MONTHS = 120;

/** Days are first and last days, both included. What is left out or empty does not narrow. */
export interface LedgerFilter {
  /** The day whose ledger is asked for: everything as it stood, and as it was known, at its end; today unless it is given. */
  on?: string | undefined;
  /** As it stood on that day; what an end was decided for is published until the end comes. */
  state?: string | undefined;
  validity?: string | undefined;
  kind?: string | undefined;
  /** For those who see the whole city. */
  departmentId?: string | undefined;
  /** Four digits: the year in which work on the policy began. */
  year?: string | undefined;
  /** Words of the title, all of which must occur; set apart by spaces. */
  words?: string | undefined;
  /** Part of the document number. */
  number?: string | undefined;
  publishedFrom?: string | undefined;
  publishedTo?: string | undefined;
  effectiveFrom?: string | undefined;
  effectiveTo?: string | undefined;
  /** The last day in force. */
  expiresFrom?: string | undefined;
  expiresTo?: string | undefined;
  /** Not ended, and with a last day within so many months of the day. */
  expiringMonths?: number | undefined;
  flags?: readonly string[] | undefined;
  sort?: string | undefined;
  order?: string | undefined;
  /** The last entry of the page before, as the page gave it. */
  after?: string | undefined;
}

/** A filter that was read and found sound. */
export interface LedgerAsked {
  on: IsoDate;
  state: PolicyState | null;
  validity: Validity | null;
  kind: PolicyKind | null;
  departmentId: string | null;
  begunFrom: Date | null;
  begunBefore: Date | null;
  /** Patterns for LIKE. */
  words: string[];
  number: string | null;
  published: Range;
  effective: Range;
  expires: Range;
  expiringMonths: number | null;
  flags: LedgerFlag[];
  sort: LedgerSort;
  descending: boolean;
  after: { key: string; id: string } | null;
}

export type Range = [from: IsoDate | null, to: IsoDate | null];

/** Newest first where it is a time, in their order where it is a name or a day that is to come. */
const USUAL_ORDER: Readonly<Record<LedgerSort, 'asc' | 'desc'>> = { begun: 'desc', moved: 'desc', published: 'desc', expires: 'asc', number: 'asc', title: 'asc' };
const DAY_MS = 86_400_000;
const MOST_WORDS = 10;

/** The instant at which a day ends. */
export const dayEnd = (on: IsoDate): Date => new Date(chinaInstant(on).getTime() + DAY_MS);

/**
 * Reads a filter. Refuses what does not exist (`invalid`, with every field that is wrong): a day, a state, a kind, a flag, an order, a range that ends before it begins.
 * A department that cannot be one is *not found*.
 */
export function readLedgerFilter(filter: LedgerFilter, today: IsoDate): LedgerAsked {
  if (filter.departmentId && !isId(filter.departmentId)) throw DomainError.notFound();
  const faults: FieldError[] = [];
  const fault = (field: string, key: string): null => {
    faults.push({ field, key });
    return null;
  };
  const day = (field: string, value: string | undefined): IsoDate | null => (!value ? null : isDay(value) ? value : fault(field, 'ledger:error.badDay'));
  const range = (from: keyof LedgerFilter, to: keyof LedgerFilter): Range => {
    const found: Range = [day(from, filter[from] as string | undefined), day(to, filter[to] as string | undefined)];
    if (found[0] && found[1] && found[0] > found[1]) fault(from, 'cityledger:error.daysReversed');
    return found;
  };
  const oneOf = <T extends string>(field: string, value: string | undefined, known: readonly T[], key: string): T | null =>
    (!value ? null : known.find((one) => one === value) ?? fault(field, key));
  const year = filter.year && !/^[12]\d{3}$/.test(filter.year) ? fault('year', 'ledger:error.badYear') : filter.year || null;
  const words = (filter.words ?? '').split(/\s+/u).filter((word) => word !== '');
  if (words.length > MOST_WORDS) fault('words', 'cityledger:error.tooManyWords');
  for (const field of ['words', 'number'] as const) if (filter[field]?.includes('\0')) fault(field, 'cityledger:error.notText');
  const months = filter.expiringMonths;
  if (months !== undefined && !(Number.isInteger(months) && months >= 1 && months <= MOST_MONTHS)) fault('expiringMonths', 'cityledger:error.badMonths');
  const sort = oneOf('sort', filter.sort, LEDGER_SORTS, 'cityledger:error.badSort') ?? 'begun';
  const asked: LedgerAsked = {
    on: day('on', filter.on) ?? today,
    state: oneOf('state', filter.state, POLICY_STATES, 'ledger:error.badState'), validity: oneOf('validity', filter.validity, LEDGER_VALIDITIES, 'cityledger:error.badValidity'),
    kind: oneOf('kind', filter.kind, POLICY_KINDS, 'policy:error.kind'), departmentId: filter.departmentId || null,
    begunFrom: year === null ? null : chinaInstant(`${year}-01-01`), begunBefore: year === null ? null : chinaInstant(`${Number(year) + 1}-01-01`),
    words: words.map(contains), number: filter.number?.trim() ? contains(filter.number.trim()) : null,
    published: range('publishedFrom', 'publishedTo'), effective: range('effectiveFrom', 'effectiveTo'), expires: range('expiresFrom', 'expiresTo'), expiringMonths: months ?? null,
    flags: (filter.flags ?? []).flatMap((flag) => oneOf('flags', flag, LEDGER_FLAGS, 'cityledger:error.badFlag') ?? []),
    sort, descending: (oneOf('order', filter.order, LEDGER_ORDERS, 'cityledger:error.badSort') ?? USUAL_ORDER[sort]) === 'desc',
    after: readCursor(filter.after),
  };
  if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
  return asked;
}

/** A pattern for LIKE that finds the words as they stand. */
const contains = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;

/** `<value that is sorted by>_<id>`; the value may hold anything. */
function readCursor(after: string | undefined): LedgerAsked['after'] {
  if (!after) return null;
  const at = after.lastIndexOf('_');
  const id = after.slice(at + 1);
  if (at < 0 || !isId(id) || after.includes('\0')) throw DomainError.invalid('common:error.badCursor');
  return { key: after.slice(0, at), id };
}
