import { chinaDate, DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Blocker, type DueItem, dueState, type DueState, mustAct } from '../domain/due';
import type { DueRegistry } from '../due-registry';

export const DESK_SCOPES = ['me', 'department', 'city'] as const;
export type DeskScope = (typeof DESK_SCOPES)[number];

/** A blocker with the names of those who can open it. */
export interface DeskBlocker extends Blocker {
  people: string[];
  departments: string[];
}

export interface DeskItem extends Omit<DueItem, 'blockedBy'> {
  state: DueState;
  department: string;
  blockedBy: DeskBlocker[];
}

export interface DeadlineFilter {
  scope: DeskScope;
  state?: DueState | undefined;
  /** Of one department; for the whole city only. */
  departmentId?: string | undefined;
  /** The key of the last entry of the page before. */
  after?: string | undefined;
}

export interface DeadlinePage {
  items: DeskItem[];
  next: string | null;
  /** How many there are in each state, whatever state was asked for. */
  counts: Record<DueState, number>;
  /** For the whole city: how many in each department, most overdue first. */
  departments: { id: string; name: string; counts: Record<DueState, number> }[];
  /** A room had more than it may list, so the counts say "at least". */
  cut: boolean;
}

const PAGE = 30;
const none = (): Record<DueState, number> => ({ overdue: 0, blocked: 0, due: 0 });

/**
 * What is due for a person, his department, or the city (which only who oversees it may see): overdue first, then blocked, then by the last day.
 * As many statements as there are sources, and two.
 */
export async function readDeadlines(tx: TenantTx, due: DueRegistry, filter: DeadlineFilter): Promise<DeadlinePage> {
  if (filter.scope === 'city' && tx.actor.scope !== 'city') throw DomainError.forbidden();
  if (filter.departmentId && !isId(filter.departmentId)) throw DomainError.notFound();
  // The administrators of the machine stand in a department too; who stands in none has no matters here.
  const departmentId = filter.scope === 'city' ? filter.departmentId || null : tx.actor.tenantId;
  const found = filter.scope !== 'city' && departmentId === null ? { items: [], cut: false } : await due.list(tx, { departmentId });
  const names = await tx.query<{ id: string; name: string }>('SELECT id, short_name AS name FROM department WHERE city_id = $1 ORDER BY short_name', [tx.cityId]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const today = chinaDate(tx.at);
  const all = found.items
    .filter((item) => filter.scope !== 'me' || mustAct(item, tx.actor))
    .map((item) => ({ ...item, state: dueState(item, today), department: nameOf.get(item.departmentId) ?? '' }));
  const counts = none();
  const byDepartment = new Map<string, Record<DueState, number>>();
  for (const item of all) {
    counts[item.state] += 1;
    const own = byDepartment.get(item.departmentId) ?? none();
    own[item.state] += 1;
    byDepartment.set(item.departmentId, own);
  }
  const order: Record<DueState, number> = { overdue: 0, blocked: 1, due: 2 };
  const shown = all.filter((item) => !filter.state || item.state === filter.state).sort((a, b) => order[a.state] - order[b.state]);
  const start = filter.after ? shown.findIndex(({ key }) => key === filter.after) + 1 : 0;
  const items = shown.slice(start, start + PAGE);
  return {
    items: await named(tx, items, nameOf), counts, cut: found.cut, next: start + PAGE < shown.length ? items.at(-1)?.key ?? null : null,
    departments: filter.scope === 'city'
      ? [...byDepartment].map(([id, own]) => ({ id, name: nameOf.get(id) ?? '', counts: own })).sort((a, b) => b.counts.overdue - a.counts.overdue || b.counts.blocked - a.counts.blocked || (a.name < b.name ? -1 : 1))
      : [],
  };
}

/** The entries of one page, with the people and departments that each is waiting for; one statement for the names, and none where nobody is named. */
export async function named(tx: TenantTx, items: readonly (Omit<DeskItem, 'blockedBy'> & Pick<DueItem, 'blockedBy'>)[], departmentOf: ReadonlyMap<string, string>): Promise<DeskItem[]> {
  const ids = [...new Set(items.flatMap(({ blockedBy = [] }) => blockedBy.flatMap(({ accountIds }) => accountIds)))];
  const people = ids.length === 0 ? [] : await tx.query<{ id: string; name: string }>('SELECT id, display_name AS name FROM account WHERE city_id = $1 AND id = ANY($2::uuid[])', [tx.cityId, ids]);
  const personOf = new Map(people.map(({ id, name }) => [id, name]));
  const known = (keys: readonly string[], names: ReadonlyMap<string, string>): string[] => keys.flatMap((key) => names.get(key) ?? []);
  return items.map(({ blockedBy = [], ...item }) => ({
    ...item, blockedBy: blockedBy.map((one) => ({ ...one, people: known(one.accountIds, personOf), departments: known(one.roleIn, departmentOf) })),
  }));
}
