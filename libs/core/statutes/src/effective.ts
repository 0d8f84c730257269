import type { IsoDate } from '@platform/kernel';
import type { Parameter } from './data/parameter';
import { mayBlock } from './parameters';
import { leewayOf } from './leeway';
import type { OverrideTerms } from './override-terms';

/** An override that two people stand for, as it counts. */
export interface Override extends OverrideTerms {
  id: string;
  /** Null for the whole city. */
  tenantId: string | null;
}

export interface Confirmation {
  paramId: string;
  versionFrom: IsoDate;
  /** Where the text was read. */
  textSource: string;
  confirmedAt: Date;
}

/** A parameter as it holds for one department on one day: the law, and what the city and the department added where the law leaves room. */
export type Effective<P extends Parameter = Parameter> = Omit<P, 'source'> & {
  /** The law, and after it the rules that added to it. */
  source: { zh: string; en: string };
  /** The overrides that count, one a figure. */
  overrides: Override[];
  confirmation: Confirmation | null;
  /** Whether it may stop an act: its text was read, or a person confirmed it; the rest only warns. */
  mayBlock: boolean;
};

/** Whether an override counts on a day, for a department. */
const holds = (override: Override, on: IsoDate, tenantId: string | null): boolean =>
  override.from <= on && (override.to === null || on <= override.to) && (override.tenantId === null || override.tenantId === tenantId);

/**
 * The department's own override comes before the city's, a later one before an earlier one. One that the law no longer leaves room for, since a
 * newer version of the law is in force, counts for nothing.
 */
export function effectiveOf<P extends Parameter>(parameter: P, on: IsoDate, tenantId: string | null, overrides: readonly Override[], confirmations: readonly Confirmation[]): Effective<P> {
  const chosen = new Map<string, Override>();
  const ranked = overrides
    .filter((override) => override.paramId === parameter.id && holds(override, on, tenantId))
    .sort((a, b) => Number(a.tenantId !== null) - Number(b.tenantId !== null) || (a.from < b.from ? -1 : 1));
  for (const override of ranked) {
    const leeway = leewayOf(override.paramId, override.field);
    if (leeway && override.value >= leeway.lowest && override.value <= leeway.highest) chosen.set(override.field, override);
  }
  const counted = [...chosen.values()];
  const confirmation = confirmations.find((one) => one.paramId === parameter.id && one.versionFrom === parameter.from) ?? null;
  const cite = (law: string, between: string): string => [law, ...new Set(counted.map((override) => override.source))].join(between);
  return {
    ...parameter,
    value: counted.length === 0 ? parameter.value : { ...(parameter.value as object), ...Object.fromEntries(counted.map(({ field, value }) => [field, value])) },
    source: { zh: cite(parameter.source.zh, '；'), en: cite(parameter.source.en, '; ') },
    overrides: counted, confirmation,
    mayBlock: mayBlock(parameter) || confirmation !== null,
  } as Effective<P>;
}
