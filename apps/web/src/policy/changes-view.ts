import type { PublicValidityChange } from '@core/policy';
import type { IsoDate } from '@platform/kernel';

/** A change of validity for the list beside the text, newest last. */
export const changesView = (cityId: string, changes: readonly PublicValidityChange[], today: IsoDate) =>
  changes.map((change) => ({
    ...change, future: change.effectOn > today, href: change.byId && `/${cityId}/policies/${change.byId}`, names: (change.clauses ?? []).map(({ label }) => label).join('、'),
  }));

/** From when each repealed clause no longer holds, by its identity. */
export const repealsOf = (changes: readonly PublicValidityChange[], today: IsoDate): ReadonlyMap<string, { on: IsoDate; future: boolean }> =>
  new Map(changes.flatMap(({ kind, clauses, effectOn }) => (kind === 'partly_repealed' ? (clauses ?? []).map(({ identity }) => [identity, { on: effectOn, future: effectOn > today }] as const) : [])));
