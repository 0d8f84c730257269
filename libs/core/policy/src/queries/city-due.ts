import { chinaDate, DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type DueItem, dueState, type DueState } from '../domain/due';
import type { DueRegistry } from '../due-registry';
import { type DeskItem, named } from './deadlines';

export interface CityDue {
  counts: Record<DueState, number>;
  /** The first few of each. */
  overdue: DeskItem[];
  blocked: DeskItem[];
  /** What has one of the kinds that were asked for, all of it. */
  kept: DeskItem[];
  cut: boolean;
  /** Short names of the city's departments. */
  departments: ReadonlyMap<string, string>;
}

/** The deadlines of the whole city for one page: how many in each state, the first of what is overdue and of what waits for somebody, and all of some kinds. As many statements as there are sources, and two. */
export async function cityDue(tx: TenantTx, due: DueRegistry, { first, kinds }: { first: number; kinds: readonly string[] }): Promise<CityDue> {
  if (tx.actor.scope !== 'city') throw DomainError.forbidden();
  const { items, cut } = await due.list(tx, { departmentId: null });
  const departments = await tx.query<{ id: string; name: string }>('SELECT id, short_name AS name FROM department WHERE city_id = $1', [tx.cityId]);
  const nameOf = new Map(departments.map(({ id, name }) => [id, name]));
  const today = chinaDate(tx.at);
  const all = items.map((item: DueItem) => ({ ...item, state: dueState(item, today), department: nameOf.get(item.departmentId) ?? '' }));
  const of = (state: DueState) => all.filter((item) => item.state === state);
  const isKept = (item: DueItem): boolean => kinds.includes(item.kind);
  // What is kept is shown by itself.
  const [overdue, blocked] = [of('overdue'), of('blocked').filter((item) => !isKept(item)).sort((a, b) => (sinceOf(a) < sinceOf(b) ? -1 : 1))];
  const shown = [...new Set([...overdue.slice(0, first), ...blocked.slice(0, first), ...all.filter(isKept)])];
  const byKey = new Map((await named(tx, shown, nameOf)).map((item) => [item.key, item]));
  const pick = (some: readonly { key: string }[]): DeskItem[] => some.flatMap(({ key }) => byKey.get(key) ?? []);
  return {
    counts: { overdue: overdue.length, blocked: of('blocked').length, due: of('due').length }, cut, departments: nameOf,
    overdue: pick(overdue.slice(0, first)), blocked: pick(blocked.slice(0, first)), kept: pick(all.filter(isKept)),
  };
}

/** Since when it has waited, for sorting: what is not known comes last. */
const sinceOf = ({ blockedBy = [] }: DueItem): string => blockedBy.flatMap(({ since }) => since ?? []).sort()[0] ?? '9999-12-31';
