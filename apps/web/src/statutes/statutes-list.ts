import {
  type Effective, type Parameter, PARAMETERS, type PublicConfirmation, publicConfirmations, type PublicOverride, publicOverrides, publicParameters,
} from '@core/statutes';
import type { IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { Lang, ViewEngine } from '../view';
import { areaOf, nameKey, ruleKey } from './statute-names';
import type { StatutesDto } from './statutes.dto';

/** One parameter as the public reads it. */
export interface Statute {
  id: string;
  name: string;
  /** The rule in a sentence, with the figures that hold. */
  rule: string;
  value: Parameter['value'];
  unit: Parameter['unit'];
  source: { zh: string; en: string };
  from: IsoDate;
  to: IsoDate | null;
  /** Whether it is in force on the day asked for. */
  inForce: boolean;
  confidence: Parameter['confidence'];
  mayBlock: boolean;
  confirmation: PublicConfirmation | null;
  /** Everything that the city and its departments set, whenever. */
  overrides: PublicOverride[];
  versions: { from: IsoDate; to: IsoDate | null; source: { zh: string; en: string } }[];
}

const inForceOn = (version: Parameter, on: IsoDate): boolean => version.from <= on && (version.to === null || on <= version.to);

/** The version of each parameter that is in force on a day, or else its newest. */
function versionsOn(on: IsoDate): Parameter[] {
  const all: readonly Parameter[] = PARAMETERS;
  return [...new Set(all.map(({ id }) => id))].flatMap((id) => {
    const own = all.filter((version) => version.id === id);
    return own.find((version) => inForceOn(version, on)) ?? own.at(-1) ?? [];
  });
}

const numbersOf = (value: Parameter['value']): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});

/** The library as it holds in a city on a day, as far as it fits what was asked for. */
export async function listStatutes(reader: PublicReader, views: ViewEngine, lang: Lang, cityId: string, on: IsoDate, asked: StatutesDto): Promise<Statute[]> {
  const versions = versionsOn(on);
  const [effective, overrides, confirmations] = await Promise.all([
    publicParameters(reader, cityId, versions, on, null), publicOverrides(reader, cityId), publicConfirmations(reader, cityId)]);
  const statutes = effective.map((rule): Statute => ({
    ...shown(rule), inForce: inForceOn(rule as Parameter, on),
    name: views.translate(lang, nameKey(rule.id)), rule: views.translate(lang, ruleKey(rule.id), numbersOf(rule.value)),
    confirmation: confirmations.find((one) => one.paramId === rule.id && one.versionFrom === rule.from) ?? null,
    overrides: overrides.filter((one) => one.paramId === rule.id),
    versions: (PARAMETERS as readonly Parameter[]).filter(({ id }) => id === rule.id).map(({ from, to, source }) => ({ from, to, source })),
  }));
  return statutes.filter((statute) => fits(statute, asked));
}

const shown = ({ id, value, unit, source, from, to, confidence, mayBlock }: Effective) => ({ id, value, unit, source, from, to, confidence, mayBlock });

function fits(statute: Statute, { q, area, check }: StatutesDto): boolean {
  const { id, name, rule, source } = statute;
  const text = [id, name, rule, source.zh, source.en].join('\n').toLowerCase();
  if (q && !q.trim().toLowerCase().split(/\s+/).every((word) => text.includes(word))) return false;
  if (area && areaOf(id) !== area) return false;
  if (!check) return true;
  if (check === 'overridden') return statute.overrides.length > 0;
  return check === 'unconfirmed' ? !statute.mayBlock : statute.confidence === check;
}
