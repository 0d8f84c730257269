import type { HelperDelegate, HelperOptions } from 'handlebars';

/** Handlebars passes its options as the last argument of every helper. */
const values = (args: unknown[]): unknown[] => args.slice(0, -1);

/** Empty lists count as absent, as in Handlebars' own `if`. */
const holds = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The share of `value` in `max`, as a number from 0 to `span` with one decimal: the length of a bar. */
export function ratio(value: number, max: number, span: number): number {
  if (!(max > 0) || !(value > 0)) return 0;
  return Math.round(Math.min(value / max, 1) * span * 10) / 10;
}

/** A path within the city of the page: `/442000/policies`; where no city is chosen, the front door. */
export const cityUrl = (page: { cityCode: string }, path: string): string => (page.cityCode ? `/${page.cityCode}${path}` : '/');

/** What was typed into one of several fields of a name: a form brings one value as a word, several as a list. `keys` finds the place, if it is no number. */
export function typedAt(typed: unknown, place: unknown, keys?: unknown): unknown {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
  return list(typed)[typeof place === 'number' ? place : list(keys).indexOf(place)];
}

/** Helpers that decide and combine; they know neither language nor clock. */
export const logicHelpers: Record<string, HelperDelegate> = {
  eq: (a: unknown, b: unknown) => a === b,
  and: (...args: unknown[]) => values(args).every(holds),
  or: (...args: unknown[]) => values(args).some(holds),
  not: (value: unknown) => !holds(value),
  /** Whether a ticked box is among those sent: one arrives as a word, several as a list. */
  includes: (sent: unknown, value: unknown) => [sent].flat().includes(value),
  gt: (a: number, b: number) => a > b,
  concat: (...args: unknown[]) => values(args).map((value) => value ?? '').join(''),
  default: (value: unknown, fallback: unknown) => (value === undefined || value === null || value === '' ? fallback : value),
  json: (value: unknown) => JSON.stringify(value ?? null),
  urlencode: (value: unknown) => encodeURIComponent(String(value ?? '')),
  under: (path: unknown, prefix: string) => path === prefix || String(path ?? '').startsWith(`${prefix}/`),
  cityUrl: (page: { cityCode: string }, path: string) => cityUrl(page, path),
  typedAt: (...args: unknown[]) => typedAt(...(values(args) as [unknown, unknown, unknown?])),
  ratio: (value: number, max: number, span: number) => ratio(value, max, span),
  maxOf: (items: Record<string, number>[] | undefined, field: string) => Math.max(0, ...(items ?? []).map((item) => item[field] ?? 0)),
  length: (items: unknown[] | undefined, _options: HelperOptions) => items?.length ?? 0,
};
