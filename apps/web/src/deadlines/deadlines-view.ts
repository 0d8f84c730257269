import { type DeadlinePage, DESK_SCOPES, type DeskItem, type DeskScope, DUE_STATES } from '@core/policy';
import type { Actor } from '@platform/kernel';
import { recountHref, statuteHref } from '../statutes/statute-names';
import type { DeadlinesDto } from './deadlines.dto';

/** Which desks a person has: his own and his department's, and the city's if he oversees it. */
export const desksOf = (actor: Actor): DeskScope[] => DESK_SCOPES.filter((scope) => scope !== 'city' || actor.scope === 'city');

/** Where everybody can count a deadline again; null where the last day was set and not counted. */
const recountOf = (cityId: string, { departmentId, basis: { paramId, from, days, unit } }: DeskItem): string | null =>
  (from !== null && days !== null && unit !== null ? recountHref(cityId, { param: paramId, from, days, unit, department: departmentId }) : null);

/** The parameters that a list of deadlines rests on. */
export const rulesOf = ({ items }: DeadlinePage): string[] => items.flatMap(({ basis }) => basis.paramId ?? []);

/** Data of `desk/deadlines`; `unverified` are the rules whose text nobody has read. */
export function deadlinesView(actor: Actor, scope: DeskScope, dto: DeadlinesDto, found: DeadlinePage, unverified: ReadonlySet<string>) {
  const address = (more: Record<string, string>): string => `/console?${new URLSearchParams({ scope, ...(dto.department ? { department: dto.department } : {}), ...more }).toString()}`;
  return {
    scope, cut: found.cut, departments: found.departments.map((one) => ({ ...one, href: `/console?scope=city&department=${one.id}` })),
    scopes: desksOf(actor).map((key) => ({ key, href: `/console?scope=${key}`, current: key === scope })),
    states: DUE_STATES.map((key) => ({ key, count: found.counts[key], href: address({ state: key }), current: key === dto.state })),
    allHref: address({}), filtered: Boolean(dto.state), emptyKey: dto.state ? 'filtered' : scope,
    items: found.items.map((item) => ({
      ...item, late: item.state === 'overdue', held: item.blockedBy.length > 0, recountHref: recountOf(actor.cityId, item),
      doubtHref: item.basis.paramId && unverified.has(item.basis.paramId) ? statuteHref(actor.cityId, item.basis.paramId) : null, roleKey: item.role && `lifecycle:role.${item.role}`,
      blockedBy: item.blockedBy.map((one) => ({ ...one, roleKey: one.role && `lifecycle:role.${one.role}` })),
    })),
    next: found.next && address({ ...(dto.state ? { state: dto.state } : {}), after: found.next }),
  };
}
