/** The parts of the library, in the order of the page. */
export const AREAS = ['cal', 'nrd', 'mad', 'fcr', 'interp', 'open', 'fund', 'village', 'site', 'security'] as const;
export type Area = (typeof AREAS)[number];

/** First word of an id, where it is not the name of its part. */
const PART: Readonly<Record<string, Area>> = { doc: 'nrd', foi: 'open', a11y: 'site', errors: 'site', layout: 'site', mlps3: 'security', pi: 'security' };

export function areaOf(id: string): Area {
  const [first = ''] = id.split('.');
  return PART[first] ?? (first as Area);
}

/** An id as a key of the catalogue, where dots divide, and as the anchor of its card. */
export const slugOf = (id: string): string => id.replace(/\./g, '-');
export const nameKey = (id: string): string => `statutes:name.${slugOf(id)}`;
export const ruleKey = (id: string): string => `statutes:rule.${slugOf(id)}`;

/** Where everybody can read a rule. */
export const statuteHref = (cityId: string, id: string): string => `/${cityId}/statutes#${encodeURIComponent(slugOf(id))}`;

export interface Recount {
  from: string;
  days: number;
  unit: 'wd' | 'cd';
  /** A parameter, or one figure of it. */
  param?: string | null;
  department?: string | null;
}

/** Where everybody can count a deadline again, with the days that were counted. */
export function recountHref(cityId: string, { param, from, days, unit, department }: Recount): string {
  const asked = { ...(param ? { param } : {}), from, days: String(days), unit, ...(param && department ? { department } : {}) };
  return `/${cityId}/deadline?${new URLSearchParams(asked).toString()}`;
}
